using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Web.Hosting;
using Web.Pages.Caching;

namespace Testing;

/// <summary>A further node over the database of a site.</summary>
public sealed class SecondNode : IAsyncDisposable
{
    private readonly OpenLedger _ledger;
    private readonly WebApplication _app;

    private SecondNode(OpenLedger ledger, WebApplication app, string address)
    {
        (_ledger, _app) = (ledger, app);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(address),
        };
    }

    /// <summary>A client that follows no redirect.</summary>
    public HttpClient Http { get; }

    /// <summary>What this node knows of whether pages are still true.</summary>
    public Freshness Freshness => _app.Services.GetRequiredService<Freshness>();

    /// <summary>Starts it.</summary>
    public static async Task<SecondNode> StartAsync(LedgerSite site, bool keepPages)
    {
        var ledger = new OpenLedger(site.Database.Prepared);
        var app = Site.Build(ledger, "http://127.0.0.1:0", log: site.Log, keepPages: keepPages);
        return new SecondNode(
            ledger,
            app,
            (await Site.ListenAsync(app, "http://127.0.0.1:0")).First()
        );
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _ledger.DisposeAsync();
    }
}
