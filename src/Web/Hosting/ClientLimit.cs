using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Web.Hosting;

/// <summary>How often one client may do a thing in a window of time.</summary>
/// <param name="most">How often.</param>
/// <param name="window">In which time.</param>
public abstract class ClientLimit(int most, TimeSpan window) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<
        HttpContext,
        string
    >(context =>
        RateLimitPartition.GetFixedWindowLimiter(
            ClientOf(context.Connection.RemoteIpAddress),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = window }
        )
    );

    /// <summary>Whether the client may do it once more, and if not, in how many seconds.</summary>
    public bool Lets(HttpContext context, out string wait)
    {
        using var lease = _limiter.AttemptAcquire(context);
        var after = lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known : window;
        wait = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return lease.IsAcquired;
    }

    /// <summary>Whom an address stands for: a household or a firm has a whole network of 64 bits in IPv6.</summary>
    public static string ClientOf(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    public void Dispose()
    {
        _limiter.Dispose();
        GC.SuppressFinalize(this);
    }
}
