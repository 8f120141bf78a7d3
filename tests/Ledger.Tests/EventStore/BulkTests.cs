using Ledger.EventStore;
using Ledger.Promises;
using Testing;

namespace Ledger.Tests.EventStore;

public sealed class BulkTests : IAsyncLifetime
{
    private const int Streams = 5_000;
    private TestLedger _ledger = null!;

    public async ValueTask InitializeAsync() => _ledger = await TestLedger.CreateAsync();

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    [Fact]
    public async Task Ten_thousand_events_are_recorded_in_one_transaction_in_their_order()
    {
        await _ledger.Store.AppendAsync(Append.To(Sample.Stream(0), 0, Sample.Promised()));
        List<long> told = [];
        var seenBeside = -1L;

        var recorded = await _ledger.Store.RecordBulkAsync(
            Appends(),
            beside: async _ => seenBeside = await _ledger.Store.NextIndexAsync(),
            progress: told.Add
        );

        recorded.ShouldBe(10_000);
        told.ShouldBe([5_000, 10_000]);
        seenBeside.ShouldBe(1); // nobody sees any of it before all of it
        (await _ledger.ShouldBeWholeAsync()).ShouldBe(10_001);
        var all = await _ledger.Store.ReadAllAsync(0, 20_000);
        all.Select(e => e.Index).ShouldBe(Enumerable.Range(0, 10_001).Select(i => (long)i));
        all.Skip(1)
            .Select(e => (e.Stream, e.Version))
            .ShouldBe(
                Appends()
                    .SelectMany(a =>
                        a.Events.Select((_, i) => (a.Stream, a.ExpectedVersion + 1 + i))
                    )
            );
    }

    [Fact]
    public async Task When_the_last_stream_is_stale_nothing_is_recorded()
    {
        var refusal = await Should.ThrowAsync<StaleVersionException>(() =>
            _ledger.Store.RecordBulkAsync([
                .. Appends(),
                Append.To(Sample.Stream(Streams + 1), 7, new Started().On("2021")),
            ])
        );

        refusal.Expected.ShouldBe(7);
        (await _ledger.ShouldBeWholeAsync()).ShouldBe(0);
        (await _ledger.AskAsync<long>("select count(*) from ledger.mt_streams")).ShouldBe(0);
        (
            await _ledger.Store.AppendAsync(Append.To(Sample.Stream(1), 0, Sample.Promised()))
        ).FirstIndex.ShouldBe(0);
    }

    [Fact]
    public async Task When_what_is_written_beside_fails_nothing_is_recorded()
    {
        await Should.ThrowAsync<InvalidOperationException>(() =>
            _ledger.Store.RecordBulkAsync(
                Appends().Take(10),
                _ => throw new InvalidOperationException()
            )
        );

        (await _ledger.ShouldBeWholeAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task An_append_to_a_stream_that_the_bulk_comes_to_later_waits_and_cannot_deadlock_with_it()
    {
        await _ledger.Store.AppendAsync(Append.To(Sample.Stream(9_999), 0, Sample.Promised()));
        Task? append = null;

        await _ledger.Store.RecordBulkAsync(AppendsWithAnotherWriterBetween());

        (await Should.ThrowAsync<StaleVersionException>(() => append!)).Actual.ShouldBe(2);
        (await _ledger.ShouldBeWholeAsync()).ShouldBe(10_002);

        IEnumerable<Append> AppendsWithAnotherWriterBetween()
        {
            foreach (var a in Appends())
            {
                yield return a;
            }

            // Both pages are written by now, and the head is held.
            append = _ledger.Store.AppendAsync(
                Append.To(Sample.Stream(9_999), 1, new Started().On("2022"))
            );
            _ledger.UntilSomeoneWaitsAsync().GetAwaiter().GetResult();
            yield return Append.To(Sample.Stream(9_999), 1, new Started().On("2021"));
        }
    }

    private static IEnumerable<Append> Appends() =>
        Enumerable
            .Range(1, Streams)
            .Select(n =>
                Append.To(Sample.Stream(n), 0, Sample.Promised(n), new Started().On("2021"))
            );
}
