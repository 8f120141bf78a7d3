using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Web.Hosting;

namespace Web.Api.Limits;

/// <summary>
/// Who a request comes from when a proxy stands before this server: the last address in <c>X-Forwarded-For</c>, if the proxy is on this
/// machine or in the setting <c>LEDGER_PROXIES</c> (addresses and networks, separated by commas). Anybody else could write what they like.
/// </summary>
public static class Proxies
{
    public static void AddProxies(this IServiceCollection services) =>
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            foreach (var network in Read(Environment.GetEnvironmentVariable("LEDGER_PROXIES")))
            {
                forwarded.KnownIPNetworks.Add(network);
            }
        });

    /// <summary>Reads the setting.</summary>
    /// <exception cref="Refusal">One of them is neither an address nor a network.</exception>
    public static IEnumerable<System.Net.IPNetwork> Read(string? setting) =>
        (setting ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text =>
                System.Net.IPNetwork.TryParse(text, out var network) ? network
                : IPAddress.TryParse(text, out var address)
                    ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
                : throw new Refusal(
                    $"LEDGER_PROXIES holds addresses and networks such as 10.0.0.2 or 172.16.0.0/12, not '{text}'."
                )
            );
}
