using Projections.Committees;
using Web.Pages.Time;
using static Web.Pages.PageMapping;

namespace Web.Pages.Start;

/// <summary>The first page.</summary>
public static class StartRoutes
{
    public static void MapStart(this IEndpointRouteBuilder app) =>
        app.MapPage(
                "/",
                async (
                    CommitteeReader committees,
                    LedgerView view,
                    CancellationToken cancellation
                ) =>
                    Render<StartPage>(
                        new { Model = await StartModel.LoadAsync(committees, view, cancellation) }
                    )
            )
            .ThroughTime();
}
