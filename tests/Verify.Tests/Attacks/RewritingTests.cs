using System.Text;
using Verify.Tests.Log;

namespace Verify.Tests.Attacks;

/// <summary>The operator has the key: the tree is built anew and signed again.</summary>
public sealed class RewritingTests : IDisposable
{
    private readonly Watchdog _watchdog = new();

    [Fact]
    public async Task A_tree_rebuilt_and_signed_again_differs_from_the_saved_checkpoint()
    {
        await using var site = await FakeSite.StartAsync();
        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
        var before = site.Checkpoint;

        var log = Changed(site.Log, 300);
        site.Publish(log.Record(50));
        var verdict = await _watchdog.CheckAsync(site);
        verdict.ShouldBeFault("history-rewritten");

        // Both notes stay as evidence, and the watchdog does not forget.
        var notes = Directory.GetFiles(verdict.Evidence!).Select(File.ReadAllText).ToArray();
        notes.ShouldBe([before, site.Checkpoint], ignoreOrder: true);
        (await _watchdog.CheckAsync(site)).ShouldBeFault("history-rewritten");
    }

    [Fact]
    public async Task A_tree_of_the_same_size_with_another_root_is_a_fork()
    {
        await using var site = await FakeSite.StartAsync();
        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
        site.Publish(Changed(site.Log, 0));
        var verdict = await _watchdog.CheckAsync(site);
        verdict.ShouldBeFault("log-forked");
        Directory.GetFiles(verdict.Evidence!).Length.ShouldBe(2);
    }

    [Fact]
    public async Task The_last_entry_removed_and_signed_again_has_shrunk()
    {
        await using var site = await FakeSite.StartAsync();
        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
        var log = site.Log.Copy();
        log.Entries.RemoveAt(599);
        site.Publish(log);
        (await _watchdog.CheckAsync(site)).ShouldBeFault("log-shrunk");
    }

    [Fact]
    public async Task The_last_entry_removed_and_others_added_is_rewritten_history()
    {
        await using var site = await FakeSite.StartAsync();
        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
        var log = site.Log.Copy();
        log.Entries.RemoveAt(599);
        site.Publish(log.Record(2));
        (await _watchdog.CheckAsync(site)).ShouldBeFault("history-rewritten");
    }

    [Fact]
    public async Task An_entry_inserted_with_an_old_time_betrays_itself_without_any_memory()
    {
        await using var site = await FakeSite.StartAsync();
        var log = site.Log.Copy();
        log.Clock = FakeLog.Begin.AddDays(-100);
        log.Add("promise:musterstadt-zusage-1", "completed", """{"recordedBy":"catalogue"}""");
        site.Publish(log);
        using var stranger = new Watchdog { Remembers = false };
        (await stranger.CheckAsync(site)).ShouldBeFault("time-decreases").Index.ShouldBe(600);
    }

    [Fact]
    public async Task An_entry_inserted_among_the_old_with_a_fitting_time_is_rewritten_history()
    {
        await using var site = await FakeSite.StartAsync(20);
        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
        var log = new FakeLog().Record(10);
        log.Add("promise:musterstadt-zusage-1", "completed", """{"recordedBy":"catalogue"}""");
        site.Publish(log.Record(15));
        (await _watchdog.CheckAsync(site)).ShouldBeFault("history-rewritten");
    }

    [Fact]
    public async Task Entries_swapped_and_signed_again_still_bear_their_own_numbers()
    {
        await using var site = await FakeSite.StartAsync();
        var log = site.Log.Copy();
        (log.Entries[1], log.Entries[2]) = (log.Entries[2], log.Entries[1]);
        site.Publish(log);
        (await _watchdog.CheckAsync(site)).ShouldBeFault("entries-reordered");
    }

    [Fact]
    public async Task An_event_left_out_before_it_was_ever_signed_leaves_a_gap_in_its_stream()
    {
        await using var site = await FakeSite.StartAsync(0);
        var log = new FakeLog();
        foreach (var version in (int[])[1, 2, 4])
        {
            log.Entries.Add(
                FakeLog.Entry(log.Entries.Count, "promise:a", version, "reported", "{}", log.Clock)
            );
        }

        site.Publish(log);
        (await _watchdog.CheckAsync(site))
            .ShouldBeFault("version-gap")
            .Subject.ShouldBe("promise:a");
    }

    [Theory]
    [InlineData("\"scope\":\"promise\"", "\"scope\": \"promise\"", "not-canonical")]
    [InlineData("\"occurred\":\"2025\"", "\"occurred\":2025.0", "not-canonical")]
    [InlineData("\"occurred\":\"2025\"", "\"zccurred\":\"2025\"", "not-canonical")]
    [InlineData("\"subject\"", "\"sabject\"", "not-canonical")]
    [InlineData("\"subject\"", "\"subjecu\"", "entry-malformed")]
    [InlineData("\"specversion\":\"1.0\"", "\"specversion\":\"0.3\"", "entry-malformed")]
    public async Task What_could_be_read_in_two_ways_or_is_no_event_is_found_though_it_is_signed(
        string honest,
        string instead,
        string code
    )
    {
        await using var site = await FakeSite.StartAsync(20);
        var log = site.Log.Copy();
        log.Entries[15] = Encoding.UTF8.GetBytes(
            Encoding
                .UTF8.GetString(log.Entries[15])
                .Replace(honest, instead, StringComparison.Ordinal)
        );
        site.Log.Entries[15].ShouldNotBe(log.Entries[15]);
        site.ServeSigned(log);
        (await _watchdog.CheckAsync(site)).ShouldBeFault(code).Index.ShouldBe(15);
    }

    private static FakeLog Changed(FakeLog honest, int index)
    {
        var log = honest.Copy();
        log.Entries[index] = Encoding.UTF8.GetBytes(
            Encoding
                .UTF8.GetString(log.Entries[index])
                .Replace("Müßiggänger", "Fleißige", StringComparison.Ordinal)
        );
        return log;
    }

    public void Dispose() => _watchdog.Dispose();
}
