using Ledger.EventStore;
using Ledger.Transparency;
using Testing;
using Web.Hosting;

namespace Web.Tests.Log;

/// <summary>Two nodes over one database, eight writers; the node that owns the log stops in the middle.</summary>
public sealed class TwoNodesTests
{
    private const int Writers = 8;

    [Fact]
    public async Task When_the_owner_stops_the_other_node_goes_on_within_seconds_and_the_log_is_whole()
    {
        await using var site = await LedgerSite.StartAsync(seeds: false);
        await site.Ledger.Store.AppendAsync(Append.To(Sample.Stream(1), 0, Sample.Promised()));
        await site.PublishedAsync(); // so the first node owns the log
        await using var ledger = new OpenLedger(site.Database.Prepared);
        await using var second = Site.Build(ledger, "http://127.0.0.1:0", log: site.Log);
        await Site.ListenAsync(second, "http://127.0.0.1:0");

        var each = Load.Times(1_000);
        var writing = Enumerable
            .Range(0, Writers)
            .Select(async writer =>
            {
                for (var n = 0; n < each; n++)
                {
                    await ledger.Store.AppendAsync(
                        Append.To(StreamKey.Promise($"knoten-{writer}-{n}"), 0, Sample.Promised(n))
                    );
                }
            })
            .ToArray();
        await Task.Delay(200);
        await site.StopAsync();
        await Task.WhenAll(writing);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var log = new LogReader(ledger.Database);
        while ((await log.PublishedAsync(patience.Token))?.Size != (Writers * each) + 1)
        {
            await Task.Delay(20, patience.Token);
        }

        var origin = (await Origin.FixedAsync(ledger.Database))!;
        (await LogCheck.WholeAsync(ledger.Database, origin)).ShouldBeEmpty();
        (await RecordCheck.WholeAsync(ledger.Database)).ShouldBeEmpty();
        await second.StopAsync();
    }
}
