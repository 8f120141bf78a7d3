using Ledger.Recording;
using Projections.Committees;
using Projections.Past;
using Projections.Targets;
using Projections.Timelines;
using Web.Pages.Time;
using static Web.Pages.PageMapping;
using Store = Ledger.EventStore.EventStore;

namespace Web.Pages.Compare;

/// <summary>What is different between two dates.</summary>
public static class CompareRoutes
{
    public static void MapCompare(this IEndpointRouteBuilder app) =>
        app.MapPage("/vergleich", CompareAsync);

    private static async Task<IResult> CompareAsync(
        HttpContext context,
        Store store,
        PastReader past,
        TimelineReader timelines,
        TargetReader targets,
        CommitteeReader committees,
        TimeProvider clock,
        TravelLimit limit,
        CancellationToken cancellation
    )
    {
        var query = context.Request.Query;
        var (from, to) = (query["von"].ToString(), query["bis"].ToString());
        var today = clock.Today();
        var period = Period.Read(from, to, today, out var fault);
        var towns = (await committees.MunicipalitiesAsync(cancellation)).ToDictionary(
            m => m.Slug,
            m => m.Name,
            StringComparer.Ordinal
        );
        var town = query["gemeinde"].ToString() is { Length: > 0 } chosen ? chosen : null;
        if (town is not null && !towns.ContainsKey(town))
        {
            return NotFound();
        }

        if (period is not null && !limit.Lets(context, out var wait))
        {
            context.Response.Headers.RetryAfter = wait;
            return Render<TooManyPage>(new { }, StatusCodes.Status429TooManyRequests);
        }

        var recorded = query["nach"] == "vermerkt";
        return Render<ComparePage>(
            new
            {
                Model = period is null
                    ? null
                    : await CompareModel.LoadAsync(
                        period,
                        recorded,
                        town,
                        store,
                        past,
                        timelines,
                        targets,
                        towns,
                        cancellation
                    ),
                Fault = fault,
                From = from.Length > 0 ? from : Period.Text(new DateOnly(today.Year - 1, 1, 1)),
                To = to.Length > 0 ? to : Period.Text(today),
                Town = town,
                Recorded = recorded,
                Towns = towns,
            },
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest
        );
    }
}
