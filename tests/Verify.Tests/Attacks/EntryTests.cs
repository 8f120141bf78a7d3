using System.Text;
using Verify.Tests.Log;

namespace Verify.Tests.Attacks;

/// <summary>Entries changed under a checkpoint that stays as it was signed.</summary>
public sealed class EntryTests : IDisposable
{
    // Needs no memory: the signature alone tells.
    private readonly Watchdog _watchdog = new() { Remembers = false };

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(599)]
    public async Task One_byte_of_an_entry_changed_is_an_altered_entry(int index)
    {
        await using var site = await FakeSite.StartAsync();
        site.ServeEntries(e =>
            e[index] = Encoding.UTF8.GetBytes(
                Encoding
                    .UTF8.GetString(e[index])
                    .Replace("catalogue", "catalogua", StringComparison.Ordinal)
            )
        );
        var fault = (await _watchdog.CheckAsync(site)).ShouldBeFault("entry-altered");
        fault.Index.ShouldBe(index);
    }

    [Fact]
    public async Task Two_entries_swapped_are_reordered()
    {
        await using var site = await FakeSite.StartAsync();
        site.ServeEntries(e => (e[100], e[400]) = (e[400], e[100]));
        var verdict = await _watchdog.CheckAsync(site);
        verdict.ShouldBeFault("entries-reordered").Index.ShouldBe(100);
        verdict.Faults.ShouldContain(f => f.Code == "entries-reordered" && f.Index == 400);
    }

    [Fact]
    public async Task The_last_removed_is_missing()
    {
        await using var site = await FakeSite.StartAsync();
        site.ServeEntries(e => e.RemoveAt(599));
        (await _watchdog.CheckAsync(site)).ShouldBeFault("entry-missing").Index.ShouldBe(599);
    }

    [Fact]
    public async Task One_removed_between_others_is_seen_at_its_place()
    {
        await using var site = await FakeSite.StartAsync();
        site.ServeEntries(e => e.RemoveAt(300));
        var verdict = await _watchdog.CheckAsync(site);
        verdict.Exit.ShouldBe(1);
        verdict.Faults[0].Code.ShouldBeOneOf("entry-missing", "entries-reordered");
    }

    [Fact]
    public async Task Other_entries_and_tiles_than_were_signed_do_not_give_the_root()
    {
        await using var site = await FakeSite.StartAsync();
        var log = site.Log.Copy();
        log.Entries[5] = log.Entries[6];
        site.Serve(log);
        (await _watchdog.CheckAsync(site)).Faults.ShouldContain(f => f.Code == "root-differs");
    }

    [Theory]
    [InlineData("log/tile/0/001")]
    [InlineData("log/tile/1/000.p/2")]
    public async Task A_tile_that_lies_about_true_entries_is_an_altered_tile(string path)
    {
        await using var site = await FakeSite.StartAsync();
        using var http = new HttpClient();
        var tile = await http.GetByteArrayAsync(
            new Uri(site.Address, path),
            TestContext.Current.CancellationToken
        );
        tile[40] ^= 1;
        site.Lies[path] = c => c.Response.Body.WriteAsync(tile).AsTask();
        var fault = (await _watchdog.CheckAsync(site)).ShouldBeFault("tile-altered");
        fault.Sentence.En.ShouldContain(path);
    }

    [Fact]
    public async Task A_resource_that_the_checkpoint_promises_and_nobody_has_is_missing()
    {
        await using var site = await FakeSite.StartAsync();
        foreach (var path in (string[])["log/tile/entries/001", "log/tile/0/001"])
        {
            site.Lies.Clear();
            site.Lies[path] = c =>
            {
                c.Response.StatusCode = 404;
                return Task.CompletedTask;
            };
            (await _watchdog.CheckAsync(site))
                .ShouldBeFault("missing")
                .Sentence.En.ShouldContain(path);
        }
    }

    [Fact]
    public async Task A_truncated_tile_and_a_truncated_bundle_are_malformed()
    {
        await using var site = await FakeSite.StartAsync();
        site.Lies["log/tile/0/001"] = c => c.Response.Body.WriteAsync(new byte[8191]).AsTask();
        (await _watchdog.CheckAsync(site)).ShouldBeFault("tile-malformed");
        site.Lies.Clear();
        site.Lies["log/tile/entries/000"] = c =>
            c.Response.Body.WriteAsync(new byte[] { 1, 0, 65 }).AsTask();
        (await _watchdog.CheckAsync(site)).ShouldBeFault("bundle-malformed");
    }

    public void Dispose() => _watchdog.Dispose();
}
