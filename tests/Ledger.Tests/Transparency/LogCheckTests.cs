using Ledger.EventStore;
using Ledger.Transparency;

namespace Ledger.Tests.Transparency;

/// <summary>What <c>./ledger check</c> finds in a log that somebody with all rights on the database has changed.</summary>
public sealed class LogCheckTests : IAsyncLifetime
{
    private LogFixture _log = null!;

    public async ValueTask InitializeAsync()
    {
        _log = await LogFixture.CreateAsync();
        await _log.RecordAsync(10);
        await _log.PublishAsync();
        await _log.RecordAsync(290);
        await _log.PublishAsync();
        (await _log.CheckAsync()).ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task An_event_row_changed_under_its_entry_is_found()
    {
        await _log.DamageAsync(
            "mt_events",
            "update ledger.mt_events set data = jsonb_set(data, '{tier}', '\"secondary\"') where seq_id = (select seq_id from ledger.log_index where idx = 4)"
        );
        (await _log.CheckAsync())
            .ShouldHaveSingleItem()
            .ShouldContain("at index 4 is no longer what its entry");
    }

    [Theory]
    [InlineData("stream_id = 'promise:musterstadt-zusage-1', version = 9")]
    [InlineData("type = 'reported'")]
    [InlineData("version = 7")]
    [InlineData("id = gen_random_uuid()")]
    public async Task Any_other_change_of_what_an_event_says_is_found(string change)
    {
        await _log.DamageAsync(
            "mt_events",
            $"update ledger.mt_events set {change} where seq_id = (select seq_id from ledger.log_index where idx = 299)"
        );
        (await _log.CheckAsync()).ShouldHaveSingleItem().ShouldContain("299");
    }

    [Fact]
    public async Task A_recorded_time_that_was_moved_is_found()
    {
        await _log.DamageAsync(
            "log_index",
            "update ledger.log_index set recorded = recorded - interval '1 day' where idx = 0"
        );
        (await _log.CheckAsync()).ShouldHaveSingleItem().ShouldContain("index 0");
    }

    [Fact]
    public async Task An_entry_changed_with_its_event_is_found_by_its_leaf_hash()
    {
        await _log.DamageAsync(
            "log_entry",
            "update ledger.log_entry set entry = '{}' where idx = 7"
        );
        (await _log.CheckAsync()).ShouldContain(f =>
            f.Contains("not what its leaf hash was made from")
        );
    }

    [Fact]
    public async Task An_entry_changed_with_its_leaf_hash_is_found_by_tiles_root_and_checkpoints()
    {
        await _log.DamageAsync(
            "log_entry",
            "update ledger.log_entry set entry = '{}', leaf_hash = sha256('\\x007b7d') where idx = 7"
        );
        var faults = await _log.CheckAsync();
        faults.ShouldContain(f => f.StartsWith("The tile 0/000 ", StringComparison.Ordinal));
        faults.ShouldContain(f =>
            f.StartsWith("The checkpoint of 10 entries", StringComparison.Ordinal)
        );
        faults.ShouldContain(f => f.StartsWith("The stored root", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_removed_index_is_found()
    {
        await _log.DamageAsync("log_index", "delete from ledger.log_index where idx = 5");
        (await _log.CheckAsync()).ShouldNotBeEmpty();
        (await RecordCheck.WholeAsync(_log.Ledger.Database)).ShouldContain(f =>
            f.StartsWith("1 events have no index", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_removed_entry_is_found()
    {
        await _log.DamageAsync("log_entry", "delete from ledger.log_entry where idx = 5");
        (await _log.CheckAsync()).ShouldContain(f =>
            f.StartsWith("The log has no entry 5", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_withheld_entry_that_no_event_declares_is_found()
    {
        await _log.Ledger.RunAsync(
            "insert into ledger.log_withheld (idx, event_id, declared_by) select 3, event_id, gen_random_uuid() from ledger.log_index where idx = 3"
        );
        await _log.DamageAsync(
            "log_entry",
            "update ledger.log_entry set entry = null where idx = 3"
        );
        var faults = await _log.CheckAsync();
        faults.ShouldContain(f => f.Contains("no event declares it"));
        faults.ShouldContain(f => f.Contains("its content is still there"));
    }

    [Fact]
    public async Task An_event_that_stays_unsealed_is_found_by_health()
    {
        await _log.RecordAsync(1);
        (await LogCheck.QuickAsync(_log.Ledger.Database)).ShouldBeEmpty();
        await _log.DamageAsync(
            "log_index",
            "update ledger.log_index set recorded = recorded - interval '2 minutes' where idx = 300"
        );
        (await LogCheck.QuickAsync(_log.Ledger.Database))
            .ShouldHaveSingleItem()
            .ShouldContain("not sealed");
    }
}
