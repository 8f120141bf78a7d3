using Ledger.EventStore;
using Ledger.Promises;
using Npgsql;
using Testing;

namespace Ledger.Tests.EventStore;

public sealed class AppendTests : IAsyncLifetime
{
    private TestLedger _ledger = null!;

    public async ValueTask InitializeAsync() => _ledger = await TestLedger.CreateAsync();

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    [Fact]
    public async Task The_first_event_starts_its_stream_at_index_0()
    {
        var appended = await _ledger.Store.AppendAsync(Append.To(Sample.Stream(1), 0, Sample.Promised()));

        appended.FirstIndex.ShouldBe(0);
        appended.Replayed.ShouldBeFalse();
        var events = await _ledger.Store.ReadStreamAsync(Sample.Stream(1));
        events.ShouldHaveSingleItem();
        events[0].Index.ShouldBe(0);
        events[0].Version.ShouldBe(1);
        events[0].Type.ShouldBe("promised");
        events[0].Recorded.ShouldBe(appended.Recorded);
        ((Promised)events[0].Body).Title.De.ShouldBe("Erfundene Zusage 1");
    }

    [Fact]
    public async Task A_stale_expected_version_is_refused_with_the_current_one()
    {
        await _ledger.Store.AppendAsync(Append.To(Sample.Stream(1), 0, Sample.Promised(), new Started().On("2021")));

        var stale = await Should.ThrowAsync<StaleVersionException>(() =>
            _ledger.Store.AppendAsync(Append.To(Sample.Stream(1), 1, new Started().On("2022")))
        );
        stale.Expected.ShouldBe(1);
        stale.Actual.ShouldBe(2);
        stale.Stream.ShouldBe(Sample.Stream(1));

        var started = await Should.ThrowAsync<StaleVersionException>(() =>
            _ledger.Store.AppendAsync(Append.To(Sample.Stream(1), 0, Sample.Promised()))
        );
        started.Actual.ShouldBe(2);

        var missing = await Should.ThrowAsync<StaleVersionException>(() =>
            _ledger.Store.AppendAsync(Append.To(Sample.Stream(9), 3, new Started().On("2022")))
        );
        missing.Actual.ShouldBe(0);
        (await _ledger.Store.NextIndexAsync()).ShouldBe(2);
    }
}
