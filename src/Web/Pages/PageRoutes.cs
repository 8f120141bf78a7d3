using Projections.Committees;
using Projections.Targets;
using Projections.Timelines;
using Web.Pages.Balance;
using Web.Pages.Committees;
using Web.Pages.Compare;
using Web.Pages.Data;
using Web.Pages.Legal;
using Web.Pages.Method;
using Web.Pages.Municipalities;
using Web.Pages.Promises;
using Web.Pages.Reports;
using Web.Pages.Shell;
using Web.Pages.Start;
using Web.Pages.Targets;
using static Web.Pages.PageMapping;
using Store = Ledger.EventStore.EventStore;

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
        app.MapPage("/ereignisse/{id:guid}", EventAsync);
    }

    /// <inheritdoc cref="PageMapping.NotFound"/>
    public static IResult NotFound(Place? place = null) => PageMapping.NotFound(place);

    /// <summary>The page that says that we failed, with status 500.</summary>
    public static IResult Error() =>
        Render<ErrorPage>(new { }, StatusCodes.Status500InternalServerError);

    // Until an event has a page of its own, its address leads to the place where it stands.
    private static async Task<IResult> EventAsync(
        Guid id,
        Store store,
        TimelineReader timelines,
        TargetReader targets,
        CancellationToken cancellation
    )
    {
        if (await store.FindAsync(id, cancellation) is not { } e)
        {
            return NotFound();
        }

        var address = e.Stream.Kind switch
        {
            "council" => Address.Municipality(e.Stream.Name),
            "promise" when await timelines.NamedAsync([e.Stream], cancellation) is [var row, ..] =>
                Address.Promise(row.Municipality, row.Slug),
            "target" when await targets.FindAsync(e.Stream, cancellation) is { Set: { } set } =>
                Address.Target(
                    set.Municipality,
                    set.Municipality is { } m
                        ? Projections.Addresses.Slug(e.Stream, m)
                        : e.Stream.Name
                ),
            _ => null,
        };
        return address is null
            ? NotFound()
            : TypedResults.Redirect($"{address}#{Address.Anchor(id)}");
    }
}
