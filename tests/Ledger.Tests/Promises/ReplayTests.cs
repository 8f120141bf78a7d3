using FsCheck.Fluent;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Projections.Engine;
using Projections.Timelines;
using Testing;

namespace Ledger.Tests.Promises;

/// <summary>What was folded while it was recorded is what a fold of the whole record says, however the events came.</summary>
public sealed class ReplayTests
{
    private const int Promises = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(33)]
    [InlineData(1_000)]
    public async Task Replay_equals_live_in_any_batch_size(int batch)
    {
        await using var ledger = await TestLedger.CreateAsync();
        var timelines = new TimelinesProjection();
        var engine = new ProjectionEngine(ledger.Store, [timelines]);
        await engine.PrepareAsync();
        var histories = Histories
            .WithCorrections(8, 2)
            .Sample(Promises)
            .Select(h => Histories.Record(h, h).Promise.Recorded)
            .ToList();

        // Promise after promise in turn, as several people at once would record them.
        var turns = Enumerable
            .Range(0, histories.Max(h => h.Count))
            .SelectMany(turn =>
                histories
                    .Index()
                    .Where(h => turn < h.Item.Count)
                    .Select(h => (h.Index, Event: h.Item[turn]))
            );
        foreach (var page in turns.Chunk(batch))
        {
            await ledger.Store.RecordBulkAsync(
                page.GroupBy(p => p.Index)
                    .Select(p => new Append(
                        Sample.Stream(p.Key),
                        p.First().Event.Version - 1,
                        [.. p.Select(e => new NewEvent(Body(e)) { Id = e.Event.Id })]
                    ))
            );
            await engine.CatchUpAsync();
        }

        (await engine.CheckAsync(timelines)).ShouldBeEmpty();
        foreach (var (n, history) in histories.Index())
        {
            var stored = await ledger.Store.ReadStreamAsync(Sample.Stream(n));
            Promise.From(stored).Status.ShouldBe(Promise.From(history).Status);
        }

        static Event Body((int Index, RecordedEvent Event) e) =>
            e.Event.Body is Promised p
                ? p with
                {
                    Title = new Text($"Erfundene Zusage {e.Index}"),
                }
                : e.Event.Body;
    }
}
