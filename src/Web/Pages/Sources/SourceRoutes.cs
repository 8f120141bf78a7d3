using Ledger.Sources;
using Projections.Committees;
using Projections.Coverage;
using static Web.Pages.PageMapping;

namespace Web.Pages.Sources;

/// <summary>A municipality's documents, and each of them.</summary>
public static class SourceRoutes
{
    public static void MapSources(this IEndpointRouteBuilder app)
    {
        app.MapPage($"{Town}/quellen", SourcesAsync);
        app.MapPage("/quellen/{slug}", SourceAsync);
    }

    private static async Task<IResult> SourcesAsync(
        string municipality,
        CommitteeReader committees,
        CoverageReader coverage,
        CancellationToken cancellation
    ) =>
        await committees.FindCouncilAsync(municipality, cancellation)
            is { Registered: not null } council
            ? Render<SourceListPage>(
                new
                {
                    Municipality = municipality,
                    Council = council,
                    Rows = await coverage.ListAsync(municipality, cancellation),
                }
            )
            : NotFound();

    private static async Task<IResult> SourceAsync(
        string slug,
        CoverageReader coverage,
        CommitteeReader committees,
        SourceTexts texts,
        CancellationToken cancellation
    ) =>
        await SourceModel.LoadAsync(slug, coverage, committees, texts, cancellation) is { } model
            ? Render<SourcePage>(new { Model = model })
            : NotFound();
}
