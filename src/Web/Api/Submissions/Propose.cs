using System.Text.Json;
using Ledger.EventStore;
using Ledger.Recording;
using Ledger.Submissions;
using Web.Api.Recording;
using Web.Api.Wire;

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
            writing.Clock.GetUtcNow(),
            null,
            null,
            null,
            null
        );
        var answer = new KeptAnswer(
            StatusCodes.Status202Accepted,
            SubmissionView.AddressOf(submission.Id),
            JsonSerializer.SerializeToNode(SubmissionView.Of(submission), ApiJson.Options)
        );
        await using var connection = await writing.Store.Database.OpenConnectionAsync(writing.Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(writing.Cancellation);
        await KeptAnswers.KeepAsync(connection, key, answer, writing.Cancellation);
        await SubmissionStore.AddAsync(connection, submission, writing.Cancellation);
        await transaction.CommitAsync(writing.Cancellation);
        return await writing.Kept.AnswerAsync(answer, writing.Cancellation);
    }
}
