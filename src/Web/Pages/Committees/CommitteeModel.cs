using Ledger.Councils;
using Ledger.Promises;
using Projections.Committees;
using Web.Pages.Time;
using Web.Pages.Wording;

namespace Web.Pages.Committees;

/// <summary>What a committee answers for, in the groups that a meeting asks about. Each promise stands in one of them.</summary>
public sealed record CommitteeModel(
    string Municipality,
    Council Council,
    Committee Committee,
    IReadOnlyList<ResponsibilityRow> All,
    DateOnly Today
)
{
    /// <summary>A deadline that the source sets has passed without an end.</summary>
    public IReadOnlyList<ResponsibilityRow> Overdue { get; } =
    [.. All.Where(r => r.IsOverdue(Today)).OrderBy(r => r.DueBinding)];

    public IReadOnlyList<ResponsibilityRow> Delayed { get; } =
    [
        .. All.Where(r =>
            !r.IsOverdue(Today) && r.Status is PromiseStatus.Delayed or PromiseStatus.Stalled
        ),
    ];

    /// <summary>On the way, with news in the last twelve months.</summary>
    public IReadOnlyList<ResponsibilityRow> Moving { get; } =
    [
        .. All.Where(r =>
            IsOpen(r, Today) && IsLookedAfter(r) && r.LastEvent >= Today.AddMonths(-12)
        ),
    ];

    /// <summary>Someone has looked, but the newest entry is older than twelve months.</summary>
    public IReadOnlyList<ResponsibilityRow> Silent { get; } =
    [
        .. All.Where(r =>
                IsOpen(r, Today) && IsLookedAfter(r) && !(r.LastEvent >= Today.AddMonths(-12))
            )
            .OrderBy(r => r.LastEvent),
    ];

    /// <summary>Nobody has looked yet.</summary>
    public IReadOnlyList<ResponsibilityRow> Unchecked { get; } =
    [.. All.Where(r => IsOpen(r, Today) && !IsLookedAfter(r))];

    public IReadOnlyList<ResponsibilityRow> Ended { get; } =
    [
        .. All.Where(r =>
            r.Status
                is PromiseStatus.Fulfilled
                    or PromiseStatus.Abandoned
                    or PromiseStatus.Superseded
        ),
    ];

    /// <summary>The next deadlines that the sources set; these stand in their groups as well.</summary>
    public IReadOnlyList<ResponsibilityRow> DueNext { get; } =
    [
        .. All.Where(r =>
                r.DueBinding >= Today
                && r.Status
                    is not (
                        PromiseStatus.Fulfilled
                        or PromiseStatus.Abandoned
                        or PromiseStatus.Superseded
                    )
            )
            .OrderBy(r => r.DueBinding)
            .Take(5),
    ];

    /// <summary>Whether the sources name the committee for none of its promises.</summary>
    public bool IsInferred =>
        All.Count > 0 && All.All(r => r.Basis == ResponsibilityBasis.Inferred);

    /// <summary>The sentence with which the page opens when the committee is no more; null while it stands.</summary>
    public string? Opening => CommitteeWords.Opening(Committee, Council, Today);

    public static async Task<CommitteeModel?> LoadAsync(
        string municipality,
        string slug,
        LedgerView view,
        CancellationToken cancellation
    ) =>
        await view.CouncilAsync(municipality, cancellation) is { } council
        && council.Committees.FirstOrDefault(c => c.Slug == slug) is { } committee
            ? new CommitteeModel(
                municipality,
                council,
                committee,
                ByTitle(await view.ResponsibilitiesAsync(municipality, slug, cancellation)),
                view.Day
            )
            : null;

    // They come by their German titles.
    private static IReadOnlyList<ResponsibilityRow> ByTitle(
        IReadOnlyList<ResponsibilityRow> rows
    ) => Language.IsEnglish ? [.. rows.OrderBy(r => r.Title.Words(), Writing.Alphabet)] : rows;

    // What is known from before the promise is no look at what became of it.
    private static bool IsLookedAfter(ResponsibilityRow row) =>
        row.Status != PromiseStatus.Unchecked;

    private static bool IsOpen(ResponsibilityRow row, DateOnly today) =>
        !row.IsOverdue(today)
        && row.Status
            is not (
                PromiseStatus.Delayed
                or PromiseStatus.Stalled
                or PromiseStatus.Fulfilled
                or PromiseStatus.Abandoned
                or PromiseStatus.Superseded
            );
}
