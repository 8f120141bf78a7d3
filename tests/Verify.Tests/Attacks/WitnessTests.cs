using System.Text;
using Verify.Tests.Log;

namespace Verify.Tests.Attacks;

/// <summary>What a witness's signature shows that a watchdog alone cannot see.</summary>
public sealed class WitnessTests : IDisposable
{
    private static readonly DateTimeOffset s_witnessed = FakeLog.Begin.AddDays(10);
    private readonly Signer _witness = Signer.Witness();
    private readonly Watchdog _watchdog;

    public WitnessTests() => _watchdog = new Watchdog { Witnesses = [_witness] };

    [Fact]
    public async Task A_cosigned_log_is_whole_and_says_when()
    {
        await using var site = await FakeSite.StartAsync();
        site.Publish(site.Log, (_witness, s_witnessed));
        var verdict = await _watchdog.CheckAsync(site);
        verdict.ShouldBeWhole();
        verdict.Cosigned.ShouldHaveSingleItem().At.ShouldBe(s_witnessed);
    }

    [Fact]
    public async Task A_tree_rebuilt_and_signed_again_has_no_witness()
    {
        await using var site = await FakeSite.StartAsync();
        site.Publish(site.Log, (_witness, s_witnessed));
        var line = site.Checkpoint[site.Checkpoint.LastIndexOf('—')..];
        var log = site.Log.Copy();
        log.Entries[3] = Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(log.Entries[3]).Replace("Nr.", "No.", StringComparison.Ordinal)
        );
        site.Publish(log);
        using var stranger = new Watchdog { Remembers = false, Witnesses = [_witness] };
        (await stranger.CheckAsync(site)).ShouldBeFault("not-cosigned");

        // The witness's old signature does not fit the new tree.
        site.Checkpoint += line;
        (await stranger.CheckAsync(site)).ShouldBeFault("not-cosigned");
    }

    [Fact]
    public async Task Of_a_split_view_the_side_that_the_shared_witness_did_not_see_is_found()
    {
        await using var shownToOne = await FakeSite.StartAsync();
        shownToOne.Publish(shownToOne.Log, (_witness, s_witnessed));
        await using var shownToTheOther = await FakeSite.StartAsync(0);
        var log = new FakeLog().Record(599);
        log.Add("promise:musterstadt-zusage-9", "completed", """{"recordedBy":"catalogue"}""");
        var body = log.Body(shownToOne.Key.Name);
        shownToTheOther.Serve(log);
        shownToTheOther.Checkpoint = $"{body}\n{shownToOne.Key.Line(body)}";

        using var one = new Watchdog { Witnesses = [_witness] };
        using var other = new Watchdog { Witnesses = [_witness] };
        (await one.CheckAsync(shownToOne)).ShouldBeWhole();
        (await other.CheckAsync(shownToTheOther.Address, shownToOne.Key.VerifierKey)).ShouldBeFault(
            "not-cosigned"
        );

        // And without asking for the witness both would have been content.
        (
            await other.CheckAsync(
                shownToTheOther.Address,
                shownToOne.Key.VerifierKey,
                r => r with { Witnesses = [], Quorum = 0, LogOnly = true }
            )
        ).ShouldBeWhole();
    }

    [Fact]
    public async Task An_entry_beyond_a_cosigned_checkpoint_cannot_be_older_than_the_cosignature()
    {
        await using var site = await FakeSite.StartAsync();
        site.Publish(site.Log, (_witness, s_witnessed));
        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
        var log = site.Log.Copy();
        log.Clock = s_witnessed.AddDays(-2);
        site.Publish(log.Record(1), (_witness, s_witnessed.AddDays(1)));
        (await _watchdog.CheckAsync(site)).ShouldBeFault("time-backdated").Index.ShouldBe(600);
    }

    [Fact]
    public async Task An_entry_recorded_while_the_witness_answered_is_not_back_dated()
    {
        await using var site = await FakeSite.StartAsync();
        site.Publish(site.Log, (_witness, s_witnessed));
        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
        site.Log.Clock = s_witnessed.AddMinutes(-6);
        site.Publish(site.Log.Record(1), (_witness, s_witnessed.AddDays(1)));
        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
    }

    [Fact]
    public async Task An_entry_cannot_be_recorded_after_a_witness_saw_it()
    {
        await using var site = await FakeSite.StartAsync();
        site.Publish(site.Log, (_witness, FakeLog.Begin.AddMinutes(5)));
        (await _watchdog.CheckAsync(site)).ShouldBeFault("time-ahead").Index.ShouldBe(599);
    }

    [Fact]
    public async Task A_slow_clock_of_ones_own_accuses_nobody()
    {
        await using var site = await FakeSite.StartAsync();
        site.Publish(site.Log, (_witness, s_witnessed));
        _watchdog.Now = new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);
        (await _watchdog.CheckAsync(site)).ShouldBeUnchecked("clock");
    }

    [Fact]
    public async Task A_quorum_counts_different_witnesses_only()
    {
        await using var site = await FakeSite.StartAsync(20);
        var second = Signer.Witness("zeugin.example/w2");
        using var watchdog = new Watchdog { Witnesses = [_witness, second] };
        site.Publish(site.Log, (_witness, s_witnessed), (_witness, s_witnessed.AddHours(1)));
        (await watchdog.CheckAsync(site)).ShouldBeFault("not-cosigned");
        (await watchdog.CheckAsync(site, r => r with { Quorum = 1 })).ShouldBeWhole();
        site.Publish(site.Log, (_witness, s_witnessed), (second, s_witnessed));
        (await watchdog.CheckAsync(site)).ShouldBeWhole();
    }

    public void Dispose() => _watchdog.Dispose();
}
