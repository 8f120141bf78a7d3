using Web.Pages.Shell;
using Web.Pages.Time;
using static Web.Pages.PageMapping;

namespace Web.Pages.Municipalities;

/// <summary>A municipality's own page.</summary>
public static class MunicipalityRoutes
{
    public static void MapMunicipalities(this IEndpointRouteBuilder app) =>
        app.MapPage(Town, OneAsync).ThroughTime();

    private static async Task<IResult> OneAsync(
        string municipality,
        LedgerView view,
        CancellationToken cancellation
    ) =>
        await MunicipalityModel.LoadAsync(municipality, view, cancellation) is { } model
            ? Render<MunicipalityPage>(new { Model = model })
        : view.Moment.IsNow ? NotFound()
        : await NotFoundInAsync(municipality, Section.Overview, view, cancellation);
}
