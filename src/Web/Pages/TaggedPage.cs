using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Web.Pages.Time;

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
        var response = httpContext.Response;
        var body = response.Body;
        using var buffer = new MemoryStream();
        response.Body = buffer;
        try
        {
            await page.ExecuteAsync(httpContext);
        }
        finally
        {
            response.Body = body;
        }

        ReadOnlyMemory<byte> content = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        content = httpContext
            .RequestServices.GetRequiredService<PastLinks>()
            .Carry(httpContext, content);
        if (response.StatusCode == StatusCodes.Status200OK)
        {
            var tag = new EntityTagHeaderValue(
                $"\"{Base64Url.EncodeToString(SHA256.HashData(content.Span).AsSpan(0, 16))}\""
            );
            var headers = response.GetTypedHeaders();
            headers.ETag = tag;
            headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
            var known = httpContext.Request.GetTypedHeaders().IfNoneMatch;
            if (
                known.Any(k =>
                    k.Equals(EntityTagHeaderValue.Any) || k.Compare(tag, useStrongComparison: false)
                )
            )
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                response.ContentType = null;
                return;
            }
        }

        if (content.Length > 0)
        {
            response.ContentLength = content.Length;
        }

        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await body.WriteAsync(content, httpContext.RequestAborted);
        }
    }
}
