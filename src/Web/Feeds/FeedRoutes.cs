using System.Globalization;
using Projections.Feed;
using Web.Api;
using Web.Api.Limits;
using Web.Api.Problems;

namespace Web.Feeds;

/// <summary>What is served below <c>/feeds</c> (docs/feeds.md).</summary>
public static class FeedRoutes
{
    private static readonly string[] s_reading = [HttpMethods.Get, HttpMethods.Head];

    public static void AddFeeds(this IServiceCollection services)
    {
        services.AddSingleton<FeedReader>();
        services.AddSingleton<Projections.Deadlines.DeadlineReader>();
        services.AddSingleton<FeedAuthority>();
        services.AddSingleton<EventTail>();
        services.AddHostedService(s => s.GetRequiredService<EventTail>());
        services.AddSingleton<DocumentCache>();
    }

    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        var feeds = app.MapGroup("/feeds").RequireCors(ApiRoutes.Readers).ExcludeFromDescription();
        feeds.MapMethods("/changes.{format}", s_reading, CurrentAsync);
        feeds.MapMethods(
            "/archive/{version:int}/{n:long:min(0)}.{format}",
            s_reading,
            ArchiveAsync
        );
        feeds.MapMethods(
            "/archive/{version:int}/{n:long:min(0)}/next.{format}",
            s_reading,
            AfterAsync
        );
        feeds.MapMethods("/stream", s_reading, EventStream.GetAsync).LimitStreams();
        feeds.MapMethods("/deadlines.ics", s_reading, DeadlineCalendar.GetAsync);
        feeds.MapMethods("/due-today.{format}", s_reading, DueToday.GetAsync);
        feeds.MapMethods(
            "/{**anything}",
            s_reading,
            void () => throw Refuse.NotFound("There is no feed at this address.")
        );
    }

    private static async Task<IResult> CurrentAsync(
        string format,
        HttpRequest request,
        FeedReader reader,
        FeedAuthority authority,
        DocumentCache cache,
        EventTail tail,
        CancellationToken cancellation
    )
    {
        var root = SiteRoot.Of(request);
        return await cache.DocumentAsync(
            $"{root}{request.Path}{request.QueryString}",
            new Stamp(tail.End, tail.Withholdings),
            async () =>
            {
                // Every name in it is on record since an entry that it shows, so its newest entry tells whether it is as it was.
                var filter = FeedQuery.Read(request.Query);
                var settled = await reader.SettleAsync(filter, CancellationToken.None);
                var newest = await reader.IndexBeforeAsync(
                    settled,
                    long.MaxValue,
                    0,
                    CancellationToken.None
                );
                return newest?.ToString(CultureInfo.InvariantCulture) ?? "";
            },
            async () =>
                Render(
                    await FeedPage.CurrentAsync(
                        reader,
                        FeedQuery.Read(request.Query),
                        root,
                        await authority.HostAsync(cancellation),
                        cancellation
                    ),
                    format
                )
        );
    }

    private static async Task<IResult> ArchiveAsync(
        int version,
        long n,
        string format,
        HttpRequest request,
        FeedReader reader,
        FeedAuthority authority,
        DocumentCache cache,
        EventTail tail,
        CancellationToken cancellation
    )
    {
        var filter = FeedQuery.Read(request.Query);
        if (version > 0 && version < FeedAddress.Version)
        {
            return TypedResults.LocalRedirect(
                FeedAddress.Archive(filter, n, format),
                permanent: true
            );
        }

        if (version != FeedAddress.Version || n > long.MaxValue / FeedAddress.Range - 1)
        {
            throw Refuse.NotFound("There is no such archive.");
        }

        var root = SiteRoot.Of(request);
        return await cache.DocumentAsync(
            $"{root}{request.Path}{request.QueryString}",
            new Stamp(0, tail.Withholdings),
            null,
            async () =>
                await FeedPage.ArchiveAsync(
                    reader,
                    filter,
                    n,
                    root,
                    await authority.HostAsync(cancellation),
                    cancellation
                )
                    is { } page
                    ? Render(page, format)
                    : throw Refuse.NotFound(
                        "This archive is not full yet, or nothing in it matches."
                    )
        );
    }

    private static async Task<IResult> AfterAsync(
        int version,
        long n,
        string format,
        HttpContext context,
        FeedReader reader,
        CancellationToken cancellation
    )
    {
        _ = MediaTypeOf(format);
        var filter = FeedQuery.Read(context.Request.Query);
        if (version is < 1 or > FeedAddress.Version || n > long.MaxValue / FeedAddress.Range - 1)
        {
            throw Refuse.NotFound("There is no such archive.");
        }

        var settled = await reader.SettleAsync(filter, cancellation);
        var next =
            await reader.IndexFromAsync(settled, (n + 1) * FeedAddress.Range, cancellation)
            / FeedAddress.Range;
        var isFull = (next + 1) * FeedAddress.Range <= await reader.EndAsync(cancellation);
        context.Response.Headers.CacheControl = Document.Ask;
        return TypedResults.LocalRedirect(
            next is { } archive && isFull
                ? FeedAddress.Archive(filter, archive, format)
                : FeedAddress.Current(filter, format)
        );
    }

    private static Document Render(FeedPage page, string format)
    {
        var type = MediaTypeOf(format);
        return new Document(
            format == AtomFeed.Format ? AtomFeed.Write(page) : JsonFeed.Write(page),
            type,
            page.Updated,
            page.Archive is null ? Document.ForAMinute : Document.ForEver
        )
        {
            Links = new([
                .. ((string, string?)[])
                    [
                        ("self", page.Self(format)),
                        ("alternate", page.Html),
                        ("current", page.Archive is null ? null : page.Current(format)),
                        ("prev-archive", page.Older(format)),
                        ("next-archive", page.Newer(format)),
                    ]
                    is var links
                    ? links
                        .Where(l => l.Item2 is not null)
                        .Select(l => $"<{l.Item2}>; rel=\"{l.Item1}\"")
                    : [],
            ]),
        };
    }

    private static string MediaTypeOf(string format) =>
        format switch
        {
            AtomFeed.Format => AtomFeed.ContentType,
            JsonFeed.Format => JsonFeed.ContentType,
            _ => throw Refuse.NotFound("A feed's address ends in .atom or .json."),
        };
}
