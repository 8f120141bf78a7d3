using System.Threading.RateLimiting;

namespace Web.Pages.Reports;

/// <summary>How many reports one address may send.</summary>
public sealed class ReportLimit : IDisposable
{
    /// <summary>In an hour.</summary>
    public const int Most = 10;

    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<
        HttpContext,
        string
    >(context =>
        RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = Most,
                Window = TimeSpan.FromHours(1),
            }
        )
    );

    public bool Lets(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(context);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
