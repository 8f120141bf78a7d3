using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Web.Api.Reads;

namespace Web.Pages.Time;

/// <summary>Which events of a stream count at an earlier moment.</summary>
internal static class PastEvents
{
    /// <summary>
    /// The events of a council or a series that count at a moment. What is of no known day is left in: they are there whenever somebody looks
    /// at them.
    /// </summary>
    public static IReadOnlyList<RecordedEvent> KnownAndHappened(
        this AsOf moment,
        IReadOnlyList<RecordedEvent> events
    )
    {
        var known = moment.Of(events);
        return moment.Zum is not { } day
            ? known
            :
            [
                .. known.Where(e =>
                    e.Version == 1 || e.Body.Occurred is not { } o || !(o.EarliestDay > day)
                ),
            ];
    }

    /// <summary>
    /// A promise's events up to a day. Corrections count whenever they were recorded; what they correct is gone or not by its corrected day.
    /// </summary>
    public static IReadOnlyList<RecordedEvent> HappenedBy(this Promise promise, DateOnly day)
    {
        var later = promise
            .Steps.Where(s => s.Event.From > day)
            .Select(s => s.Event.Recorded.Id)
            .Concat(
                promise
                    .Recorded.Where(e =>
                        e.Body is not (Corrected or Retracted)
                        && new EffectiveEvent(e, e.Body, []).From > day
                        && promise.Steps.All(s => s.Event.Recorded.Id != e.Id)
                    )
                    .Select(e => e.Id)
            )
            .ToHashSet();
        return
        [
            .. promise.Recorded.Where(e =>
                !later.Contains(e.Id)
                && !((e.Body as Corrected)?.Event is { } corrected && later.Contains(corrected))
                && !((e.Body as Retracted)?.Event is { } retracted && later.Contains(retracted))
            ),
        ];
    }
}
