using Ledger.Sources;
using Npgsql;
using Projections.Search;
using Projections.Timelines;
using Web.Pages.Shell;
using Web.Pages.Time;
using static Web.Pages.PageMapping;

namespace Web.Pages.Promises;

/// <summary>The list of a municipality's promises, as a page and as a table, and each of them.</summary>
public static class PromiseRoutes
{
    public static void MapPromises(this IEndpointRouteBuilder app)
    {
        app.MapPage($"{Town}/zusagen", ListAsync).ThroughTime();
        app.MapPage($"{Town}/zusagen.csv", TableAsync).ThroughTime();
        app.MapPage($"{Town}/zusagen/{{slug}}", OneAsync).ThroughTime();
    }

    private static async Task<IResult> ListAsync(
        string municipality,
        HttpRequest request,
        LedgerView view,
        SearchReader search,
        TimelineReader timelines,
        CancellationToken cancellation
    )
    {
        var query = PromiseQuery.Read(request.Query);
        var model = await PromiseListModel.LoadAsync(
            municipality,
            query,
            view,
            search,
            timelines,
            cancellation
        );
        return model is null
                ? await NotFoundInAsync(municipality, Section.Promises, view, cancellation)
            : query.Page > model.Pages
                ? NotFound(
                    new Place(municipality, model.Council.Registered!.Name, Section.Promises)
                )
            : Render<PromiseListPage>(new { Model = model });
    }

    private static async Task<IResult> TableAsync(
        string municipality,
        HttpRequest request,
        LedgerView view,
        SearchReader search,
        TimelineReader timelines,
        CancellationToken cancellation
    )
    {
        var query = PromiseQuery.Read(request.Query) with { Page = 1 };
        if (await view.CouncilAsync(municipality, cancellation) is not { } council)
        {
            return await NotFoundInAsync(municipality, Section.Promises, view, cancellation);
        }

        var finding = await PromiseFinding.FindAsync(
            municipality,
            query,
            PromiseTable.Most,
            view,
            search,
            timelines,
            cancellation
        );
        var titles = (await view.SourcesAsync(municipality, cancellation)).ToDictionary(
            s => s.Slug,
            s => s.Title.De,
            StringComparer.Ordinal
        );
        return TypedResults.File(
            PromiseTable.Of(
                finding.Rows,
                council,
                source => titles.GetValueOrDefault(source, source),
                $"{request.Scheme}://{request.Host}"
            ),
            "text/csv; charset=utf-8",
            $"zusagen-{municipality}.csv"
        );
    }

    private static async Task<IResult> OneAsync(
        string municipality,
        string slug,
        LedgerView view,
        SearchReader search,
        TimelineReader timelines,
        SourceTexts texts,
        NpgsqlDataSource database,
        CancellationToken cancellation
    )
    {
        if (
            await PromiseModel.LoadAsync(municipality, slug, view, texts, database, cancellation) is
            { } model
        )
        {
            return Render<PromisePage>(new { Model = model });
        }

        if (
            !view.Moment.IsNow
            || await view.CouncilAsync(municipality, cancellation) is not { } council
        )
        {
            return await NotFoundInAsync(municipality, Section.Promises, view, cancellation);
        }

        // The words of an old or mistyped address often still lead to the promise.
        return NotFound(
            new Place(municipality, council.Registered!.Name, Section.Promises),
            await NearAsync(municipality, slug, view, search, timelines, cancellation)
        );
    }

    private static async Task<IReadOnlyList<PromiseRow>> NearAsync(
        string municipality,
        string slug,
        LedgerView view,
        SearchReader search,
        TimelineReader timelines,
        CancellationToken cancellation
    )
    {
        var words = (PromiseQuery.Plain(slug) ?? "").Split('-').Take(4).ToList();
        for (; words.Count > 0; words.RemoveAt(words.Count - 1))
        {
            var found = await search.SearchAsync(
                new SearchQuery(municipality, string.Join(' ', words)),
                view.Day,
                0,
                5,
                cancellation
            );
            if (found.Total is > 0 and <= 50)
            {
                return await timelines.NamedAsync(found.Page, cancellation);
            }
        }

        return [];
    }
}
