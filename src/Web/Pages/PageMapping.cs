using Ledger.EventStore;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing.Patterns;
using Projections.Timelines;
using Web.Pages.Caching;
using Web.Pages.Shell;
using Web.Pages.Time;

namespace Web.Pages;

/// <summary>How a page is put at its address, and what it answers with.</summary>
public static class PageMapping
{
    /// <summary>The first part of a municipality's addresses.</summary>
    public const string Town = "/{municipality}";

    private static readonly HttpMethodMetadata s_reading = new([HttpMethods.Get, HttpMethods.Head]);
    private static readonly object s_constraints = new { municipality = new TownName() };

    /// <summary>Maps a page in both languages, or a file in one, for GET and HEAD.</summary>
    public static IEndpointConventionBuilder MapPage(
        this IEndpointRouteBuilder app,
        string address,
        Delegate answer
    )
    {
        var page = app.Map(
                address.StartsWith(Town, StringComparison.Ordinal)
                    ? RoutePatternFactory.Parse(address, null, s_constraints)
                    : RoutePatternFactory.Parse(address),
                answer
            )
            .WithMetadata(s_reading)
            .Keep(Keeping.WhileTrue)
            .AddEndpointFilter(TaggedPage.FilterAsync);

        // A file, such as a table, has one address.
        return Path.HasExtension(address) ? page : page.WithMetadata(InBothLanguages.Marked);
    }

    /// <summary>Lets the page take <c>?stand=</c> and <c>?zum=</c>.</summary>
    /// <inheritdoc cref="TravelsInTime" path="/param"/>
    public static void ThroughTime(this IEndpointConventionBuilder page, bool byOccurred = true) =>
        page.WithMetadata(new TravelsInTime(byOccurred));

    /// <summary>A page.</summary>
    public static RazorComponentResult<TPage> Render<TPage>(
        object parameters,
        int status = StatusCodes.Status200OK
    )
        where TPage : IComponent => new(parameters) { StatusCode = status };

    /// <summary>The page for an address at which nothing stands, with status 404.</summary>
    /// <param name="place">The municipality it belongs to, if it is on record.</param>
    /// <param name="near">Promises that may have been meant.</param>
    public static IResult NotFound(Place? place = null, IReadOnlyList<PromiseRow>? near = null) =>
        Render<NotFoundPage>(
            new { Place = place, Near = near ?? [] },
            StatusCodes.Status404NotFound
        );

    /// <summary>The page for an address at which nothing stands, or nothing stood at an earlier moment.</summary>
    public static async Task<IResult> NotFoundInAsync(
        string municipality,
        Section section,
        LedgerView view,
        CancellationToken cancellation
    )
    {
        var place = await view.PlaceAsync(municipality, section, cancellation);
        return view.Moment.IsNow || place is null
            ? NotFound(place)
            : Render<NothingYetPage>(new { Place = place }, StatusCodes.Status404NotFound);
    }

    // A file such as /favicon.ico is nobody's town.
    private sealed class TownName : IRouteConstraint
    {
        public bool Match(
            HttpContext? httpContext,
            IRouter? route,
            string routeKey,
            RouteValueDictionary values,
            RouteDirection routeDirection
        ) => values[routeKey] is string name && StreamKey.IsName(name);
    }
}
