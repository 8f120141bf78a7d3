using Ledger.EventStore;
using Ledger.Transparency;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Web.Accounts;
using Web.Hosting;
using Web.Pages.Caching;
using Web.Pages.Legal;

namespace Testing;

/// <summary>The real host on a free port of this machine, over a database of its own on the test server.</summary>
public sealed class LedgerSite : IAsyncDisposable
{
    private static readonly Lazy<Task<TestLedger>> s_empty = new(() => TemplateAsync(seeds: false));
    private static readonly Lazy<Task<TestLedger>> s_seeded = new(() => TemplateAsync(seeds: true));

    private readonly TestLedger _database;
    private readonly WebApplication _app;

    private LedgerSite(
        TestLedger database,
        OpenLedger ledger,
        WebApplication app,
        Uri address,
        LogFolder log
    )
    {
        Log = log;
        _database = database;
        _app = app;
        Ledger = ledger;
        Address = address;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = address,
        };
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>A client that follows no redirect.</summary>
    public HttpClient Http { get; }

    public OpenLedger Ledger { get; }

    /// <summary>Key and guard of its log.</summary>
    public LogFolder Log { get; }

    /// <summary>Runs SQL as the superuser.</summary>
    public TestLedger Database => _database;

    /// <summary>Starts one.</summary>
    /// <param name="seeds">Whether the real catalogue is recorded first.</param>
    /// <param name="fourEyes">Whether what is recorded over HTTP needs a second person.</param>
    /// <param name="keepPages">Whether pages are kept in memory while they are true.</param>
    /// <param name="texts">What the operator says for himself.</param>
    public static async Task<LedgerSite> StartAsync(
        bool seeds = true,
        bool fourEyes = true,
        bool keepPages = true,
        OperatorTexts? texts = null
    )
    {
        var database = await TestLedger.CreateAsync(await (seeds ? s_seeded : s_empty).Value);
        var ledger = new OpenLedger(database.Prepared);
        var log = new LogFolder(
            Path.Combine(Path.GetTempPath(), $"zusagenbuch-log-{Guid.CreateVersion7():N}")
        );
        log.CreateKey(await ledger.FixOriginAsync(null), isNewLog: true);
        var app = Site.Build(ledger, "http://127.0.0.1:0", fourEyes, log, keepPages, texts);
        var addresses = await Site.ListenAsync(app, "http://127.0.0.1:0");
        return new LedgerSite(database, ledger, app, new Uri(addresses.First()), log);
    }

    // Made once for all: a copy takes a fraction of the time.
    private static async Task<TestLedger> TemplateAsync(bool seeds)
    {
        var template = await TestLedger.CreateAsync();
        await using var ledger = new OpenLedger(template.Prepared);
        await ledger.FixOriginAsync(null);
        if (seeds)
        {
            await ledger.RecordSeedsAsync(LedgerSettings.FromEnvironment().Seeds, Progress.Silent);
        }
        else
        {
            await ledger.Engine.PrepareAsync();
        }

        return template;
    }

    /// <summary>A client with a key of a new person.</summary>
    /// <param name="scopes">What the key may do; all that the role may, when not said.</param>
    public async Task<Writer> WriterAsync(Role role = Role.Editor, params Right[] scopes)
    {
        var accounts = new AccountStore(Ledger.Database);
        var person = await accounts.AddAsync("Erfundene Person", role);
        return await WriterAsync(person, scopes);
    }

    /// <summary>A client with a further key of a person.</summary>
    /// <inheritdoc cref="WriterAsync(Role, Right[])" path="/param"/>
    public async Task<Writer> WriterAsync(Person person, params Right[] scopes)
    {
        var key = await new AccountStore(Ledger.Database).AddKeyAsync(
            person,
            scopes.Length > 0 ? scopes : person.Role.Rights(),
            "test",
            TimeProvider.System.GetUtcNow().AddDays(1)
        );
        var http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,

                // On a busy machine a refusal comes later than the second after which a client would begin to send anyhow.
                Expect100ContinueTimeout = TimeSpan.FromSeconds(30),
            }
        )
        {
            BaseAddress = Address,
        };
        http.DefaultRequestHeaders.Authorization = new("Bearer", key.ToString());
        return new Writer(person, key, http);
    }

    /// <summary>Waits until every projection has folded all that is recorded now.</summary>
    public async Task CaughtUpAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var next = await Ledger.Store.NextIndexAsync(patience.Token);
        while (
            (await Ledger.Engine.StateAsync(patience.Token)).Any(p =>
                p.Next < next && p.Stopped is null
            )
        )
        {
            await Task.Delay(10, patience.Token);
        }

        await HeardAsync();
    }

    /// <summary>Makes this node hear at once of what was changed, as it does by itself some milliseconds later.</summary>
    public Task HeardAsync() => Freshness.LookAsync();

    /// <summary>What this node knows of whether pages are still true.</summary>
    public Freshness Freshness => _app.Services.GetRequiredService<Freshness>();

    /// <summary>Waits until a published checkpoint covers all that is recorded now.</summary>
    public async Task PublishedAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var reader = new LogReader(Ledger.Database);
        var next = await Ledger.Store.NextIndexAsync(patience.Token);
        while ((await reader.PublishedAsync(patience.Token))?.Size is not { } size || size < next)
        {
            await Task.Delay(10, patience.Token);
        }

        await HeardAsync();
    }

    /// <summary>Stops this node; its database stays.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Ledger.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(Log.Folder, recursive: true);
    }
}

/// <summary>Somebody with a key.</summary>
/// <param name="Http">Sends the key with every request; follows no redirect.</param>
public sealed record Writer(Person Person, KeyText Key, HttpClient Http);

/// <summary>One site with the real seeds for all tests of a class or a collection that only read.</summary>
public sealed class SeededSite : IAsyncDisposable
{
    private readonly Lazy<Task<LedgerSite>> _site = new(() => LedgerSite.StartAsync());

    public Task<LedgerSite> SiteAsync() => _site.Value;

    public async ValueTask DisposeAsync()
    {
        if (_site.IsValueCreated)
        {
            await (await _site.Value).DisposeAsync();
        }
    }
}
