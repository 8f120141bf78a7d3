using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Web.Api.Problems;
using Web.Hosting;

namespace Web.Api.Limits;

/// <summary>
/// How often one client may ask for what costs much: lists, and anything as it was (<c>stand</c>, <c>zum</c>), which folds the record
/// anew; and how many streams it may keep open. Everything else is read as often as one likes.
/// </summary>
public static class RateLimits
{
    /// <summary>Costly reads that one client address may send at once.</summary>
    public const int ReadsAtOnce = 300;

    /// <summary>Costly reads that it may send each second from then on.</summary>
    public const int ReadsPerSecond = 30;

    /// <summary>Streams that one client address may keep open on a node: a whole newsroom behind one address, but not the node.</summary>
    public const int StreamsAtOnce = 100;

    private const string Reads = "reads";
    private const string Streams = "streams";
    private const string Imports = "imports";

    public static void AddRateLimits(this IServiceCollection services) =>
        services.AddRateLimiter(limits =>
        {
            limits.AddPolicy(Reads, PartitionOf);

            limits.AddPolicy(
                Streams,
                context =>
                    RateLimitPartition.GetConcurrencyLimiter(
                        ClientLimit.ClientOf(context.Connection.RemoteIpAddress),
                        _ => new ConcurrencyLimiterOptions { PermitLimit = StreamsAtOnce }
                    )
            );

            // Judging a large file takes memory and all of a core.
            limits.AddConcurrencyLimiter(Imports, one => one.PermitLimit = 1);
            limits.OnRejected = (rejected, _) => AnswerAsync(rejected);
        });

    /// <summary>Limits the costly ones of these reads, by client address.</summary>
    public static TBuilder LimitReads<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.RequireRateLimiting(Reads);

    /// <summary>Limits how many of these one client may keep open, by its address.</summary>
    public static TBuilder LimitStreams<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.RequireRateLimiting(Streams);

    /// <summary>A node carries out one request of this kind at a time.</summary>
    public static TBuilder OneAtATime<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.RequireRateLimiting(Imports);

    private static RateLimitPartition<string> PartitionOf(HttpContext context) =>
        IsCostly(context)
            ? RateLimitPartition.GetTokenBucketLimiter(
                ClientLimit.ClientOf(context.Connection.RemoteIpAddress),
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = ReadsAtOnce,
                    TokensPerPeriod = ReadsPerSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                }
            )
            : RateLimitPartition.GetNoLimiter("");

    private static bool IsCostly(HttpContext context) =>
        context.GetRouteValue("id") is null
        || context.Request.Query.ContainsKey("stand")
        || context.Request.Query.ContainsKey("zum");

    private static async ValueTask AnswerAsync(OnRejectedContext rejected)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after)
            ? after
            : TimeSpan.FromSeconds(5);
        rejected.HttpContext.Response.Headers.RetryAfter = Math.Max(
                1,
                Math.Ceiling(wait.TotalSeconds)
            )
            .ToString(CultureInfo.InvariantCulture);
        await ProblemAnswers.WriteAsync(
            rejected.HttpContext,
            ProblemTypes.Of(
                "too-many-requests",
                "Ask again after as many seconds as Retry-After says."
            )
        );
    }
}
