using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Targets;
using Projections.Engine;

namespace Projections.Feed;

/// <summary>
/// An entry with what its stream said just before and just after it. What was true before and what is true after both find it: so a
/// committee that loses a promise still learns of the entry that took it away.
/// </summary>
internal sealed record EntryRow(
    RecordedEvent Event,
    Subject? Before,
    Subject After,
    RecordedEvent? About,
    Event? AboutBefore,
    IReadOnlyList<string> Marks
)
{
    /// <summary>Null where the entry is withheld: nothing of its content may be told.</summary>
    public Event? Body { get; init; }

    /// <summary>The other stream that it names; the source that shows it is none.</summary>
    public StreamKey? Other =>
        Body is null or Promised
            ? null
            : NamedStreams
                .Of(Body)
                .Cast<StreamKey?>()
                .LastOrDefault(s =>
                    s?.Kind is "promise" or "source" && s.Value.Name != Body.SourceRef?.Source
                );

    /// <summary>The committees that answered before it; on a council's stream those that it is about.</summary>
    public IReadOnlyList<string> CommitteesBefore =>
        Body switch
        {
            CommitteeRenamed c => [c.Committee],
            CommitteeDissolved c => [c.Committee],
            _ => Before?.Committees ?? [],
        };

    /// <inheritdoc cref="CommitteesBefore"/>
    public IReadOnlyList<string> CommitteesAfter =>
        Body switch
        {
            CommitteeEstablished c => [c.Committee],
            CommitteeRenamed c => [c.Committee],
            CommitteeDissolved c => c.Successors,
            _ => After.Committees,
        };

    /// <summary>The rows of a stream's entries after an index. A pure function: each row of the events up to its own and no later one.</summary>
    public static IEnumerable<EntryRow> Of(StreamHistory history, long after)
    {
        var counted = history.Open();
        Subject? before = null;
        var seen = 0;
        foreach (var e in history.Events)
        {
            var until = seen < counted.Length && counted[seen].Id == e.Id ? seen + 1 : seen;
            if (e.Index > after)
            {
                before ??= seen > 0 ? Subject.Of(history.Stream, counted[..seen]) : null;
                var now = Subject.Of(
                    history.Stream,
                    new ArraySegment<RecordedEvent>(counted, 0, until)
                );
                yield return Of(e, until > seen, before, now, counted, seen);
                before = now;
            }

            seen = until;
        }
    }

    private static EntryRow Of(
        RecordedEvent e,
        bool isOpen,
        Subject? before,
        Subject after,
        RecordedEvent[] counted,
        int seen
    )
    {
        if (!isOpen)
        {
            return new EntryRow(e, before, after, null, null, [.. MarksOf(e, before, after, [])]);
        }

        var body = e.Body;
        var about = AboutOf(body) is { } id ? Array.Find(counted, c => c.Id == id) : null;
        Event? was = null;
        List<Event> bodies = [body];
        if (about is not null && body is Corrected or Retracted)
        {
            // What is retracted may be a correction; then it is about what that corrected.
            var subject = (about.Body as Corrected)?.Event ?? about.Id;
            was = Effective(counted, seen, subject);
            bodies.AddRange(
                ((Event?[])[was, Effective(counted, seen + 1, subject)]).OfType<Event>()
            );
        }

        return new EntryRow(
            e,
            before,
            after,
            about,
            was ?? (about is null or { Body: Corrected } ? null : about.Body),
            [.. MarksOf(e, before, after, bodies)]
        )
        {
            Body = body,
        };
    }

    private static Event? Effective(RecordedEvent[] counted, int until, Guid id) =>
        EffectiveEvents
            .Of(new ArraySegment<RecordedEvent>(counted, 0, until))
            .Find(e => e.Recorded.Id == id)
            ?.Body;

    private static Guid? AboutOf(Event body) =>
        body switch
        {
            Corrected c => c.Event,
            Retracted r => r.Event,
            Stated s => s.About,
            Restated r => r.Measurement,
            Erased x => x.Event,
            _ => null,
        };

    private static SortedSet<string> MarksOf(
        RecordedEvent e,
        Subject? before,
        Subject after,
        IReadOnlyList<Event> bodies
    )
    {
        var marks = new SortedSet<string>(StringComparer.Ordinal)
        {
            Facet.Type.Mark(Vocabulary.Find(e.Type)?.ApiName ?? e.Type),
        };
        foreach (var subject in ((Subject?[])[before, after]).OfType<Subject>())
        {
            Mark(Facet.Municipality, subject.Municipality);
            Mark(Facet.Topic, subject.Topic);
            Mark(Facet.Promise, subject.Promise);
            foreach (var proponent in subject.Proponents)
            {
                Mark(Facet.Proponent, proponent);
            }

            foreach (var committee in subject.Committees)
            {
                Mark(Facet.Committee, $"{subject.Municipality}/{committee}");
            }
        }

        foreach (var body in bodies)
        {
            foreach (var committee in CommitteesOf(body))
            {
                Mark(Facet.Committee, $"{after.Municipality}/{committee}");
            }

            foreach (var named in NamedStreams.Of(body))
            {
                Mark(named);
            }
        }

        Mark(e.Stream);
        if (before?.Status is { } was && after.Status is { } status && was != status)
        {
            Mark(Facet.Status, Facet.Changed);
            Mark(Facet.Status, EnumNames.Of(was));
            Mark(Facet.Status, EnumNames.Of(status));
        }

        if (e.Type is "corrected" or "retracted" or "erased" or "withheld")
        {
            Mark(Facet.Corrections, Facet.Only);
        }

        return marks;

        void Mark(object facetOrStream, string? value = null)
        {
            var (facet, name) = facetOrStream switch
            {
                StreamKey { Kind: "promise" } s => (Facet.Promise, s.Name),
                StreamKey { Kind: "target" } s => (Facet.Target, s.Name),
                StreamKey { Kind: "source" } s => (Facet.Source, s.Name),
                Facet f => (f, value),
                _ => (null, null),
            };
            if (facet is not null && name is not null)
            {
                marks.Add(facet.Mark(name));
            }
        }
    }

    // On a council's stream; a promise's committees are its subject's.
    private static IEnumerable<string> CommitteesOf(Event body) =>
        body switch
        {
            CommitteeEstablished c => [c.Committee],
            CommitteeRenamed c => [c.Committee],
            CommitteeDissolved c => [c.Committee, .. c.Successors],
            _ => [],
        };
}
