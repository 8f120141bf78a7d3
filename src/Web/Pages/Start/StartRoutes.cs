using Ledger.Recording;
using Projections.Committees;
using Projections.Timelines;
using static Web.Pages.PageMapping;

namespace Web.Pages.Start;

/// <summary>The first page.</summary>
public static class StartRoutes
{
    public static void MapStart(this IEndpointRouteBuilder app) =>
        app.MapPage(
            "/",
            async (
                TimelineReader timelines,
                CommitteeReader committees,
                TimeProvider clock,
                CancellationToken cancellation
            ) =>
                Render<StartPage>(
                    new
                    {
                        Model = await StartModel.LoadAsync(
                            timelines,
                            committees,
                            clock.Today(),
                            cancellation
                        ),
                    }
                )
        );
}
