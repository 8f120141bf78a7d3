using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;

namespace Ledger.Submissions;

/// <summary>What a second person should see before saying yes: what would change, and what is odd about it.</summary>
/// <param name="CurrentVersion">Version of the stream that this was judged against.</param>
/// <param name="Before">How the promise stands now; null for other streams.</param>
/// <param name="After">How it would stand.</param>
/// <param name="Refusal">Why acceptance would be refused now; null when it would not be.</param>
/// <param name="Changes">What would be different, field by field.</param>
/// <param name="Warnings">What does not forbid it, but wants a look.</param>
public sealed record Review(
    long CurrentVersion,
    PromiseStatus? Before,
    PromiseStatus? After,
    Decision.Refused? Refusal,
    IReadOnlyList<Change> Changes,
    IReadOnlyList<Warning> Warnings
)
{
    /// <summary>Judges a proposal against a stream as it is now.</summary>
    /// <param name="events">All that is recorded on the stream.</param>
    /// <param name="refusal">What the decision says to it now.</param>
    /// <param name="term">The council term that the promise was made for, as far as it is recorded.</param>
    public static Review Of(
        Submission submission,
        IReadOnlyList<RecordedEvent> events,
        Decision.Refused? refusal,
        Term? term,
        DateTimeOffset now
    )
    {
        var candidate = RecordedEvent.Of(
            submission.Event,
            submission.Stream,
            events.Count + 1,
            now,
            submission.Id
        );
        IReadOnlyList<RecordedEvent> after = refusal is null ? [.. events, candidate] : events;
        var isPromise = submission.Stream.Kind == StreamKind.Promise.Name;
        return new Review(
            events.Count == 0 ? 0 : events[^1].Version,
            isPromise ? Promise.From(events).Status : null,
            isPromise ? Promise.From(after).Status : null,
            refusal,
            Change.Between(
                Picture.Of(submission.Stream, events),
                Picture.Of(submission.Stream, after)
            ),
            [.. Warning.Of(submission.Event, events, term)]
        );
    }
}
