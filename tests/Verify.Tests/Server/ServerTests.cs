using Ledger.EventStore;
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

    [Fact]
    public async Task An_event_row_that_was_changed_shows_another_event_than_the_log()
    {
        await using var site = new PublishedSite(seeds: false);
        await site.InitializeAsync();
        await site.RecordAsync(1);
        await site.Site.Database.RunAsync(
            """
            set session_replication_role = replica;
            update ledger.mt_events set data = jsonb_set(data, '{summary,de}', '"Etwas ganz anderes."')
            where stream_id like 'promise:%'
            """
        );
        using var watchdog = new Watchdog { Now = TimeProvider.System.GetUtcNow().AddMinutes(1) };
        (await watchdog.CheckAsync(site.Site.Address, site.Key)).ShouldBeFault("api-alters");
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

        private async Task PublishedAsync()
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
