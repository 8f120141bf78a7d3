using Web.Pages.Shell;
using Web.Pages.Time;
using static Web.Pages.PageMapping;

namespace Web.Pages.Targets;

/// <summary>Targets with numbers, and the series of others beside them.</summary>
public static class TargetRoutes
{
    public static void MapTargets(this IEndpointRouteBuilder app)
    {
        app.MapPage($"{Town}/ziele", ListAsync).ThroughTime();
        app.MapPage($"{Town}/ziele/{{slug}}", OneAsync).ThroughTime();
        app.MapPage("/ziele/{slug}", ReferenceAsync).ThroughTime();
    }

    private static async Task<IResult> ListAsync(
        string municipality,
        LedgerView view,
        CancellationToken cancellation
    ) =>
        await view.CouncilAsync(municipality, cancellation) is { } council
            ? Render<TargetListPage>(
                new
                {
                    Municipality = municipality,
                    Council = council,
                    Rows = await view.TargetsAsync(municipality, cancellation),
                    References = await view.TargetsAsync(null, cancellation),
                }
            )
            : await NotFoundInAsync(municipality, Section.Targets, view, cancellation);

    private static async Task<IResult> OneAsync(
        string municipality,
        string slug,
        LedgerView view,
        CancellationToken cancellation
    ) =>
        await TargetModel.LoadAsync(municipality, slug, view, cancellation) is { } model
            ? Render<TargetPage>(new { Model = model })
            : await NotFoundInAsync(municipality, Section.Targets, view, cancellation);

    private static async Task<IResult> ReferenceAsync(
        string slug,
        LedgerView view,
        CancellationToken cancellation
    ) =>
        await TargetModel.LoadAsync(null, slug, view, cancellation) is { } model
            ? Render<TargetPage>(new { Model = model })
        : view.Moment.IsNow ? NotFound()
        : Render<NothingYetPage>(new { }, StatusCodes.Status404NotFound);
}
