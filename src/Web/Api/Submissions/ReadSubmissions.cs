using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Submissions;
using Projections;
using Web.Accounts;
using Web.Api.Problems;
using Web.Api.Reads;
using Web.Api.Recording;

namespace Web.Api.Submissions;

/// <summary><c>GET /submissions</c> and <c>/submissions/{id}</c>: for authors their own, for reviewers all. Never for anyone else.</summary>
public static class ReadSubmissions
{
    /// <param name="Next">Send it as <c>cursor</c> for the next page; null = this is the last.</param>
    public sealed record SubmissionPage(IReadOnlyList<SubmissionView> Items, string? Next);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/submissions", ListAsync)
            .Need(Right.Propose, Right.Review)
            .Produces<SubmissionPage>()
            .Refuses(400, 401, 403)
            .WithName("listSubmissions")
            .WithSummary("Proposals, the oldest first: one's own, or all for those who review.");
        api.MapGet("/submissions/{id:guid}", GetAsync)
            .Need(Right.Propose, Right.Review)
            .Produces<SubmissionView>()
            .Refuses(401, 403, 404)
            .WithName("readSubmission")
            .WithSummary("A proposal, with what it would change now.");
    }

    /// <param name="state">Only those that stand like this: open, accepted, rejected, returned, withdrawn.</param>
    /// <param name="import">Only what this import proposed.</param>
    public static async Task<IResult> ListAsync(
        string? state,
        Guid? import,
        string? cursor,
        int? limit,
        Caller caller,
        SubmissionStore submissions,
        CancellationToken cancellation
    )
    {
        SubmissionState? wanted =
            state is null ? null
            : Enum.GetValues<SubmissionState>().Where(s => EnumNames.Of(s) == state) is var match
            && match.Any()
                ? match.First()
            : throw Refuse.BadParameter(
                "'state' is one of open, accepted, rejected, returned, withdrawn."
            );
        var after =
            cursor is null ? (Guid?)null
            : Guid.TryParse(cursor, out var last) ? last
            : throw Refuse.BadParameter("'cursor' is not one that a page of this list gave.");
        var most = Cursor.Limit(limit);
        var found = await submissions.ListAsync(
            caller.May(Right.Review) ? null : caller.Person.Id,
            wanted,
            import,
            after,
            most + 1,
            cancellation
        );
        return new Private<SubmissionPage>(
            new SubmissionPage(
                [.. found.Take(most).Select(s => SubmissionView.Of(s))],
                found.Count > most ? found[most - 1].Id.ToString() : null
            )
        );
    }

    public static async Task<IResult> GetAsync(Guid id, [AsParameters] Writing reading)
    {
        var submission = await reading.FindAsync(id);
        return new Private<SubmissionView>(
            SubmissionView.Of(
                submission,
                submission.IsOpen ? await ReviewAsync(reading, submission) : null
            )
        );
    }

    /// <summary>The proposal, if the caller may see it. That there is one is nobody else's business.</summary>
    /// <exception cref="ProblemException">There is none for this caller.</exception>
    public static async Task<Submission> FindAsync(this Writing writing, Guid id) =>
        await writing.Submissions.FindAsync(id, writing.Cancellation) is { } s
        && (s.Author == writing.Caller.Person.Id || writing.Caller.May(Right.Review))
            ? s
            : throw Refuse.NotFound($"There is no submission {id}.");

    private static async Task<Review> ReviewAsync(Writing reading, Submission submission)
    {
        var events = await reading.Store.ReadStreamAsync(
            submission.Stream,
            cancellation: reading.Cancellation
        );
        return Review.Of(
            submission,
            events,
            await reading.RefusalAsync(submission.Stream, events, submission.Event),
            await TermAsync(reading, submission, events),
            reading.Clock.GetUtcNow()
        );
    }

    private static async Task<Term?> TermAsync(
        Writing reading,
        Submission submission,
        IReadOnlyList<RecordedEvent> events
    )
    {
        var promised =
            submission.Event as Promised
            ?? (submission.Stream.Kind == "promise" ? Promise.From(events).First : null);
        if (
            promised is not { Term: { } term }
            || !StreamKey.TryParse($"council:{promised.Municipality}", out var council)
        )
        {
            return null;
        }

        var history = await reading.Store.ReadStreamAsync(
            council,
            cancellation: reading.Cancellation
        );
        return Council.From(history).Terms.FirstOrDefault(t => t.Slug == term);
    }
}
