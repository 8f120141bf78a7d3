using System.Globalization;
using Ledger.Promises;
using Projections;
using Projections.Past;
using Projections.Search;
using Projections.Timelines;
using Web.Pages.Time;

namespace Web.Pages.Promises;

/// <summary>What a search among a municipality's promises found, now or at an earlier moment.</summary>
/// <param name="Everything">How many promises the municipality has.</param>
/// <param name="Rows">Of the page that was asked for.</param>
/// <param name="Facets">By kind and value: how many there would be with that choice.</param>
/// <param name="Read">Words that stand nowhere, with what was taken for them.</param>
public sealed record PromiseFinding(
    int Everything,
    int Total,
    IReadOnlyList<PromiseRow> Rows,
    ILookup<string, (string Value, int Count)> Facets,
    IReadOnlyList<(string Word, IReadOnlyList<string> For)> Read
)
{
    public static Task<PromiseFinding> FindAsync(
        string municipality,
        PromiseQuery query,
        int pageSize,
        LedgerView view,
        SearchReader search,
        TimelineReader timelines,
        CancellationToken cancellation
    )
    {
        var offset = (query.Page - 1) * pageSize;
        return view.Moment.IsNow
            ? NowAsync(municipality, query, offset, pageSize, view, search, timelines, cancellation)
            : ThenAsync(municipality, query, offset, pageSize, view, cancellation);
    }

    private static async Task<PromiseFinding> NowAsync(
        string municipality,
        PromiseQuery query,
        int offset,
        int pageSize,
        LedgerView view,
        SearchReader search,
        TimelineReader timelines,
        CancellationToken cancellation
    )
    {
        var found = await search.SearchAsync(
            query.For(municipality),
            view.Day,
            offset,
            pageSize,
            cancellation
        );
        var rows = (await timelines.NamedAsync(found.Page, cancellation)).ToDictionary(
            r => $"{r.Municipality}-{r.Slug}",
            StringComparer.Ordinal
        );
        return new PromiseFinding(
            found.Everything,
            found.Total,
            [.. found.Page.Select(key => rows.GetValueOrDefault(key.Name)).OfType<PromiseRow>()],
            found.Facets,
            found.Read
        );
    }

    // No vocabulary is kept of the past: words are found by their stem and their beginning.
    private static async Task<PromiseFinding> ThenAsync(
        string municipality,
        PromiseQuery query,
        int offset,
        int pageSize,
        LedgerView view,
        CancellationToken cancellation
    )
    {
        var text = query.Text is null
            ? null
            : SearchReader.Plain(query.Text) ?? SearchReader.Nothing;
        var all = await view.PastAsync(municipality, text, cancellation);
        var found = all.Where(p => Lets(p, null)).ToList();
        return new PromiseFinding(
            text is null
                ? all.Count
                : (await view.PastAsync(municipality, null, cancellation)).Count,
            found.Count,
            [.. found.Skip(offset).Take(pageSize).Select(p => p.Row)],
            Kinds
                .SelectMany(kind =>
                    all.Where(p => Lets(p, kind))
                        .SelectMany(p => Values(p, kind))
                        .CountBy(value => value)
                        .Select(c => (Kind: kind, c.Key, c.Value))
                )
                .ToLookup(f => f.Kind, f => (f.Key, f.Value), StringComparer.Ordinal),
            []
        );

        bool Lets(PastPromise promise, string? but) =>
            Kinds.All(kind =>
                kind == but
                || query.Chosen(kind) is not { } chosen
                || Values(promise, kind).Contains(chosen, StringComparer.Ordinal)
            );

        IEnumerable<string> Values(PastPromise promise, string kind) =>
            kind switch
            {
                "status" => [EnumNames.Of(promise.Row.Status)],
                "topic" => [promise.Row.Topic],
                "source" => [promise.Row.Source],
                "committee" => promise.Row.Committees,
                "proponent" => promise.Proponents,
                _ =>
                [
                    promise.Row.DueBinding?.Year.ToString(CultureInfo.InvariantCulture)
                        ?? SearchProjection.NoDeadline,
                    .. promise.Row.IsOverdue(view.Day) ? (string[])[SearchReader.Overdue] : [],
                ],
            };
    }

    private static IReadOnlyList<string> Kinds { get; } =
    ["status", "topic", "source", "committee", "proponent", "deadline"];
}

internal static class ChosenValues
{
    /// <summary>The value that is asked for of a kind; null = any.</summary>
    public static string? Chosen(this PromiseQuery query, string kind) =>
        kind switch
        {
            "status" => query.Status is { } s ? EnumNames.Of(s) : null,
            "topic" => query.Topic,
            "source" => query.Source,
            "committee" => query.Committee,
            "proponent" => query.Proponent,
            _ => query.Deadline,
        };
}
