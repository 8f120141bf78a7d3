using System.Globalization;
using Projections.Committees;
using Projections.Feed;
using Web.Feeds;
using Web.Pages.Time;

namespace Web.Pages.Subscribe;

/// <summary>A page of entries, newest first.</summary>
/// <param name="Older">Address of the page after this one; null = there is nothing older.</param>
public sealed record ChangesModel(
    FeedFilter Filter,
    FilterTitle Title,
    IReadOnlyList<FeedEntry> Entries,
    string? Older,
    bool IsNewest,
    IReadOnlyList<MunicipalityRow> Municipalities
)
{
    private const int Page = 50;

    /// <exception cref="Api.Problems.ProblemException">The filter is none, or names what is not on record.</exception>
    public static async Task<ChangesModel> LoadAsync(
        IQueryCollection query,
        FeedReader reader,
        CommitteeReader committees,
        LedgerView view,
        CancellationToken cancellation
    )
    {
        var filter = FeedQuery.Read(query, ["before", TimeTravel.Stand]);
        var before = FeedQuery.Single(query, "before") is { } text
            ? PullEvents.After(text)
            : long.MaxValue;
        var isNewest = before == long.MaxValue;
        var until = view.Moment.AsOf.Before;
        before = Math.Min(before, until);
        var title = await FilterWords.ShortTitleAsync(filter, reader, until, cancellation);
        var settled = await reader.SettleAsync(filter, cancellation);
        var found = await reader.NewestAsync(settled, before, Page + 1, cancellation);
        return new ChangesModel(
            filter,
            title,
            [.. found.Take(Page)],
            found.Count > Page
                ? filter.At(
                    Address.Changes,
                    string.Create(CultureInfo.InvariantCulture, $"before={found[Page - 1].Index}")
                )
                : null,
            isNewest,
            await view.TownsAsync(committees, cancellation)
        );
    }
}
