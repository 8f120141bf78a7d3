using Ledger.EventStore;
using Ledger.Recording;

namespace Ledger.Councils;

/// <summary>A municipality's council as its stream tells it: its terms and its committees.</summary>
public sealed class Council
{
    private readonly List<EffectiveEvent> _effective;

    private Council(IReadOnlyList<RecordedEvent> recorded)
    {
        Recorded = recorded;
        _effective = EffectiveEvents.Of(recorded);
        Registered = _effective.Select(e => e.Body).OfType<CouncilRegistered>().FirstOrDefault();
    }

    public static Council From(IReadOnlyList<RecordedEvent> recorded) => new(recorded);

    public IReadOnlyList<RecordedEvent> Recorded { get; }

    public IReadOnlyList<EffectiveEvent> Effective => _effective;

    public CouncilRegistered? Registered { get; }

    /// <summary>Its committees, in the order in which they were recorded, with the name that holds now.</summary>
    public IReadOnlyList<Committee> Committees => field ??= FoldCommittees();

    /// <summary>Its terms with their first and last day, as far as recorded.</summary>
    public IReadOnlyList<Term> Terms => field ??= FoldTerms();

    private List<Committee> FoldCommittees()
    {
        List<Committee> committees = [];
        foreach (var e in _effective.OrderBy(e => e.Recorded.Index))
        {
            switch (e.Body)
            {
                case CommitteeEstablished c:
                    committees.Add(new Committee(c.Committee, c.Name, c.Code, c.Term, false, []));
                    break;
                case CommitteeRenamed r:
                    Replace(r.Committee, c => c with { Name = r.Name });
                    break;
                case CommitteeDissolved d:
                    Replace(
                        d.Committee,
                        c => c with { Dissolved = true, Successors = d.Successors }
                    );
                    break;
            }
        }

        return committees;

        void Replace(string slug, Func<Committee, Committee> change)
        {
            var at = committees.FindIndex(c => c.Slug == slug);
            if (at >= 0)
            {
                committees[at] = change(committees[at]);
            }
        }
    }

    private List<Term> FoldTerms() =>
        [
            .. _effective
                .Select(e => (e.Body as TermBegan)?.Term ?? (e.Body as TermEnded)?.Term)
                .OfType<string>()
                .Distinct()
                .Select(slug => new Term(
                    slug,
                    _effective
                        .FirstOrDefault(e => e.Body is TermBegan b && b.Term == slug)
                        ?.Body.Occurred,
                    _effective
                        .FirstOrDefault(e => e.Body is TermEnded b && b.Term == slug)
                        ?.Body.Occurred
                )),
        ];

    /// <summary>Decides whether an event may be recorded on the council.</summary>
    /// <param name="stream">The council's stream.</param>
    /// <param name="candidate">The event.</param>
    /// <param name="now">The moment at which it is decided.</param>
    public Decision Decide(StreamKey stream, Event candidate, DateTimeOffset now)
    {
        if (Decisions.RefuseAnywhere(StreamKind.Council, Recorded, candidate) is { } refused)
        {
            return refused;
        }

        // The whole resulting sequence must be legal: a retraction can take away what a later event rests on.
        var after = From([
            .. Recorded,
            RecordedEvent.Of(candidate, stream, Recorded.Count + 1, now),
        ]);
        return after.FirstRefusal() is { } illegal ? illegal : Decision.Accept(candidate);
    }

    private Decision.Refused? FirstRefusal()
    {
        var began = new HashSet<string>(StringComparer.Ordinal);
        var ended = new HashSet<string>(StringComparer.Ordinal);
        var committees = new HashSet<string>(StringComparer.Ordinal);
        var dissolved = new HashSet<string>(StringComparer.Ordinal);
        foreach (var e in _effective.OrderBy(e => e.Recorded.Index))
        {
            var refusal = e.Body switch
            {
                TermBegan t when !began.Add(t.Term) => Objections.TermKnown.Refuse(t.Term),
                TermEnded t when !began.Contains(t.Term) => Objections.TermNotBegun.Refuse(t.Term),
                TermEnded t when !ended.Add(t.Term) => Objections.TermEndedAlready.Refuse(t.Term),
                CommitteeEstablished c when !committees.Add(c.Committee) =>
                    Objections.CommitteeKnown.Refuse(c.Committee),
                CommitteeRenamed c when IsUnknown(c.Committee) =>
                    Objections.CommitteeUnknown.Refuse(c.Committee),
                CommitteeDissolved c when IsUnknown(c.Committee) || !dissolved.Add(c.Committee) =>
                    Objections.CommitteeUnknown.Refuse(c.Committee),
                _ => null,
            };
            if (refusal is not null)
            {
                return refusal;
            }
        }

        return null;

        bool IsUnknown(string slug) => !committees.Contains(slug) || dissolved.Contains(slug);
    }
}

/// <summary>A committee as it stands.</summary>
/// <param name="Slug">Part of its public address.</param>
/// <param name="Term">The term it was formed in; null = not stated.</param>
public sealed record Committee(
    string Slug,
    string Name,
    string? Code,
    string? Term,
    bool Dissolved,
    IReadOnlyList<string> Successors
);

/// <summary>A council term; null where a day is not recorded.</summary>
public sealed record Term(string Slug, Edtf? Began, Edtf? Ended)
{
    /// <summary>Whether it is over on a day.</summary>
    public bool IsOver(DateOnly day) => Ended is { } ended && ended.IsOver(day);
}
