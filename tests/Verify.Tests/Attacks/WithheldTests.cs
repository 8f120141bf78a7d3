using Verify.Tests.Log;

namespace Verify.Tests.Attacks;

public sealed class WithheldTests : IDisposable
{
    private readonly Watchdog _watchdog = new();

    [Fact]
    public async Task A_withheld_entry_that_an_event_declares_leaves_the_log_whole()
    {
        await using var site = await FakeSite.StartAsync(300);
        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
        site.Log.Withhold(42);
        site.Publish(site.Log.Record(5));
        var verdict = await _watchdog.CheckAsync(site);
        verdict.ShouldBeWhole();
        verdict.Withheld.ShouldBe([42]);
        verdict.Remembered.ShouldBe(1);
    }

    [Fact]
    public async Task Its_line_in_the_file_of_all_entries_says_null()
    {
        await using var site = await FakeSite.StartAsync(30);
        site.Log.Withhold(12);
        site.Publish(site.Log);
        var file = _watchdog.FileAt("entries.jsonl");
        (await _watchdog.CheckAsync(site, r => r with { Entries = file })).ShouldBeWhole();
        File.ReadAllLines(file)[12].ShouldBe("null");
    }

    [Fact]
    public async Task A_withheld_entry_that_no_event_declares_is_found()
    {
        await using var site = await FakeSite.StartAsync(30);
        site.Log.Withhold(12, declared: false);
        site.Log.Withheld[12] = 29;
        site.Publish(site.Log);
        (await _watchdog.CheckAsync(site)).ShouldBeFault("withheld-undeclared").Index.ShouldBe(12);
    }

    [Fact]
    public async Task A_blank_entry_that_nobody_even_lists_is_found()
    {
        await using var site = await FakeSite.StartAsync(30);
        site.ServeEntries(e => e[12] = []);
        (await _watchdog.CheckAsync(site)).ShouldBeFault("withheld-undeclared").Index.ShouldBe(12);
    }

    [Fact]
    public async Task A_declared_entry_that_the_list_conceals_is_found()
    {
        await using var site = await FakeSite.StartAsync(30);
        site.Log.Withhold(12);
        site.Log.Withheld.Clear();
        site.Publish(site.Log);
        (await _watchdog.CheckAsync(site)).ShouldBeFault("withheld-unlisted").Index.ShouldBe(12);
    }

    [Fact]
    public async Task A_listed_entry_that_no_event_declares_is_found_though_its_text_is_there()
    {
        await using var site = await FakeSite.StartAsync(30);
        site.Log.Withheld[12] = 29;
        site.Log.Kept[12] = Rfc6962.Leaf(site.Log.Entries[12]);
        site.Publish(site.Log);
        (await _watchdog.CheckAsync(site)).ShouldBeFault("withheld-unlisted").Index.ShouldBe(12);
    }

    [Fact]
    public async Task A_declaration_does_not_excuse_other_text_in_its_place()
    {
        await using var site = await FakeSite.StartAsync(30);
        site.Log.Withhold(12);
        site.Publish(site.Log);
        site.ServeEntries(e => e[12] = e[13]);
        (await _watchdog.CheckAsync(site)).Faults.ShouldContain(f => f.Index == 12);
    }

    [Fact]
    public async Task An_entry_that_is_withheld_during_the_check_is_looked_at_again()
    {
        await using var site = await FakeSite.StartAsync(300);
        var asked = 0;
        site.Lies["log/tile/entries/001.p/44"] = c =>
        {
            if (asked++ == 0)
            {
                site.Log.Withhold(42);
                site.Publish(site.Log);
            }

            c.Response.StatusCode = 404;
            return Task.CompletedTask;
        };
        var verdict = await _watchdog.CheckAsync(site);
        verdict.ShouldBeWhole();
        verdict.Withheld.ShouldBe([42]);
    }

    [Fact]
    public async Task An_entry_whose_declaration_is_signed_a_moment_later_is_waited_for_but_not_for_ever()
    {
        await using var site = await FakeSite.StartAsync(30);
        var note = site.Checkpoint;
        site.Log.Withhold(12);
        site.Publish(site.Log);
        var later = site.Checkpoint;
        site.Checkpoint = note;
        var check = _watchdog.CheckAsync(site);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        site.Checkpoint = later;
        (await check).ShouldBeWhole();

        using var stranger = new Watchdog();
        site.Checkpoint = note;
        (await stranger.CheckAsync(site)).ShouldBeFault("withheld-undeclared").Index.ShouldBe(12);
    }

    public void Dispose() => _watchdog.Dispose();
}
