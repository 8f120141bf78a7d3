using Microsoft.AspNetCore.Components;
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
        app.MapPage($"{Town}/ausschuesse/{{slug}}", OneAsync<CommitteePage>).ThroughTime();
        app.MapPage($"{Town}/ausschuesse/{{slug}}/sitzungsblatt", OneAsync<MeetingSheetPage>)
            .ThroughTime();
    }

    private static async Task<IResult> ListAsync(
        string municipality,
        LedgerView view,
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
            : await NotFoundInAsync(municipality, Section.Committees, view, cancellation);

    private static async Task<IResult> OneAsync<TPage>(
        string municipality,
        string slug,
        LedgerView view,
        CancellationToken cancellation
    )
        where TPage : IComponent =>
        await CommitteeModel.LoadAsync(municipality, slug, view, cancellation) is { } model
            ? Render<TPage>(new { Model = model })
            : await NotFoundInAsync(municipality, Section.Committees, view, cancellation);
}
