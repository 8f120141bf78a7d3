using System.Text.Json;
using Web.Api.Wire;

namespace Web.Api.Reads;

/// <summary>An answer for its caller alone: no cache keeps it, no other site may read it.</summary>
public sealed class Private<T>(T value) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-store";
        return httpContext.Response.WriteAsJsonAsync(
            value,
            ApiJson.Options,
            "application/json",
            httpContext.RequestAborted
        );
    }
}
