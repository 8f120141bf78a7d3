using System.Text.Json.Nodes;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Submissions;
using Web.Api.Problems;

namespace Web.Api.Submissions;

/// <summary>A proposal as its author and reviewers see it.</summary>
/// <param name="Author">Pseudonym of who proposed it.</param>
/// <param name="Stream">Key of the stream that it would be recorded on.</param>
/// <param name="SeenVersion">The stream's version that the author had read; 0 = a new stream.</param>
/// <param name="Reviewer">Pseudonym of who decided it.</param>
/// <param name="Reason">Why it was rejected or returned.</param>
/// <param name="Recorded">Address of the event that came of it.</param>
/// <param name="Import">The import that proposed it; null = it was proposed by itself.</param>
/// <param name="ImportItem">Its id in the file of that import.</param>
/// <param name="Review">What it would change now; null once it is decided, and in lists.</param>
public sealed record SubmissionView(
    Guid Id,
    SubmissionState State,
    string Author,
    string Stream,
    long SeenVersion,
    Event Event,
    DateTimeOffset Created,
    DateTimeOffset? Decided,
    string? Reviewer,
    Text? Reason,
    string? Recorded,
    Guid? Import,
    string? ImportItem,
    ReviewView? Review
)
{
    public static SubmissionView Of(Submission s, Review? review = null) =>
        new(
            s.Id,
            s.State,
            s.AuthorPseudonym,
            s.Stream.ToString(),
            s.SeenVersion,
            s.Event,
            s.Created,
            s.Decided,
            s.ReviewerPseudonym,
            s.Reason,
            s.Recorded is { } id ? $"/api/v1/events/{id}" : null,
            s.Imported?.Import,
            s.Imported?.Id,
            review is null ? null : ReviewView.Of(review)
        );

    public static string AddressOf(Guid id) => $"/api/v1/submissions/{id}";
}

/// <summary>What a second person should see before saying yes.</summary>
/// <param name="CurrentVersion">Version of the stream that this was judged against.</param>
/// <param name="StatusBefore">How the promise stands now; null for other streams.</param>
/// <param name="StatusAfter">How it would stand.</param>
/// <param name="Refusal">Why acceptance would be refused now; null when it would not be.</param>
/// <param name="Changes">What would be different, field by field.</param>
/// <param name="Warnings">What does not forbid it, but wants a look.</param>
public sealed record ReviewView(
    long CurrentVersion,
    PromiseStatus? StatusBefore,
    PromiseStatus? StatusAfter,
    RefusalView? Refusal,
    IReadOnlyList<ChangeView> Changes,
    IReadOnlyList<WarningView> Warnings
)
{
    public static ReviewView Of(Review r) =>
        new(
            r.CurrentVersion,
            r.Before,
            r.After,
            r.Refusal is { } refusal
                ? new RefusalView(ProblemTypes.Prefix + refusal.Code, refusal.Reason)
                : null,
            [.. r.Changes.Select(c => new ChangeView(c.Pointer, c.From, c.To))],
            [.. r.Warnings.Select(w => new WarningView(w.Code, w.Sentence))]
        );
}

/// <param name="Type">The problem's type.</param>
public sealed record RefusalView(string Type, Text Reason);

/// <param name="Pointer">JSON Pointer into the stream's state: <c>/status</c>, <c>/entries/{event}/amount</c>.</param>
/// <param name="From">What it says now; null = nothing.</param>
/// <param name="To">What it would say.</param>
public sealed record ChangeView(string Pointer, JsonNode? From, JsonNode? To);

/// <param name="Code"><c>evidence-used</c>, <c>outside-term</c> or <c>part-completes</c>.</param>
public sealed record WarningView(string Code, Text Sentence);
