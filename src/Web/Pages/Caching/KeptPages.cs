using Web.Feeds;
using Web.Pages.Time;

namespace Web.Pages.Caching;

/// <summary>How long the bytes of a page are kept in memory.</summary>
public enum Keeping
{
    /// <summary>While nothing that pages show has changed.</summary>
    WhileTrue,

    /// <summary>For five seconds at most: it also shows what nobody tells, such as a file of the operator or a witness's signature.</summary>
    Briefly,

    /// <summary>Not at all: it is long and written bit by bit.</summary>
    Never,
}

/// <summary>
/// Answers with the bytes of a page that were made before, while they are still the truth; else lets one request for each address make them.
/// Pages are the same for every reader: the key is the address in its language, and nothing about who asks.
/// </summary>
public static class KeptPages
{
    // What is longer, such as a site map, is rare and would drive many pages out.
    private const int LongestPage = 512 * 1024;
    private const int LongestAddress = 1_000;

    /// <summary>Has to stand behind routing, and before whatever asks the database.</summary>
    public static void UseKeptPages(this WebApplication app) => app.Use(InvokeAsync);

    /// <summary>Says how long pages at this address are kept.</summary>
    public static IEndpointConventionBuilder Keep(
        this IEndpointConventionBuilder page,
        Keeping keeping
    ) => page.WithMetadata(new KeptAs(keeping));

    private static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (
            context.GetEndpoint()?.Metadata.GetMetadata<KeptAs>()
            is not { Keeping: not Keeping.Never and var keeping }
        )
        {
            return next(context);
        }

        var request = context.Request;
        var isPast = IsPast(request);
        var stamp = context.RequestServices.GetRequiredService<Freshness>().For(isPast, keeping);
        var key =
            $"{request.Scheme}://{request.Host.Value}{request.PathBase.Value}{request.Path.Value}{request.QueryString.Value}";
        return stamp is null || key.Length > LongestAddress
            ? next(context)
            : AnswerAsync(context, next, key, stamp.Value, isPast);
    }

    private static async Task AnswerAsync(
        HttpContext context,
        RequestDelegate next,
        string key,
        Stamp stamp,
        bool isPast
    )
    {
        PageInTheMaking? making = null;
        var cache = context.RequestServices.GetRequiredService<DocumentCache>();
        var kept = await cache.GetAsync(
            key,
            stamp,
            null,
            async () =>
            {
                making = new PageInTheMaking(context.Response.Headers);
                context.Features.Set(making);
                await next(context);

                // Of a reader who went away in the middle nobody knows how far the page came.
                return
                    !context.RequestAborted.IsCancellationRequested
                    && making.Document is { } made
                    && made.Body.Length <= LongestPage
                    && context.Response.Headers.CacheControl.Count == 0
                    && isPast == (context.Features.Get<PageMoment>() is { IsPermanent: true })
                    ? made
                    : null;
            },
            context.RequestAborted
        );
        if (making is null)
        {
            // Null: another request found that what is here is not to be kept.
            await (kept?.ExecuteAsync(context) ?? next(context));
        }
        else if (making.Document is { } own)
        {
            await own.ExecuteAsync(context);
        }
    }

    private static bool IsPast(HttpRequest request) =>
        request.QueryString.HasValue
        && request.Query[TimeTravel.Stand].ToString().Length > 0
        && request.HttpContext.GetEndpoint()!.Metadata.GetMetadata<TravelsInTime>() is not null;
}

/// <summary>Marks an address with how long its pages are kept.</summary>
public sealed record KeptAs(Keeping Keeping);

/// <summary>A page that somebody waits for who sends it himself.</summary>
/// <param name="before">The headers of the answer before the page was begun.</param>
internal sealed class PageInTheMaking(IHeaderDictionary before)
{
    private readonly HashSet<string> _before = new(before.Keys, StringComparer.OrdinalIgnoreCase);

    /// <summary>The page, once it is made; null when it is none with status 200.</summary>
    public Document? Document { get; set; }

    /// <summary>Whether the page itself has set this header, and not what stands before all pages.</summary>
    public bool IsOwn(string header) => !_before.Contains(header);
}
