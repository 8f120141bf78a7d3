using Ledger.EventStore;
using Ledger.Recording;
using Ledger.Submissions;
using Web.Accounts;

namespace Web.Api.Recording;

/// <summary>What every write is given.</summary>
/// <param name="Caller">Who sent it; let in already.</param>
public sealed record Writing(
    HttpRequest Request,
    Caller Caller,
    EventStore Store,
    SubmissionStore Submissions,
    KeptAnswers Kept,
    ReviewRule Review,
    TimeProvider Clock,
    CancellationToken Cancellation
)
{
    /// <summary>What the decision says to an event now, other streams that it names included; null = nothing against it.</summary>
    public async Task<Decision.Refused?> RefusalAsync(
        StreamKey stream,
        IReadOnlyList<RecordedEvent> events,
        Event candidate
    )
    {
        if (
            Decisions.Decide(stream, events, candidate, Clock.GetUtcNow())
            is Decision.Refused refused
        )
        {
            return refused;
        }

        var known = await NamedStreams.OnRecordAsync(Store.Database, [candidate], Cancellation);
        return NamedStreams.RefuseUnknown(candidate, known.Contains);
    }
}

public static class Moments
{
    /// <summary>Now, as exactly as the database keeps it.</summary>
    public static DateTimeOffset Moment(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}

/// <summary>Whether what is recorded needs a second person. Setting <c>LEDGER_REVIEW</c>: on (default) or off.</summary>
public sealed record ReviewRule(bool FourEyes);
