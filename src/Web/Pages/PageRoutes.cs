using Ledger.EventStore;
using Ledger.Recording;
using Ledger.Sources;
using Ledger.Transparency;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing.Patterns;
using Projections.Committees;
using Projections.Coverage;
using Projections.Targets;
using Projections.Timelines;
using Web.Api.Recording;
using Web.Hosting;
using Web.Log;
using Web.Pages.Committees;
using Web.Pages.Events;
using Web.Pages.Method;
using Web.Pages.Municipalities;
using Web.Pages.Promises;
using Web.Pages.Shell;
using Web.Pages.Sources;
using Web.Pages.Start;
using Web.Pages.Subscribe;
using Web.Pages.Targets;
using Web.Pages.Verification;
using Store = Ledger.EventStore.EventStore;

namespace Web.Pages;

/// <summary>Which page answers at which address.</summary>
public static class PageRoutes
{
    private const string Town = "/{municipality}";

    private static readonly HttpMethodMetadata s_reading = new([HttpMethods.Get, HttpMethods.Head]);
    private static readonly object s_constraints = new { municipality = new TownName() };

    /// <summary>Maps every page, for GET and HEAD. They are rendered on the server and need no script.</summary>
    public static void MapPages(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        Page("/", StartAsync);
        Page("/pruefen", VerificationAsync);
        Page("/methodik", () => Render<MethodPage>(new { }));
        Page("/aenderungen", SubscribeRoutes.ChangesAsync);
        Page("/abonnieren", SubscribeRoutes.SubscribeAsync);
        Page(Town, MunicipalityAsync);
        Page($"{Town}/zusagen", PromisesAsync);
        Page($"{Town}/zusagen/{{slug}}", PromiseAsync);
        Page($"{Town}/ausschuesse", CommitteesAsync);
        Page($"{Town}/ausschuesse/{{slug}}", CommitteeAsync);
        Page($"{Town}/ziele", TargetsAsync);
        Page($"{Town}/ziele/{{slug}}", TargetAsync);
        Page("/ziele/{slug}", ReferenceAsync);
        Page($"{Town}/quellen", SourcesAsync);
        Page("/quellen/{slug}", SourceAsync);
        Page("/ereignisse/{id:guid}", EventAsync);

        void Page(string address, Delegate answer) =>
            app.Map(
                    address.StartsWith(Town, StringComparison.Ordinal)
                        ? RoutePatternFactory.Parse(address, null, s_constraints)
                        : RoutePatternFactory.Parse(address),
                    answer
                )
                .WithMetadata(s_reading)
                .AddEndpointFilter(TaggedPage.FilterAsync);
    }

    /// <summary>The page for an address at which nothing stands, with status 404.</summary>
    /// <param name="place">The municipality it belongs to, if it is on record.</param>
    public static IResult NotFound(Place? place = null) =>
        Render<NotFoundPage>(new { Place = place }, StatusCodes.Status404NotFound);

    /// <summary>The page that says that we failed, with status 500.</summary>
    public static IResult Error() =>
        Render<ErrorPage>(new { }, StatusCodes.Status500InternalServerError);

    private static async Task<IResult> StartAsync(
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
        );

    private static async Task<IResult> MunicipalityAsync(
        string municipality,
        TimelineReader timelines,
        CommitteeReader committees,
        TargetReader targets,
        TimeProvider clock,
        CancellationToken cancellation
    ) =>
        await MunicipalityModel.LoadAsync(
            municipality,
            timelines,
            committees,
            targets,
            clock.Today(),
            cancellation
        )
            is { } model
            ? Render<MunicipalityPage>(new { Model = model })
            : NotFound();

    private static async Task<IResult> PromisesAsync(
        string municipality,
        HttpRequest request,
        TimelineReader timelines,
        CommitteeReader committees,
        TimeProvider clock,
        CancellationToken cancellation
    ) =>
        await PromiseListModel.LoadAsync(
            municipality,
            PromiseQuery.Read(request.Query),
            timelines,
            committees,
            clock.Today(),
            cancellation
        )
            is { } model
            ? Render<PromiseListPage>(new { Model = model })
            : NotFound();

    private static async Task<IResult> PromiseAsync(
        string municipality,
        string slug,
        TimelineReader timelines,
        CommitteeReader committees,
        TargetReader targets,
        SourceTexts texts,
        Npgsql.NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken cancellation
    ) =>
        await PromiseModel.LoadAsync(
            municipality,
            slug,
            timelines,
            committees,
            targets,
            texts,
            database,
            clock.Today(),
            cancellation
        )
            is { } model
            ? Render<PromisePage>(new { Model = model })
            : await NotFoundInAsync(municipality, Section.Promises, committees, cancellation);

    private static async Task<IResult> CommitteesAsync(
        string municipality,
        CommitteeReader committees,
        TimeProvider clock,
        CancellationToken cancellation
    ) =>
        await committees.FindCouncilAsync(municipality, cancellation)
            is { Registered: not null } council
            ? Render<CommitteeListPage>(
                new
                {
                    Municipality = municipality,
                    Council = council,
                    Rows = await committees.ListAsync(municipality, cancellation),
                    Today = clock.Today(),
                }
            )
            : NotFound();

    private static async Task<IResult> CommitteeAsync(
        string municipality,
        string slug,
        CommitteeReader committees,
        TimeProvider clock,
        CancellationToken cancellation
    ) =>
        await CommitteeModel.LoadAsync(municipality, slug, committees, clock.Today(), cancellation)
            is { } model
            ? Render<CommitteePage>(new { Model = model })
            : await NotFoundInAsync(municipality, Section.Committees, committees, cancellation);

    private static async Task<IResult> TargetsAsync(
        string municipality,
        CommitteeReader committees,
        TargetReader targets,
        CancellationToken cancellation
    ) =>
        await committees.FindCouncilAsync(municipality, cancellation)
            is { Registered: not null } council
            ? Render<TargetListPage>(
                new
                {
                    Municipality = municipality,
                    Council = council,
                    Rows = await targets.ListAsync(municipality, cancellation),
                    References = await targets.ListAsync(null, cancellation),
                }
            )
            : NotFound();

    private static async Task<IResult> TargetAsync(
        string municipality,
        string slug,
        TimelineReader timelines,
        CommitteeReader committees,
        TargetReader targets,
        TimeProvider clock,
        CancellationToken cancellation
    ) =>
        await TargetModel.LoadAsync(
            municipality,
            slug,
            timelines,
            committees,
            targets,
            clock.Today(),
            cancellation
        )
            is { } model
            ? Render<TargetPage>(new { Model = model })
            : await NotFoundInAsync(municipality, Section.Targets, committees, cancellation);

    private static async Task<IResult> ReferenceAsync(
        string slug,
        TimelineReader timelines,
        CommitteeReader committees,
        TargetReader targets,
        TimeProvider clock,
        CancellationToken cancellation
    ) =>
        await TargetModel.LoadAsync(
            null,
            slug,
            timelines,
            committees,
            targets,
            clock.Today(),
            cancellation
        )
            is { } model
            ? Render<TargetPage>(new { Model = model })
            : NotFound();

    private static async Task<IResult> SourcesAsync(
        string municipality,
        CommitteeReader committees,
        CoverageReader coverage,
        CancellationToken cancellation
    ) =>
        await committees.FindCouncilAsync(municipality, cancellation)
            is { Registered: not null } council
            ? Render<SourceListPage>(
                new
                {
                    Municipality = municipality,
                    Council = council,
                    Rows = await coverage.ListAsync(municipality, cancellation),
                }
            )
            : NotFound();

    private static async Task<IResult> SourceAsync(
        string slug,
        CoverageReader coverage,
        CommitteeReader committees,
        SourceTexts texts,
        CancellationToken cancellation
    ) =>
        await SourceModel.LoadAsync(slug, coverage, committees, texts, cancellation) is { } model
            ? Render<SourcePage>(new { Model = model })
            : NotFound();

    private static async Task<IResult> VerificationAsync(
        HttpRequest request,
        Store store,
        LogReader log,
        ReadLogIdentity identity,
        SealingLoop sealing,
        ReviewRule review,
        IServiceProvider services,
        CancellationToken cancellation
    ) =>
        Render<VerificationPage>(
            new
            {
                Model = await VerificationModel.LoadAsync(
                    store,
                    log,
                    identity,
                    sealing,
                    review,
                    cancellation
                ),
                Site = services.GetService<SiteAddress>()?.Origin.ToString().TrimEnd('/')
                    ?? $"{request.Scheme}://{request.Host}",
            }
        );

    private static async Task<IResult> EventAsync(
        Guid id,
        Store store,
        LogReader log,
        ReadLogIdentity identity,
        TimelineReader timelines,
        TargetReader targets,
        CancellationToken cancellation
    )
    {
        if (await store.FindAsync(id, cancellation) is not { } e)
        {
            return NotFound();
        }

        var place = await PlaceAsync(e, timelines, targets, cancellation);
        var model = await EventModel.LoadAsync(id, store, log, identity, place, cancellation);
        return Render<EventPage>(new { Model = model });
    }

    private static async Task<string?> PlaceAsync(
        RecordedEvent e,
        TimelineReader timelines,
        TargetReader targets,
        CancellationToken cancellation
    )
    {
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
        return address is null ? null : $"{address}#{Address.Anchor(e.Id)}";
    }

    private static async Task<IResult> NotFoundInAsync(
        string municipality,
        Section section,
        CommitteeReader committees,
        CancellationToken cancellation
    ) =>
        NotFound(
            await committees.FindCouncilAsync(municipality, cancellation)
                is { Registered: { } town }
                ? new Place(municipality, town.Name, section)
                : null
        );

    private static RazorComponentResult<TPage> Render<TPage>(
        object parameters,
        int status = StatusCodes.Status200OK
    )
        where TPage : IComponent => new(parameters) { StatusCode = status };

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
