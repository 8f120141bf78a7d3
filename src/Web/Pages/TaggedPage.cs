using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Web.Feeds;
using Web.Pages.Caching;
using Web.Pages.Time;
using Web.Pages.Wording;

namespace Web.Pages;

/// <summary>
/// Gives each page a strong ETag: a digest of what it says. So it changes with everything that the page shows, be it an event, the day, or
/// that a source's text was imported or forgotten, and with nothing else.
/// </summary>
/// <param name="page">The page.</param>
public sealed class TaggedPage(IResult page) : IResult
{
    /// <summary>Tags what an endpoint answers.</summary>
    public static async ValueTask<object?> FilterAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    )
    {
        ArgumentNullException.ThrowIfNull(next);
        return await next(context) switch
        {
            // What is written bit by bit is not held in memory for the sake of a tag.
            PushStreamHttpResult stream => stream,
            IResult page => new TaggedPage(page),
            _ => null,
        };
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var content = await MakeAsync(httpContext);
        var response = httpContext.Response;
        if (response.StatusCode == StatusCodes.Status200OK && content.Length > 0)
        {
            var making = httpContext.Features.Get<PageInTheMaking>();
            var document = new Document(
                content,
                response.ContentType ?? "text/html; charset=utf-8",
                null,
                Document.Ask
            )
            {
                Language = Language.Tag,
                Headers =
                [
                    .. response.Headers.Where(h =>
                        making?.IsOwn(h.Key) == true && !s_ofEachAnswer.Contains(h.Key)
                    ),
                ],
            };
            if (making is not null)
            {
                making.Document = document;
                return;
            }

            await document.ExecuteAsync(httpContext);
            return;
        }

        if (content.Length > 0)
        {
            response.ContentLength = content.Length;
        }

        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.Body.WriteAsync(content, httpContext.RequestAborted);
        }
    }

    private static readonly HashSet<string> s_ofEachAnswer = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.ContentType,
        HeaderNames.ContentLength,
    };

    // A page answers HEAD as it answers GET; only its bytes stay here.
    private async Task<byte[]> MakeAsync(HttpContext context)
    {
        var (method, body) = (context.Request.Method, context.Response.Body);
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        context.Request.Method = HttpMethods.IsHead(method) ? HttpMethods.Get : method;
        try
        {
            await page.ExecuteAsync(context);
        }
        finally
        {
            context.Response.Body = body;
            context.Request.Method = method;
        }

        return context
            .RequestServices.GetRequiredService<PastLinks>()
            .Carry(context, buffer.ToArray());
    }
}
