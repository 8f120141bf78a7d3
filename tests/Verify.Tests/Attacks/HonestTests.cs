using System.Text.Json;
using Verify.Fetching;
using Verify.Tests.Log;

namespace Verify.Tests.Attacks;

public sealed class HonestTests : IDisposable
{
    private readonly Watchdog _watchdog = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(512)]
    [InlineData(70_000)]
    public async Task A_log_of_any_size_is_whole(int entries)
    {
        await using var site = await FakeSite.StartAsync(entries);
        var verdict = await _watchdog.CheckAsync(site);
        verdict.ShouldBeWhole();
        verdict.Checkpoint!.Size.ShouldBe(entries);
        verdict.Api.ShouldBe(ApiState.Compared);
        verdict.ApiLists.ShouldBe(1 + Math.Min(entries, 10));
    }

    [Fact]
    public async Task Every_earlier_checkpoint_is_the_beginning_of_a_log_that_grows()
    {
        await using var site = await FakeSite.StartAsync(1);
        foreach (var more in (int[])[0, 1, 253, 1, 1, 255, 1, 300])
        {
            site.Publish(site.Log.Record(more));
            (await _watchdog.CheckAsync(site)).ShouldBeWhole();
        }

        var verdict = await _watchdog.CheckAsync(site);
        verdict.ShouldBeWhole();
        verdict.Remembered.ShouldBe(8);
    }

    [Fact]
    public async Task A_copy_in_a_folder_is_checked_without_the_server()
    {
        var copy = _watchdog.FileAt("copy");
        string key;
        await using (var site = await FakeSite.StartAsync(700))
        {
            key = site.Key.VerifierKey;
            (await _watchdog.CheckAsync(site, r => r with { Copy = copy })).ShouldBeWhole();
        }

        var verdict = await _watchdog.CheckAsync(new Folder(copy), key);
        verdict.ShouldBeWhole();
        verdict.Api.ShouldBe(ApiState.LeftOut);

        var tile = Path.Combine(copy, "log", "tile", "entries", "001");
        var bytes = File.ReadAllBytes(tile);
        bytes[^20] ^= 1;
        File.WriteAllBytes(tile, bytes);
        (await _watchdog.CheckAsync(new Folder(copy), key)).ShouldBeFault("entry-altered");
    }

    [Fact]
    public async Task An_interrupted_copy_goes_on_where_it_stopped_and_a_finished_one_begins_anew()
    {
        var copy = _watchdog.FileAt("copy");
        await using var site = await FakeSite.StartAsync(1_000);
        site.Lies["log/tile/entries/003.p/232"] = c =>
        {
            c.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        (await _watchdog.CheckAsync(site, r => r with { Copy = copy })).ShouldBeUnchecked(
            "unreachable"
        );
        site.Lies.Clear();
        var asked = 0;
        site.Lies["log/tile/entries/000"] = c =>
        {
            asked++;
            c.Response.StatusCode = 404;
            return Task.CompletedTask;
        };
        (await _watchdog.CheckAsync(site, r => r with { Copy = copy })).ShouldBeWhole();
        asked.ShouldBe(0);
        (await _watchdog.CheckAsync(site, r => r with { Copy = copy })).ShouldBeFault("missing");
        asked.ShouldBe(1);
    }

    [Fact]
    public async Task All_entries_are_written_as_they_stand_in_the_log()
    {
        await using var site = await FakeSite.StartAsync(300);
        var file = _watchdog.FileAt("entries.jsonl");
        (await _watchdog.CheckAsync(site, r => r with { Entries = file })).ShouldBeWhole();
        File.ReadAllBytes(file)
            .ShouldBe([.. site.Log.Entries.SelectMany(e => (byte[])[.. e, (byte)'\n'])]);
    }

    [Fact]
    public async Task Nothing_is_written_of_a_log_that_is_faulty()
    {
        await using var site = await FakeSite.StartAsync(300);
        site.ServeEntries(e => e[7] = e[8]);
        var file = _watchdog.FileAt("entries.jsonl");
        (await _watchdog.CheckAsync(site, r => r with { Entries = file })).Exit.ShouldBe(1);
        File.Exists(file).ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_has_only_the_full_tile_by_now_is_read_all_the_same()
    {
        await using var site = await FakeSite.StartAsync(300);
        var note = site.Checkpoint;
        site.Publish(site.Log.Record(300));
        site.Checkpoint = note;
        foreach (var path in (string[])["log/tile/0/001.p/44", "log/tile/entries/001.p/44"])
        {
            site.Lies[path] = c =>
            {
                c.Response.StatusCode = 404;
                return Task.CompletedTask;
            };
        }

        var verdict = await _watchdog.CheckAsync(site);
        verdict.ShouldBeWhole();
        verdict.Checkpoint!.Size.ShouldBe(300);
    }

    [Fact]
    public async Task The_verdict_is_one_json_object_for_machines_and_a_sentence_for_people()
    {
        await using var site = await FakeSite.StartAsync(20);
        site.ServeEntries(e => e[7] = [.. e[7][..^1], (byte)' ']);
        string[] what = [site.Address.ToString(), "--key", site.Key.VerifierKey];
        var json = new StringWriter();
        var text = new StringWriter();
        var errors = new StringWriter();
        (
            await CommandLine.RunAsync([.. what, "--json"], json, errors, TimeProvider.System)
        ).ShouldBe(1);
        (await CommandLine.RunAsync(what, text, errors, TimeProvider.System)).ShouldBe(1);
        using var read = JsonDocument.Parse(json.ToString());
        read.RootElement.GetProperty("verdict").GetString().ShouldBe("fault");
        read.RootElement.GetProperty("faults")[0]
            .GetProperty("code")
            .GetString()
            .ShouldBe("entry-altered");
        read.RootElement.GetProperty("faults")[0].GetProperty("index").GetInt32().ShouldBe(7);
        text.ToString()
            .ShouldContain(
                "URTEIL: FEHLER (entry-altered). Eintrag 7 ist nicht der, der unterschrieben wurde"
            );
        errors.ToString().ShouldBeEmpty();
    }

    public void Dispose() => _watchdog.Dispose();
}
