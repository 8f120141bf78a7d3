using Verify.Tests.Log;

namespace Verify.Tests.Server;

/// <summary>That Go's check finds faults at all: else its consent would mean nothing.</summary>
public sealed class GoTests
{
    [Fact]
    public async Task Go_finds_a_changed_entry_a_false_tile_and_a_forged_checkpoint()
    {
        Assert.SkipWhen(GoCheck.Missing is not null, GoCheck.Missing ?? "");
        await using var site = await FakeSite.StartAsync(300);
        var honest = site.Checkpoint;

        site.ServeEntries(e => e[280] = e[279]);
        await ShouldSayAsync(site, "entry 280 is not the one that was signed");

        // Entry and tile changed alike, under the honest tile above.
        using var http = new HttpClient();
        site.Publish(new FakeLog().Record(300));
        var above = await http.GetByteArrayAsync(new Uri(site.Address, "log/tile/1/000.p/1"));
        var log = site.Log.Copy();
        log.Entries[3] = System.Text.Encoding.UTF8.GetBytes(
            System
                .Text.Encoding.UTF8.GetString(log.Entries[3])
                .Replace("Nr.", "No.", StringComparison.Ordinal)
        );
        site.Serve(log);
        site.Lies["log/tile/1/000.p/1"] = c => c.Response.Body.WriteAsync(above).AsTask();
        await ShouldSayAsync(site, "the entries give the root");

        site.Lies.Clear();
        site.Checkpoint = honest.Replace("\n300\n", "\n299\n", StringComparison.Ordinal);
        await ShouldSayAsync(site, "invalid signature for key");
    }

    private static async Task ShouldSayAsync(FakeSite site, string sentence)
    {
        var (exit, said) = await GoCheck.RunAsync(site.Address, site.Key.VerifierKey);
        said.ShouldContain(sentence);
        exit.ShouldBe(1);
    }
}
