using Projections.Committees;
using Web.Pages.Shell;
using Web.Pages.Time;
using static Web.Pages.PageMapping;

namespace Web.Pages.Committees;

/// <summary>The committees of a council, one of them, and its sheet for a meeting.</summary>
public static class CommitteeRoutes
{
    public static void MapCommittees(this IEndpointRouteBuilder app)
    {
        app.MapPage($"{Town}/ausschuesse", ListAsync).ThroughTime();
        app.MapPage($"{Town}/ausschuesse/{{slug}}", OneAsync).ThroughTime();
        app.MapPage($"{Town}/ausschuesse/{{slug}}/sitzungsblatt", SheetAsync).ThroughTime();
    }

    private static async Task<IResult> ListAsync(
        string municipality,
        LedgerView view,
        CommitteeReader committees,
        CancellationToken cancellation
    ) =>
        await view.CouncilAsync(municipality, cancellation) is { } council
            ? Render<CommitteeListPage>(
                new
                {
                    Municipality = municipality,
                    Council = council,
                    Rows = await view.CommitteesAsync(municipality, council, cancellation),
                    Today = view.Day,
                }
            )
            : await MissingAsync(municipality, view, committees, cancellation);

    private static async Task<IResult> OneAsync(
        string municipality,
        string slug,
        LedgerView view,
        CommitteeReader committees,
        CancellationToken cancellation
    ) =>
        await CommitteeModel.LoadAsync(municipality, slug, view, cancellation) is { } model
            ? Render<CommitteePage>(new { Model = model })
            : await MissingAsync(municipality, view, committees, cancellation);

    private static async Task<IResult> SheetAsync(
        string municipality,
        string slug,
        LedgerView view,
        CommitteeReader committees,
        CancellationToken cancellation
    ) =>
        await CommitteeModel.LoadAsync(municipality, slug, view, cancellation) is { } model
            ? Render<MeetingSheetPage>(new { Model = model })
            : await MissingAsync(municipality, view, committees, cancellation);

    private static Task<IResult> MissingAsync(
        string municipality,
        LedgerView view,
        CommitteeReader committees,
        CancellationToken cancellation
    ) => NotFoundInAsync(municipality, Section.Committees, view, committees, cancellation);
}
