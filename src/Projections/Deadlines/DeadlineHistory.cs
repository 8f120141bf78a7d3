using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Projections.Engine;

namespace Projections.Deadlines;

/// <summary>A promise's deadline through all that was recorded of it: a calendar must tell its readers of each change, also of its end.</summary>
internal sealed record DeadlineHistory(
    Promised First,
    Deadline Deadline,
    Edtf? MovedTo,
    PromiseStatus Status,
    bool Cancelled,
    IReadOnlyList<string> Committees,
    IReadOnlyList<string> LeftBy,
    int Sequence,
    DateTimeOffset Since,
    DateTimeOffset Changed
)
{
    /// <summary>Null for a promise whose source never set a deadline.</summary>
    public static DeadlineHistory? Of(StreamHistory history)
    {
        var events = history.Open();
        if (
            events.Length == 0
            || events[0].Body is not Promised promised
            || (!Sets(promised) && Array.TrueForAll(events, e => e.Type != "corrected"))
        )
        {
            return null;
        }

        DeadlineHistory? known = null;
        for (var i = 0; i < events.Length; i++)
        {
            var promise = Promise.From(new ArraySegment<RecordedEvent>(events, 0, i + 1));
            if (promise.First is { } first && (known is not null || Sets(first)))
            {
                known = Next(known, promise, first, events[i]);
            }
        }

        return known;
    }

    private static bool Sets(Promised first) =>
        first.Deadline is { Binds: true, Date.LatestDay: not null };

    private static DeadlineHistory Next(
        DeadlineHistory? before,
        Promise promise,
        Promised first,
        RecordedEvent e
    )
    {
        string[] committees = [.. promise.Committees.Select(c => c.Committee)];
        var next = new DeadlineHistory(
            first,
            Sets(first) ? first.Deadline : before!.Deadline,
            promise
                .Steps.Select(s => s.Event.Body)
                .OfType<Delayed>()
                .LastOrDefault(d => d.Scope == Scope.Promise)
                ?.To,
            promise.Status,
            !Sets(first) || promise.Status is PromiseStatus.Abandoned or PromiseStatus.Superseded,
            committees,
            [],
            0,
            e.Recorded,
            e.Recorded
        );
        if (before is null)
        {
            return next;
        }

        next = next with
        {
            LeftBy =
            [
                .. before
                    .LeftBy.Concat(before.Committees)
                    .Except(committees, StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ],
            Sequence = before.Sequence,
            Since = before.Since,
        };
        var moved =
            next.Deadline.Date!.LatestDay != before.Deadline.Date!.LatestDay
            || next.Cancelled != before.Cancelled
            || !next.Committees.SequenceEqual(before.Committees, StringComparer.Ordinal);
        return moved ? next with { Sequence = before.Sequence + 1 }
            : next.SaysTheSameAs(before) ? next with { Changed = before.Changed }
            : next;
    }

    private bool SaysTheSameAs(DeadlineHistory other) =>
        First.Title == other.First.Title
        && Deadline == other.Deadline
        && MovedTo == other.MovedTo
        && Status == other.Status;
}
