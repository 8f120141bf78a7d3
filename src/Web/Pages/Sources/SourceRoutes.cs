using Ledger.Sources;
using Projections.Coverage;
using Web.Pages.Shell;
using Web.Pages.Time;
using static Web.Pages.PageMapping;

namespace Web.Pages.Sources;

/// <summary>A municipality's documents, and each of them.</summary>
public static class SourceRoutes
{
    public static void MapSources(this IEndpointRouteBuilder app)
    {
        app.MapPage($"{Town}/quellen", SourcesAsync).ThroughTime();
        app.MapPage("/quellen/{slug}", SourceAsync).ThroughTime();
    }

    private static async Task<IResult> SourcesAsync(
        string municipality,
        LedgerView view,
        SourceView sources,
        CancellationToken cancellation
    ) =>
        await view.CouncilAsync(municipality, cancellation) is { } council
            ? Render<SourceListPage>(
                new
                {
                    Municipality = municipality,
                    Council = council,
                    Rows = await sources.ListAsync(municipality, cancellation),
                }
            )
            : await NotFoundInAsync(municipality, Section.Sources, view, cancellation);

    private static async Task<IResult> SourceAsync(
        string slug,
        LedgerView view,
        SourceView sources,
        CoverageReader coverage,
        SourceTexts texts,
        CancellationToken cancellation
    ) =>
        await SourceModel.LoadAsync(slug, view, sources, texts, cancellation) is { } model
            ? Render<SourcePage>(new { Model = model })
        : await coverage.FindAsync(slug, cancellation) is { Registered.Municipality: var town }
            ? await NotFoundInAsync(town, Section.Sources, view, cancellation)
        : NotFound();
}
