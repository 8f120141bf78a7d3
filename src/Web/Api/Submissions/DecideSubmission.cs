using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Submissions;
using Web.Accounts;
using Web.Api.Problems;
using Web.Api.Recording;
using Web.Api.Wire;

namespace Web.Api.Submissions;

/// <summary>
/// <c>POST /submissions/{id}/accept</c>, <c>/reject</c> and <c>/withdraw</c>: another person says yes or no, or its author takes it back.
/// </summary>
public static class DecideSubmission
{
    // Each turn means that somebody else recorded on the same stream in between.
    private const int Turns = 20;

    /// <param name="Reason">For its author.</param>
    public sealed record Rejection(string Reason);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/submissions/{id:guid}/accept", AcceptAsync)
            .Need(Right.Review)
            .Produces<EventEntry>(201)
            .WithMetadata(new Described.TakesKey())
            .Refuses(400, 401, 403, 404, 409, 422)
            .WithName("acceptSubmission")
            .WithSummary("Say yes to what another person proposed: decided anew, then recorded.");
        api.MapPost("/submissions/{id:guid}/reject", RejectAsync)
            .Need(Right.Review)
            .Accepts<Rejection>("application/json")
            .Produces<SubmissionView>()
            .Writes()
            .Refuses(404)
            .WithName("rejectSubmission")
            .WithSummary("Say no to what another person proposed, with the reason.");
        api.MapPost("/submissions/{id:guid}/withdraw", WithdrawAsync)
            .Need(Right.Propose)
            .Produces<SubmissionView>()
            .WithMetadata(new Described.TakesKey())
            .Refuses(400, 401, 403, 404, 409, 422)
            .WithName("withdrawSubmission")
            .WithSummary("Take back what one proposed.");
    }

    public static Task<IResult> AcceptAsync(Guid id, [AsParameters] Writing writing) =>
        writing.Kept.OnceAsync(
            writing,
            default,
            async key =>
            {
                var submission = await ForReviewAsync(writing, id);
                var candidate = submission.ReviewedBy(writing.Caller.Person.Pseudonym);
                for (var turn = 1; ; turn++)
                {
                    try
                    {
                        return await RecordAsync(writing, submission, candidate, key);
                    }
                    catch (StaleVersionException) when (turn < Turns)
                    {
                        // Decided anew against what is there now.
                    }
                }
            }
        );

    public static async Task<IResult> RejectAsync(Guid id, [AsParameters] Writing writing)
    {
        var body = await JsonDoor.ReadAsync(writing.Request, writing.Cancellation);
        return await writing.Kept.OnceAsync(
            writing,
            body,
            async key =>
            {
                var reason = JsonDoor.Parse<Rejection>(body).Reason;
                if (string.IsNullOrWhiteSpace(reason))
                {
                    throw Refuse.Malformed(
                        new BodyFault("/reason", "A rejection needs its reason.")
                    );
                }

                var submission = await ForReviewAsync(writing, id);
                return await CloseAsync(
                    writing,
                    submission,
                    SubmissionState.Rejected,
                    writing.Caller.Person.Id,
                    new Text(reason),
                    key
                );
            }
        );
    }

    public static Task<IResult> WithdrawAsync(Guid id, [AsParameters] Writing writing) =>
        writing.Kept.OnceAsync(
            writing,
            default,
            async key =>
            {
                var submission = await writing.FindAsync(id);
                return submission.Author == writing.Caller.Person.Id
                    ? await CloseAsync(
                        writing,
                        Open(submission),
                        SubmissionState.Withdrawn,
                        null,
                        null,
                        key
                    )
                    : throw Refuse.Forbidden(
                        "Only its author withdraws a submission; reject it instead."
                    );
            }
        );

    private static async Task<IResult> RecordAsync(
        Writing writing,
        Submission submission,
        Event candidate,
        Idempotency? key
    )
    {
        var stream = submission.Stream;
        var events = await writing.Store.ReadStreamAsync(
            stream,
            cancellation: writing.Cancellation
        );
        if (await writing.RefusalAsync(stream, events, candidate) is { } refusal)
        {
            if (
                await writing.Submissions.EarlierAsync(submission, writing.Cancellation)
                is > 0
                    and var earlier
            )
            {
                throw Refuse.EarlierWait(earlier, refusal);
            }

            await ReturnAsync(writing, submission, refusal);
            throw Refuse.Refused(refusal, SubmissionView.AddressOf(submission.Id));
        }

        var version = events.Count == 0 ? 0 : events[^1].Version;
        var recorded = new NewEvent(candidate)
        {
            Id = submission.Imported?.Event ?? Guid.CreateVersion7(),
        };
        var answer = RecordEvent.AnswerFor(recorded.Id);
        var appended = await writing.Store.AppendAsync(
            [new Append(stream, version, [recorded])],
            new AppendContext
            {
                Causation = $"submission:{submission.Id}",
                Idempotency = key is null ? null : key with { Answer = KeptAnswers.Json(answer) },
            },
            async connection =>
            {
                if (
                    !await SubmissionStore.DecideAsync(
                        connection,
                        submission,
                        SubmissionState.Accepted,
                        writing.Clock.Moment(),
                        writing.Caller.Person.Id,
                        recorded: recorded.Id,
                        cancellation: writing.Cancellation
                    )
                )
                {
                    throw Closed();
                }
            },
            writing.Cancellation
        );
        return await writing.Kept.AnswerAsync(
            answer,
            appended,
            recorded,
            stream,
            version + 1,
            writing.Cancellation
        );
    }

    private static async Task ReturnAsync(
        Writing writing,
        Submission submission,
        Decision.Refused refusal
    )
    {
        await using var connection = await writing.Store.Database.OpenConnectionAsync(
            writing.Cancellation
        );
        await SubmissionStore.DecideAsync(
            connection,
            submission,
            SubmissionState.Returned,
            writing.Clock.Moment(),
            writing.Caller.Person.Id,
            refusal.Reason,
            cancellation: writing.Cancellation
        );
    }

    private static async Task<IResult> CloseAsync(
        Writing writing,
        Submission submission,
        SubmissionState state,
        Guid? reviewer,
        Text? reason,
        Idempotency? key
    )
    {
        var decided = submission with
        {
            State = state,
            Decided = writing.Clock.Moment(),
            ReviewerPseudonym = reviewer is null ? null : writing.Caller.Person.Pseudonym,
            Reason = reason,
        };
        var answer = new KeptAnswer(StatusCodes.Status200OK, null, Submission: submission.Id);
        await using var connection = await writing.Store.Database.OpenConnectionAsync(
            writing.Cancellation
        );
        await using var transaction = await connection.BeginTransactionAsync(writing.Cancellation);
        await KeptAnswers.KeepAsync(connection, key, answer, writing.Cancellation);
        if (
            !await SubmissionStore.DecideAsync(
                connection,
                submission,
                state,
                decided.Decided.Value,
                reviewer,
                reason,
                cancellation: writing.Cancellation
            )
        )
        {
            throw Closed();
        }

        await transaction.CommitAsync(writing.Cancellation);
        return KeptAnswers.Answer(answer, decided);
    }

    private static async Task<Submission> ForReviewAsync(Writing writing, Guid id)
    {
        var submission = Open(await writing.FindAsync(id));
        return submission.Author != writing.Caller.Person.Id
            ? submission
            : throw Refuse.Forbidden("Another person decides what you proposed.");
    }

    private static Submission Open(Submission submission) =>
        submission.IsOpen ? submission : throw Closed();

    private static ProblemException Closed() =>
        Refuse.SubmissionClosed("This submission is decided already.");
}
