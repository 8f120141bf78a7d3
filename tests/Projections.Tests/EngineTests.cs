using FsCheck;
using FsCheck.Fluent;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Projections.Committees;
using Projections.Deadlines;
using Projections.Engine;
using Projections.Feed;
using Projections.Targets;
using Projections.Timelines;
using Testing;

namespace Projections.Tests;

public sealed class EngineTests : IAsyncLifetime
{
    private readonly IProjection[] _projections =
    [
        new TimelinesProjection(),
        new CommitteesProjection(),
        new TargetsProjection(),
        new FeedProjection(),
        new DeadlinesProjection(),
    ];

    private TestLedger _ledger = null!;
    private ProjectionEngine _engine = null!;

    public async ValueTask InitializeAsync()
    {
        _ledger = await TestLedger.CreateAsync();
        _engine = new ProjectionEngine(_ledger.Store, _projections);
        await _engine.PrepareAsync();
    }

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    private async Task RecordAsync(int seed, int events)
    {
        var random = new Random(seed);
        for (var i = 0; i < events; i++)
        {
            var stream = Sample.Stream(random.Next(1, 6));
            var version = (await _ledger.Store.ReadStreamAsync(stream)).Count;
            Event e =
                version == 0
                    ? Sample.Promised(random.Next(1, 99))
                    : random.Next(5) switch
                    {
                        0 => new Started().On($"{2020 + random.Next(5)}"),
                        1 => new Delayed().On($"{2020 + random.Next(5)}"),
                        2 => new Reported().On(null),
                        3 => new Assigned
                        {
                            Committees =
                            [
                                new Responsibility(
                                    random.Next(2) == 0 ? "umwelt" : "bau",
                                    ResponsibilityBasis.Named
                                ),
                            ],
                        }.On("2023"),
                        _ => new Stalled().On($"{2020 + random.Next(5)}"),
                    };
            await _ledger.Store.AppendAsync(Append.To(stream, version, e));
        }
    }

    private Task<string> StoredAsync() =>
        _ledger.AskAsync<string>(
            """
            select md5(coalesce((select string_agg(p::text, '|' order by stream) from timelines.promise p), '')
                || coalesce((select string_agg(r::text, '|' order by stream, committee) from committees.responsibility r), ''))
            """
        );

    [Fact]
    public async Task A_rebuilt_read_model_is_identical_to_the_one_that_grew() =>
        await Task.Run(() =>
            Check.One(
                Load.Cases(50),
                Prop.ForAll(
                    ArbMap.Default.ArbFor<int>(),
                    seed =>
                    {
                        RecordAsync(seed, 8).GetAwaiter().GetResult();
                        _engine.CatchUpAsync().GetAwaiter().GetResult();
                        var grown = StoredAsync().GetAwaiter().GetResult();
                        foreach (var projection in _projections)
                        {
                            _engine.RebuildAsync(projection).GetAwaiter().GetResult();
                            _engine.CheckAsync(projection).GetAwaiter().GetResult().ShouldBeEmpty();
                        }

                        return StoredAsync().GetAwaiter().GetResult() == grown;
                    }
                )
            )
        );

    [Fact]
    public async Task Deleted_read_models_come_back_identical()
    {
        await RecordAsync(7, 40);
        await _engine.CatchUpAsync();
        var before = await StoredAsync();
        await _ledger.RunAsync(
            "drop schema timelines cascade; drop schema committees cascade; drop schema targets cascade; drop schema feed cascade; drop schema deadlines cascade; drop schema projections cascade"
        );

        await new ProjectionEngine(_ledger.Store, _projections).PrepareAsync();

        (await StoredAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task An_event_that_cannot_be_folded_stops_its_projection_alone_and_shows()
    {
        await RecordAsync(1, 10);
        var bad = Guid.CreateVersion7();
        await _ledger.RunAsync(
            $$"""
            begin; set local role ledger_foreign; set local search_path = ledger;
            insert into mt_streams (id, type, version) values ('promise:musterstadt-fremd', 'promise', 1);
            insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp)
              values (nextval('mt_events_sequence'), '{{bad}}', 'promise:musterstadt-fremd', 1, '{"nonsense": true}', 'promised', now());
            commit;
            """
        );
        await RecordAsync(2, 10);
        await _engine.CatchUpAsync();

        var state = (await _engine.StateAsync()).ToDictionary(s => s.Name);
        state["timelines"].Next.ShouldBe(10);
        state["timelines"].Stopped!.Event.ShouldBe(bad);
        state["timelines"].Stopped!.Index.ShouldBe(10);
        state["timelines"].Stopped!.Reason.ShouldContain("nonsense");
        state["targets"].Stopped.ShouldBeNull();
        state["targets"].Next.ShouldBe(21);

        // What stopped stays stopped, and is whole up to there; a rebuild stops at the same event.
        (await _engine.AdvanceAsync(_projections[0])).ShouldBeFalse();
        (await _engine.CheckAsync(_projections[0])).ShouldBeEmpty();
        var stored = await StoredAsync();
        await _engine.RebuildAsync(_projections[0]);
        (await StoredAsync()).ShouldBe(stored);
        (await _engine.StateAsync())
            .Single(s => s.Name == "timelines")
            .Stopped!.Event.ShouldBe(bad);

        // Asked to try again, it stops there again.
        await _engine.ResumeAsync(_projections[0]);
        await _engine.CatchUpAsync();
        (await _engine.StateAsync())
            .Single(s => s.Name == "timelines")
            .Stopped!.Event.ShouldBe(bad);
    }

    [Fact]
    public async Task The_check_finds_a_row_that_was_changed_added_or_removed()
    {
        await RecordAsync(3, 20);
        await _engine.CatchUpAsync();
        (await _engine.CheckAsync(_projections[0])).ShouldBeEmpty();

        await _ledger.RunAsync(
            "update timelines.promise set status = 'fulfilled' where ctid in (select ctid from timelines.promise limit 1)"
        );
        (await _engine.CheckAsync(_projections[0]))
            .ShouldHaveSingleItem()
            .ShouldBe(
                "timelines.promise differs from the record: 1 rows say something else, 1 are missing or different."
            );
        await _ledger.RunAsync("delete from committees.responsibility");
        (await _engine.CheckAsync(_projections[1]))
            .ShouldHaveSingleItem()
            .ShouldContain("committees.responsibility");

        await _engine.RebuildAsync(_projections[0]);
        (await _engine.CheckAsync(_projections[0])).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_read_model_of_another_shape_is_made_anew_on_start()
    {
        await RecordAsync(4, 10);
        await _engine.CatchUpAsync();
        var stored = await StoredAsync();
        await _ledger.RunAsync(
            "update projections.progress set shape = 'older' where name = 'timelines'; alter table timelines.promise drop column topic"
        );
        await _engine.PrepareAsync();
        (await StoredAsync()).ShouldBe(stored);
    }

    [Fact]
    public async Task Two_runners_fold_each_event_once()
    {
        var writing = RecordAsync(5, 60);
        var other = new ProjectionEngine(_ledger.Store, _projections);
        while (!writing.IsCompleted)
        {
            await Task.WhenAll(_engine.CatchUpAsync(), other.CatchUpAsync());
        }

        await writing;
        await Task.WhenAll(_engine.CatchUpAsync(), other.CatchUpAsync());
        (await _engine.StateAsync()).ShouldAllBe(s => s.Next == 60);
        foreach (var projection in _projections)
        {
            (await _engine.CheckAsync(projection)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_rebuild_beside_a_growing_record_misses_nothing()
    {
        await RecordAsync(6, 30);
        var writing = RecordAsync(8, 60);
        while (!writing.IsCompleted)
        {
            await _engine.RebuildAsync(_projections[0]);
            await _engine.AdvanceAsync(_projections[0]);
        }

        await writing;
        await _engine.CatchUpAsync();
        (await _engine.CheckAsync(_projections[0])).ShouldBeEmpty();
        (await _engine.StateAsync()).Single(s => s.Name == "timelines").Next.ShouldBe(90);
    }
}
