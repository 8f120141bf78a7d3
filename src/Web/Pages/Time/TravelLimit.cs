using System.Globalization;
using System.Threading.RateLimiting;

namespace Web.Pages.Time;

/// <summary>How many earlier states one address may ask for: they are dearer than today's page, and there are endlessly many.</summary>
public sealed class TravelLimit : IDisposable
{
    /// <summary>In a minute.</summary>
    public const int Most = 300;

    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<
        HttpContext,
        string
    >(context =>
        RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = Most,
                Window = TimeSpan.FromMinutes(1),
            }
        )
    );

    /// <summary>Whether one more may be asked for, and if not, in how many seconds.</summary>
    public bool Lets(HttpContext context, out string wait)
    {
        using var lease = _limiter.AttemptAcquire(context);
        wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after)
            ? Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture)
            : "60";
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
