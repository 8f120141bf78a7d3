using Microsoft.AspNetCore.Http.HttpResults;
using Projections.Committees;
using Projections.Feed;
using Projections.Timelines;
using Web.Api.Problems;
using Web.Feeds;
using Web.Pages.Time;

namespace Web.Pages.Subscribe;

/// <summary>The page of all changes, and the page that builds addresses to subscribe to.</summary>
internal static class SubscribeRoutes
{
    public static async Task<IResult> ChangesAsync(
        HttpRequest request,
        FeedReader reader,
        CommitteeReader committees,
        LedgerView view,
        CancellationToken cancellation
    )
    {
        try
        {
            return new RazorComponentResult<ChangesPage>(
                new
                {
                    Model = await ChangesModel.LoadAsync(
                        request.Query,
                        reader,
                        committees,
                        view,
                        cancellation
                    ),
                }
            );
        }
        catch (ProblemException)
        {
            return PageRoutes.NotFound();
        }
    }

    public static async Task<IResult> SubscribeAsync(
        HttpRequest request,
        FeedReader reader,
        CommitteeReader committees,
        TimelineReader timelines,
        CancellationToken cancellation
    ) =>
        new RazorComponentResult<SubscribePage>(
            new
            {
                Model = await SubscribeModel.LoadAsync(
                    request,
                    reader,
                    committees,
                    timelines,
                    cancellation
                ),
            }
        );
}
