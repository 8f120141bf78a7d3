using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Transparency;
using Testing;
using Verify.Tests.Log;

namespace Verify.Tests.Server;

/// <summary>The real server with the whole catalogue, seen by two strangers: Verify, and Go's own packages.</summary>
public sealed class ServerTests(ServerTests.PublishedCatalogue catalogue)
    : IClassFixture<ServerTests.PublishedCatalogue>
{
    private readonly LedgerSite _site = catalogue.Site;
    private readonly string _key = catalogue.Key;

    [Fact]
    public async Task The_whole_catalogue_is_whole_and_the_site_shows_what_the_log_holds()
    {
        using var watchdog = new Watchdog { Now = TimeProvider.System.GetUtcNow().AddMinutes(1) };
        var verdict = await watchdog.CheckAsync(_site.Address, _key);
        verdict.ShouldBeWhole();
        verdict.Checkpoint!.Size.ShouldBe(catalogue.Size);
        verdict.Api.ShouldBe(ApiState.Compared);
        verdict.ApiLists.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Go_says_so_too()
    {
        Assert.SkipWhen(GoCheck.Missing is not null, GoCheck.Missing ?? "");
        var (exit, said) = await GoCheck.RunAsync(_site.Address, _key);
        exit.ShouldBe(0, said);
        said.ShouldContain($"{catalogue.Size} entries");
    }

    [Fact]
    public async Task The_log_grows_and_what_was_remembered_stays_its_beginning()
    {
        using var watchdog = new Watchdog { Now = TimeProvider.System.GetUtcNow().AddMinutes(1) };
        await using var grown = new PublishedSite(seeds: false);
        await grown.InitializeAsync();
        (await watchdog.CheckAsync(grown.Site.Address, grown.Key)).ShouldBeWhole();
        for (var round = 1; round <= 3; round++)
        {
            await grown.RecordAsync(round);
            var verdict = await watchdog.CheckAsync(grown.Site.Address, grown.Key);
            verdict.ShouldBeWhole();
            verdict.Remembered.ShouldBe(round);
        }
    }

    [Theory]
    [InlineData(
        "mt_events",
        "set data = jsonb_set(data, '{summary,de}', '\"Etwas ganz anderes.\"') where version = 1",
        "api-alters"
    )]
    [InlineData("log_entry", "set entry = set_byte(entry, 40, 65) where idx = 1", "entry-altered")]
    [InlineData(
        "log_entry",
        "a set entry = b.entry from ledger.log_entry b where a.idx in (1, 2) and b.idx = 3 - a.idx",
        "entries-reordered"
    )]
    [InlineData("log_entry", "set entry = null where idx = 1", "withheld-undeclared")]
    public async Task Whoever_owns_the_database_cannot_change_it_unseen(
        string table,
        string change,
        string code
    )
    {
        await using var site = new PublishedSite(seeds: false);
        await site.InitializeAsync();
        await site.RecordAsync(1);
        await site.RecordAsync(2);
        await site.Site.Database.RunAsync(
            $"""
            alter table ledger.{table} disable trigger all;
            update ledger.{table} {change};
            alter table ledger.{table} enable trigger all
            """
        );
        using var stranger = new Watchdog
        {
            Remembers = false,
            Now = TimeProvider.System.GetUtcNow().AddMinutes(1),
        };
        (await stranger.CheckAsync(site.Site.Address, site.Key)).ShouldBeFault(code);
    }

    [Fact]
    public async Task What_the_operator_erased_and_withheld_leaves_the_log_whole()
    {
        await using var site = new PublishedSite(seeds: false);
        await site.InitializeAsync();
        await site.RecordAsync(1);
        var stated = new Stated
        {
            About = (await site.Site.Ledger.Store.ReadStreamAsync(Sample.Stream(1)))[0].Id,
            Stance = Stance.Explains,
            Function = "Sprecherin einer erfundenen Initiative",
            Name = "Erna Erfunden",
            Text = "Das haben wir nie so gemeint.",
        }.On("2023");
        await site.Site.Ledger.Store.AppendAsync(Append.To(Sample.Stream(1), 1, stated));
        await site.PublishedAsync();
        using var watchdog = new Watchdog { Now = TimeProvider.System.GetUtcNow().AddMinutes(1) };
        (await watchdog.CheckAsync(site.Site.Address, site.Key)).ShouldBeWhole();

        await using var owner = OperatorErasure.OpenOwner(site.Site.Database.AddressOf("postgres"));
        var erasure = new OperatorErasure(owner, site.Site.Log, TimeProvider.System);
        var ground = new Text("Auf Antrag der genannten Person.");
        var said = (await site.Site.Ledger.Store.ReadStreamAsync(Sample.Stream(1)))[1];
        (await erasure.EraseAsync(said.Id, [], ground)).ShouldBeOfType<Decision.Accepted>();
        (await erasure.WithholdAsync(1, ground)).ShouldBeOfType<Decision.Accepted>();

        // At once, while the declaration is perhaps not signed yet.
        var verdict = await watchdog.CheckAsync(site.Site.Address, site.Key);
        verdict.ShouldBeWhole();
        verdict.Withheld.ShouldBe([1]);
        await site.PublishedAsync();
        if (GoCheck.Missing is null)
        {
            var (exit, told) = await GoCheck.RunAsync(site.Site.Address, site.Key);
            exit.ShouldBe(0, told);
            told.ShouldContain("1 without text");
        }
    }

    [Fact]
    public async Task A_reply_that_was_changed_in_the_database_is_found()
    {
        await using var site = new PublishedSite(seeds: false);
        await site.InitializeAsync();
        var stated = new Stated
        {
            About = (await site.Site.Ledger.Store.ReadStreamAsync(Sample.Stream(1)))[0].Id,
            Stance = Stance.Explains,
            Function = "Sprecherin einer erfundenen Initiative",
            Name = "Erna Erfunden",
            Text = "Das haben wir nie so gemeint.",
        }.On("2023");
        await site.Site.Ledger.Store.AppendAsync(Append.To(Sample.Stream(1), 1, stated));
        await site.PublishedAsync();
        using var watchdog = new Watchdog { Now = TimeProvider.System.GetUtcNow().AddMinutes(1) };
        (await watchdog.CheckAsync(site.Site.Address, site.Key)).ShouldBeWhole();

        await site.Site.Database.RunAsync(
            "alter table ledger.disclosure disable trigger all; update ledger.disclosure set value = 'Genau so war es gemeint.' where name = 'text'"
        );
        (await watchdog.CheckAsync(site.Site.Address, site.Key))
            .ShouldBeFault("api-withholds")
            .Index.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_of_keys_is_followed_by_who_has_the_old_key_and_who_has_the_new()
    {
        await using var site = new PublishedSite(seeds: false);
        await site.InitializeAsync();
        await site.RecordAsync(1);
        using var watchdog = new Watchdog { Now = TimeProvider.System.GetUtcNow().AddMinutes(1) };
        (await watchdog.CheckAsync(site.Site.Address, site.Key)).ShouldBeWhole();

        var origin = (await Origin.FixedAsync(site.Site.Ledger.Database))!;
        await new KeyChange(
            site.Site.Ledger.Store,
            origin,
            site.Site.Log,
            TimeProvider.System
        ).RunAsync();
        await site.RecordAsync(2);

        var next = site.Site.Log.ReadKey(origin).Verifier.ToString();
        next.ShouldNotBe(site.Key);
        foreach (var key in (string[])[site.Key, next])
        {
            var verdict = await watchdog.CheckAsync(site.Site.Address, key);
            verdict.ShouldBeWhole();
            verdict.Key!.Text.ShouldBe(next);
            verdict.IsSuccessor.ShouldBe(key != next);
            verdict.Remembered.ShouldNotBeNull().ShouldBeGreaterThan(0);
        }

        if (GoCheck.Missing is null)
        {
            var (exit, said) = await GoCheck.RunAsync(site.Site.Address, next);
            exit.ShouldBe(0, said);
            said.ShouldNotContain(" 0 of other keys");
            (exit, said) = await GoCheck.RunAsync(site.Site.Address, next, site.Key);
            exit.ShouldBe(0, said);
            said.ShouldContain(" 0 of other keys");
            (await GoCheck.RunAsync(site.Site.Address, site.Key)).Exit.ShouldBe(1);
        }
    }

    /// <summary>One with the real seeds, for tests that only read.</summary>
    public sealed class PublishedCatalogue() : PublishedSite(seeds: true);

    /// <summary>A site whose log is published as far as anything is recorded.</summary>
    public class PublishedSite(bool seeds) : IAsyncLifetime
    {
        public LedgerSite Site { get; private set; } = null!;

        public string Key { get; private set; } = "";

        public long Size { get; private set; }

        public async ValueTask InitializeAsync()
        {
            Site = await LedgerSite.StartAsync(seeds);
            if (!seeds)
            {
                await Site.Ledger.Store.AppendAsync(
                    Append.To(Sample.Stream(1), 0, Sample.Promised())
                );
            }

            await PublishedAsync();
            var policy = await Site.Http.GetStringAsync(new Uri("/log/policy", UriKind.Relative));
            Key = policy
                .Split('\n')
                .First(l => l.StartsWith("log ", StringComparison.Ordinal))
                .Split(' ')[1];
        }

        /// <summary>Records one more event.</summary>
        public async Task RecordAsync(int n)
        {
            await Site.Ledger.Store.AppendAsync(
                Append.To(Sample.Stream(n + 1), 0, Sample.Promised(n + 1))
            );
            await PublishedAsync();
        }

        public async Task PublishedAsync()
        {
            Size = await Site.Ledger.Store.NextIndexAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (true)
            {
                using var answer = await Site.Http.GetAsync("/log/checkpoint", patience.Token);
                if (
                    answer.IsSuccessStatusCode
                    && (await answer.Content.ReadAsStringAsync(patience.Token)).Split('\n')[1]
                        == $"{Size}"
                )
                {
                    return;
                }

                await Task.Delay(20, patience.Token);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await Site.DisposeAsync();
            GC.SuppressFinalize(this);
        }
    }
}
