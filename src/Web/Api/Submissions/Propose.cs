using Ledger.EventStore;
using Ledger.Recording;
using Ledger.Submissions;
using Web.Api.Recording;

namespace Web.Api.Submissions;

/// <summary>Keeps a decided event for a second person: 202.</summary>
public static class Propose
{
    public static async Task<IResult> AddAsync(
        Writing writing,
        StreamKey stream,
        long version,
        Event candidate,
        Idempotency? key
    )
    {
        var submission = new Submission(
            Guid.CreateVersion7(),
            writing.Caller.Person.Id,
            writing.Caller.Person.Pseudonym,
            stream,
            version,
            candidate,
            SubmissionState.Open,
            writing.Clock.Moment(),
            null,
            null,
            null,
            null
        );
        var answer = new KeptAnswer(
            StatusCodes.Status202Accepted,
            SubmissionView.AddressOf(submission.Id),
            Submission: submission.Id
        );
        await using var connection = await writing.Store.Database.OpenConnectionAsync(
            writing.Cancellation
        );
        await using var transaction = await connection.BeginTransactionAsync(writing.Cancellation);
        await KeptAnswers.KeepAsync(connection, key, answer, writing.Cancellation);
        await SubmissionStore.AddAsync(connection, [submission], writing.Cancellation);
        await transaction.CommitAsync(writing.Cancellation);
        return KeptAnswers.Answer(answer, submission);
    }
}
