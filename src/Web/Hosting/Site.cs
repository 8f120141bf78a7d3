using System.Net;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Ledger.EventStore;
using Ledger.Sources;
using Ledger.Transparency;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Projections.Committees;
using Projections.Coverage;
using Projections.Past;
using Projections.Search;
using Projections.Targets;
using Projections.Timelines;
using Web.Api;
using Web.Feeds;
using Web.Log;
using Web.Pages;
using Web.Pages.Caching;
using Web.Pages.Legal;
using Web.Pages.Reports;
using Web.Pages.Time;
using Web.Pages.Wording;

namespace Web.Hosting;

/// <summary>The web server of one node.</summary>
public static class Site
{
    /// <summary>Where the site listens when nobody says otherwise: this machine alone.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Builds the site over an open ledger, which stays the caller's.</summary>
    /// <param name="urls">Addresses to listen on, separated by semicolons.</param>
    /// <param name="fourEyes">Whether what is recorded over HTTP needs a second person.</param>
    /// <param name="log">Key and guard of the log; null = this node seals and never signs.</param>
    /// <param name="keepPages">Whether pages are kept in memory while they are true; else each is made for each request.</param>
    /// <param name="texts">What the operator says for himself; null = as the environment says.</param>
    public static WebApplication Build(
        OpenLedger ledger,
        string urls,
        bool fourEyes = true,
        LogFolder? log = null,
        bool keepPages = true,
        OperatorTexts? texts = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions
            {
                ContentRootPath = AppContext.BaseDirectory,
                WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
                ApplicationName = typeof(Site).Assembly.GetName().Name,
            }
        );
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls(urls.Split(';', StringSplitOptions.RemoveEmptyEntries));
        builder.WebHost.ConfigureKestrel(ConfigureKestrel);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        // What makes the host fail to start is said in a sentence by the command line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);

        builder.Services.AddSingleton(ledger);
        builder.Services.AddSingleton(ledger.Store);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new TimelineReader(ledger.Database));
        builder.Services.AddSingleton(new CommitteeReader(ledger.Database));
        builder.Services.AddSingleton(new TargetReader(ledger.Database));
        builder.Services.AddSingleton(new CoverageReader(ledger.Database));
        builder.Services.AddSingleton(new SourceTexts(ledger.Database));
        builder.Services.AddSingleton(new PastReader(ledger.Database));
        builder.Services.AddSingleton(new SearchReader(ledger.Database));
        builder.Services.AddSingleton<TravelLimit>();
        builder.Services.AddSingleton<PastLinks>();
        builder.Services.AddSingleton(new ReportStore(ledger.Database));
        builder.Services.AddSingleton<ReportLimit>();
        builder.Services.AddSingleton(texts ?? OperatorTexts.FromEnvironment());
        builder.Services.AddSingleton<Freshness>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Freshness>());
        builder.Services.AddSingleton<ProjectionLoop>();
        builder.Services.AddHostedService(services =>
            services.GetRequiredService<ProjectionLoop>()
        );
        builder.Services.AddHostedService<PostgresWatch>();
        builder.Services.AddLog(ledger, log);
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        builder.Services.AddRazorComponents();

        // Nothing that readers get is encrypted or signed by this: no key needs to outlive the process.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();

        builder.Services.AddSingleton(ledger.Database);
        builder.Services.AddApi(fourEyes);
        builder.Services.AddFeeds();

        var app = builder.Build();
        app.Use(SecureHeadersAsync);
        app.UseLanguage();
        app.UseExceptionHandler(failed =>
            failed.Run(context => PageRoutes.Error().ExecuteAsync(context))
        );

        // Before routing, or the page for unknown addresses would answer for the style sheet.
        app.UseWhen(_ => !Language.IsEnglish, files => files.UseStaticFiles());
        app.UseRouting();
        app.UseEnglishPages();
        app.UseApi();
        if (keepPages)
        {
            app.UseKeptPages();
        }

        app.UseTimeTravel();
        app.MapApi();
        app.MapHealth();
        app.MapLog();
        app.MapFeeds();
        app.MapPages();
        app.MapFallback("{**anything}", () => PageRoutes.NotFound());
        return app;
    }

    // No request takes longer to arrive than a slow telephone line needs for 64 kB.
    private static void ConfigureKestrel(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = Api.Wire.JsonDoor.OneEvent;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(
            bytesPerSecond: 1024,
            gracePeriod: TimeSpan.FromSeconds(5)
        );
    }

    // Pages need one style sheet of our own and nothing else: no script, no frame, no third party.
    private static Task SecureHeadersAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        return next(context);
    }

    /// <summary>Starts listening.</summary>
    /// <returns>The addresses that it really listens on.</returns>
    /// <exception cref="Refusal">The port is taken or may not be used.</exception>
    public static async Task<IReadOnlyCollection<string>> ListenAsync(
        WebApplication app,
        string urls,
        CancellationToken cancellation = default
    )
    {
        try
        {
            await app.StartAsync(cancellation);
            return
            [
                .. app
                    .Services.GetRequiredService<IServer>()
                    .Features.Get<IServerAddressesFeature>()!
                    .Addresses,
            ];
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new Refusal(
                $"{urls} is taken by another program; stop it, or choose another address with --urls."
            );
        }
        catch (Exception e)
            when (e is System.Net.Sockets.SocketException or UnauthorizedAccessException)
        {
            throw new Refusal($"{urls} cannot be listened on: {e.Message}");
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            throw new Refusal(
                $"'{urls}' is no address to listen on; write one such as {DefaultUrl}."
            );
        }
    }

    /// <summary>Refuses to serve a local log to the world.</summary>
    /// <exception cref="Refusal">An address is reachable from outside and the origin is a local one.</exception>
    public static void RefusePublicLocal(string urls, string origin)
    {
        if (Origin.IsLocal(origin) && urls.Split(';').Any(u => !IsLoopback(u)))
        {
            throw new Refusal(
                $"{urls} is reachable from outside, but the origin {origin} is a local one: make a new database and fix a public "
                    + "origin first, with './ledger init --origin zusagen.example/log'."
            );
        }
    }

    private static bool IsLoopback(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (
            uri.IsLoopback
            || (IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address))
        );
}
