using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Projections.Committees;
using Projections.Targets;
using Projections.Timelines;
using Web.Pages.Balance;
using Web.Pages.Caching;
using Web.Pages.Time;
using static Web.Pages.PageMapping;
using Store = Ledger.EventStore.EventStore;

namespace Web.Pages.Data;

/// <summary>The whole ledger as data, and what search engines ask for.</summary>
public static class DataRoutes
{
    public static void MapData(this IEndpointRouteBuilder app)
    {
        app.MapPage("/daten", DataAsync);
        app.MapPage(FullExport.Address, ExportAsync).Keep(Keeping.Never);
        app.MapPage("/sitemap.xml", SitemapAsync);
        app.MapPage("/robots.txt", Robots);
    }

    private static async Task<IResult> DataAsync(
        Store store,
        HttpRequest request,
        CancellationToken cancellation
    ) =>
        Render<DataPage>(
            new { Events = await store.NextIndexAsync(cancellation), Site = SiteOf(request) }
        );

    private static IResult ExportAsync(HttpContext context, Store store, TravelLimit limit)
    {
        if (!limit.Lets(context, out var wait))
        {
            context.Response.Headers.RetryAfter = wait;
            return Render<TooManyPage>(new { }, StatusCodes.Status429TooManyRequests);
        }

        return HttpMethods.IsHead(context.Request.Method)
            ? TypedResults.Bytes([], FullExport.MediaType)
            : TypedResults.Stream(
                body => FullExport.WriteAsync(body, store, context.RequestAborted),
                FullExport.MediaType,
                "zusagenbuch.jsonl"
            );
    }

    private static async Task<IResult> SitemapAsync(
        HttpRequest request,
        TimelineReader timelines,
        CommitteeReader committees,
        TargetReader targets,
        Projections.Past.PastReader past,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        List<string> paths =
        [
            "/",
            "/aenderungen",
            "/abonnieren",
            "/methodik",
            "/pruefen",
            "/vergleich",
            "/daten",
            "/barrierefreiheit",
            "/datenschutz",
            "/impressum",
        ];
        foreach (var town in await committees.MunicipalitiesAsync(cancellation))
        {
            paths.AddRange(
                Address.Municipality(town.Slug),
                Address.Promises(town.Slug),
                Address.Committees(town.Slug),
                Address.Targets(town.Slug),
                Address.Sources(town.Slug)
            );
            paths.AddRange(
                (await timelines.ListAsync(new PromiseFilter(town.Slug), cancellation)).Select(p =>
                    Address.Promise(p.Municipality, p.Slug)
                )
            );
            paths.AddRange(
                (await committees.ListAsync(town.Slug, cancellation)).SelectMany(c =>
                    new[]
                    {
                        Address.Committee(c.Municipality, c.Slug),
                        Address.Sheet(c.Municipality, c.Slug),
                    }
                )
            );
            paths.AddRange(
                (await timelines.SourcesAsync(town.Slug, cancellation)).Select(s =>
                    Address.Source(s.Slug)
                )
            );
            paths.AddRange(
                (await targets.ListAsync(town.Slug, cancellation)).Select(t =>
                    Address.Target(t.Municipality, t.Slug)
                )
            );
            paths.AddRange(
                (
                    await BalanceModel.YearsAsync(
                        town.Slug,
                        null,
                        past,
                        Ledger.Recording.BerlinTime.Today(clock),
                        cancellation
                    )
                ).Select(year => Address.Balance(town.Slug, year))
            );
        }

        paths.AddRange(
            (await targets.ListAsync(null, cancellation)).Select(t => Address.Target(null, t.Slug))
        );
        var site = SiteOf(request);
        return TypedResults.Text(Sitemap.Of(site, paths), "application/xml", Encoding.UTF8);
    }

    private static ContentHttpResult Robots(HttpRequest request) =>
        TypedResults.Text(
            $"""
            User-agent: *
            Disallow: /*?stand=
            Disallow: /*&stand=
            Disallow: /*?zum=
            Disallow: /*&zum=
            Disallow: /fehler-melden
            Disallow: /en/fehler-melden
            Disallow: {FullExport.Address}

            Sitemap: {SiteOf(request)}/sitemap.xml

            """,
            "text/plain",
            Encoding.UTF8
        );

    private static string SiteOf(HttpRequest request) =>
        request.HttpContext.RequestServices.GetService<Shell.SiteAddress>() is { } site
            ? site.Origin.GetLeftPart(UriPartial.Authority)
            : $"{request.Scheme}://{request.Host}";
}
