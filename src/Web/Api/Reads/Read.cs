using System.Buffers.Text;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using Web.Api.Wire;

namespace Web.Api.Reads;

/// <summary>An answer to a read: JSON with an ETag, or 304 when the reader has it already.</summary>
/// <param name="value">The answer.</param>
/// <param name="tag">Its tag without quotation marks; null = a digest of the answer itself.</param>
public sealed class Read<T>(T value, string? tag = null) : IResult, IEndpointMetadataProvider
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(value, ApiJson.Options);
        var etag = new EntityTagHeaderValue(
            $"\"{tag ?? Base64Url.EncodeToString(SHA256.HashData(body).AsSpan(0, 16))}\""
        );
        var headers = httpContext.Response.GetTypedHeaders();
        headers.ETag = etag;
        headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
        var known = httpContext.Request.GetTypedHeaders().IfNoneMatch;
        if (
            known.Any(k =>
                k.Equals(EntityTagHeaderValue.Any) || k.Compare(etag, useStrongComparison: false)
            )
        )
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        httpContext.Response.ContentType = "application/json";
        httpContext.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }

    static void IEndpointMetadataProvider.PopulateMetadata(
        MethodInfo method,
        EndpointBuilder builder
    )
    {
        builder.Metadata.Add(
            new ProducesResponseTypeMetadata(200, typeof(T), ["application/json"])
        );
        builder.Metadata.Add(new ProducesResponseTypeMetadata(304));
    }
}

/// <summary>A page of a list.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="Next">Send it as <c>cursor</c> for the next page; null = this is the last.</param>
/// <param name="AsOf">Which state of the record it shows.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next, AsOf AsOf);
