using Ledger.EventStore;
using Ledger.Promises;
using Projections.Engine;
using Projections.Past;
using Projections.Search;
using Projections.Timelines;
using Testing;

namespace Projections.Tests;

/// <summary>How promises stood at any moment, held against folding their histories up to it.</summary>
public sealed class PastTests : IAsyncLifetime
{
    private readonly PastProjection _past = new();
    private readonly SearchProjection _search = new();
    private TestLedger _ledger = null!;
    private ProjectionEngine _engine = null!;

    public async ValueTask InitializeAsync()
    {
        _ledger = await TestLedger.CreateAsync();
        _engine = new ProjectionEngine(_ledger.Store, [_past, _search]);
        await _engine.PrepareAsync();
    }

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    [Fact]
    public async Task At_every_index_and_day_a_promise_stands_as_its_history_says()
    {
        var reader = new PastReader(_ledger.Database);
        for (var seed = 0; seed < Load.Times(30); seed++)
        {
            await LiveAsync(seed, 25);
            var newest = await _ledger.Store.NextIndexAsync() - 1;
            DateOnly?[] days = [null, new(2019, 12, 31), new(2022, 6, 30), new(2024, 2, 29)];
            for (var stand = -1L; stand <= newest; stand += 3)
            {
                var streams = Enumerable.Range(1, 6).Select(Sample.Stream).ToList();
                var histories = await _ledger.Store.ReadHistoriesAsync(streams, stand + 1);
                foreach (var day in days)
                {
                    var expected = histories
                        .Where(h => day is null || Made(h) <= day)
                        .Select(h => PromiseRow.Of(h, day ?? DateOnly.MaxValue))
                        .OrderBy(r => r.FirstLine)
                        .ThenBy(r => r.Slug, StringComparer.Ordinal)
                        .ToList();
                    var found = (await reader.ListAsync(Sample.Town, stand, day))
                        .Select(p => p.Row)
                        .ToList();
                    found.Select(Shown).ShouldBe(expected.Select(Shown), $"{stand} {day}");
                }
            }
        }
    }

    [Fact]
    public async Task What_grew_event_by_event_is_what_a_rebuild_makes()
    {
        for (var seed = 100; seed < 100 + Load.Times(50); seed++)
        {
            await LiveAsync(seed, 12);
            (await _engine.CheckAsync(_past)).ShouldBeEmpty();
            (await _engine.CheckAsync(_search)).ShouldBeEmpty();
        }
    }

    private async Task LiveAsync(int seed, int events)
    {
        var town = new SampleTown(_ledger.Store, seed);
        for (var i = 0; i < events; i++)
        {
            await town.LiveAsync();
            if (i % 4 == 0)
            {
                await _engine.CatchUpAsync();
            }
        }

        await _engine.CatchUpAsync();
    }

    private static DateOnly Made(StreamHistory history) =>
        Promise.From(history.Events).Steps.First(s => s.Event.Body is Promised).Event.From;

    // Who answers for it by a day is not what PromiseRow.Of is about: it takes the newest assignment.
    private static string Shown(PromiseRow row) =>
        $"{row.Slug} {row.Status} {row.Since} {row.Due} {row.Corrected} {row.LastIndex} {row.Events} {row.Title.De}";
}
