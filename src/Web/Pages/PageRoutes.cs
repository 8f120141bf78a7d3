using Web.Pages.Balance;
using Web.Pages.Committees;
using Web.Pages.Compare;
using Web.Pages.Data;
using Web.Pages.Events;
using Web.Pages.Legal;
using Web.Pages.Method;
using Web.Pages.Municipalities;
using Web.Pages.Promises;
using Web.Pages.Reports;
using Web.Pages.Shell;
using Web.Pages.Sources;
using Web.Pages.Start;
using Web.Pages.Subscribe;
using Web.Pages.Targets;
using Web.Pages.Verification;
using static Web.Pages.PageMapping;

namespace Web.Pages;

/// <summary>Which page answers at which address.</summary>
public static class PageRoutes
{
    /// <summary>Maps every page, for GET and HEAD. They are rendered on the server and need no script.</summary>
    public static void MapPages(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapStart();
        app.MapPage("/methodik", () => Render<MethodPage>(new { }));
        app.MapMunicipalities();
        app.MapPromises();
        app.MapCommittees();
        app.MapTargets();
        app.MapCompare();
        app.MapBalances();
        app.MapData();
        app.MapLegal();
        app.MapReports();
        app.MapSources();
        app.MapEvents();
        app.MapVerification();
        app.MapPage("/aenderungen", SubscribeRoutes.ChangesAsync)
            // In the order of recording: what happened by a day is asked at /vergleich.
            .ThroughTime(byOccurred: false);
        app.MapPage("/abonnieren", SubscribeRoutes.SubscribeAsync);
    }

    /// <inheritdoc cref="PageMapping.NotFound"/>
    public static IResult NotFound(Place? place = null) => PageMapping.NotFound(place);

    /// <summary>The page that says that we failed, with status 500.</summary>
    public static IResult Error() =>
        Render<ErrorPage>(new { }, StatusCodes.Status500InternalServerError);
}
