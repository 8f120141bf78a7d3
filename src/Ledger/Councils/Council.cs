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
    public IReadOnlyList<Committee> Committees()
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

    /// <summary>Its terms with their first and last day, as far as recorded.</summary>
    public IReadOnlyList<Term> Terms() =>
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
    public Decision Decide(Event candidate)
    {
        if (Decisions.RefuseAnywhere(StreamKind.Council, Recorded, candidate) is { } refused)
        {
            return refused;
        }

        return candidate switch
        {
            TermEnded e when Terms().All(t => t.Slug != e.Term) => Objections.TermNotBegun.Refuse(
                e.Term
            ),
            CommitteeEstablished e when Committees().Any(c => c.Slug == e.Committee) =>
                Objections.CommitteeKnown.Refuse(e.Committee),
            CommitteeRenamed e when IsUnknown(e.Committee) => Objections.CommitteeUnknown.Refuse(
                e.Committee
            ),
            CommitteeDissolved e when IsUnknown(e.Committee) => Objections.CommitteeUnknown.Refuse(
                e.Committee
            ),
            _ => Decision.Accept(candidate),
        };

        bool IsUnknown(string slug) => Committees().All(c => c.Slug != slug || c.Dissolved);
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
