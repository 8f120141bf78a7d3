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
        var appended = await _ledger.Store.AppendAsync(
            Append.To(Sample.Stream(1), 0, Sample.Promised())
        );

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
        await _ledger.Store.AppendAsync(
            Append.To(Sample.Stream(1), 0, Sample.Promised(), new Started().On("2021"))
        );

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

    [Fact]
    public async Task Several_events_on_several_streams_are_one_transaction_with_one_recorded_time()
    {
        await _ledger.Store.AppendAsync(Append.To(Sample.Stream(2), 0, Sample.Promised(2)));

        var appended = await _ledger.Store.AppendAsync([
            Append.To(Sample.Stream(3), 0, Sample.Promised(3), new Started().On("2021")),
            Append.To(Sample.Stream(2), 1, new Started().On("2021"), new Stalled().On("2022")),
            Append.To(Sample.Stream(1), 0, Sample.Promised(1)),
        ]);

        appended.FirstIndex.ShouldBe(1);
        var events = await _ledger.Store.ReadAllAsync(1, 100);
        events
            .Select(e => (e.Index, e.Stream, e.Version, e.Type))
            .ShouldBe([
                (1, Sample.Stream(3), 1, "promised"),
                (2, Sample.Stream(3), 2, "started"),
                (3, Sample.Stream(2), 2, "started"),
                (4, Sample.Stream(2), 3, "stalled"),
                (5, Sample.Stream(1), 1, "promised"),
            ]);
        events.Select(e => e.Recorded).Distinct().ShouldHaveSingleItem();
        await _ledger.ShouldBeWholeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task When_one_stream_of_several_is_stale_nothing_is_recorded(int stale)
    {
        for (var n = 1; n <= 2; n++)
        {
            await _ledger.Store.AppendAsync(Append.To(Sample.Stream(n), 0, Sample.Promised(n)));
        }

        // The third stream is new; the stale one is one version ahead of the record.
        long[] expected = [1, 1, 0];
        expected[stale]++;
        var refusal = await Should.ThrowAsync<StaleVersionException>(() =>
            _ledger.Store.AppendAsync([
                .. expected.Select(
                    (version, n) =>
                        Append.To(Sample.Stream(n + 1), version, new Started().On("2021"))
                ),
            ])
        );

        refusal.Stream.ShouldBe(Sample.Stream(stale + 1));
        refusal.Actual.ShouldBe(expected[stale] - 1);
        (await _ledger.Store.NextIndexAsync()).ShouldBe(2);
        (await _ledger.Store.ReadStreamAsync(Sample.Stream(3))).ShouldBeEmpty();
        await _ledger.ShouldBeWholeAsync();
    }

    [Fact]
    public async Task An_append_names_each_stream_once_and_has_events_for_it()
    {
        await Should.ThrowAsync<ArgumentException>(() =>
            _ledger.Store.AppendAsync([
                Append.To(Sample.Stream(1), 0, Sample.Promised()),
                Append.To(Sample.Stream(1), 0, Sample.Promised()),
            ])
        );
        await Should.ThrowAsync<ArgumentException>(() => _ledger.Store.AppendAsync([]));
        await Should.ThrowAsync<ArgumentException>(() =>
            _ledger.Store.AppendAsync(Append.To(Sample.Stream(1), 0))
        );
        (await _ledger.Store.NextIndexAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Correlation_causation_headers_and_the_id_are_kept_with_every_event()
    {
        var id = Guid.CreateVersion7();
        var context = new AppendContext { Correlation = "anfrage-7", Causation = "auftrag-3" };
        var first = new NewEvent(Sample.Promised()) { Id = id, Headers = """{"client": "test"}""" };
        await _ledger.Store.AppendAsync(
            new Append(Sample.Stream(1), 0, [first, new NewEvent(new Started().On("2021"))]),
            context
        );

        var events = await _ledger.Store.ReadStreamAsync(Sample.Stream(1));
        events.Select(e => e.Correlation).ShouldBe(["anfrage-7", "anfrage-7"]);
        events.Select(e => e.Causation).ShouldBe(["auftrag-3", "auftrag-3"]);
        events[0].Id.ShouldBe(id);
        (await _ledger.Store.FindAsync(id))!.Index.ShouldBe(0);
        (
            await _ledger.AskAsync<string>(
                "select string_agg(coalesce(headers ->> 'client', '-'), ' ' order by version) from ledger.mt_events"
            )
        ).ShouldBe("test -");
        (
            await _ledger.AskAsync<string>(
                "select mt_dotnet_type from ledger.mt_events where version = 2"
            )
        ).ShouldBe("Ledger.Promises.Started, Ledger");
        (await _ledger.AskAsync<string>("select type from ledger.mt_streams")).ShouldBe("promise");
    }

    [Fact]
    public async Task An_event_id_is_recorded_once()
    {
        var twice = new NewEvent(Sample.Promised());
        await _ledger.Store.AppendAsync(new Append(Sample.Stream(1), 0, [twice]));

        var refusal = await Should.ThrowAsync<InadmissibleEventException>(() =>
            _ledger.Store.AppendAsync(new Append(Sample.Stream(2), 0, [twice]))
        );

        refusal.Message.ShouldContain("id is already recorded");
        (await _ledger.ShouldBeWholeAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_stream_is_read_from_a_version_and_as_of_a_moment()
    {
        List<Appended> appended = [];
        for (var version = 0; version < 4; version++)
        {
            appended.Add(
                await _ledger.Store.AppendAsync(
                    Append.To(Sample.Stream(1), version, new Started().On("2021"))
                )
            );
        }

        (await Versions(from: 3)).ShouldBe([3, 4]);
        (await Versions(from: 5)).ShouldBe([]);
        (await Versions(asOf: appended[1].Recorded)).ShouldBe([1, 2]);
        (await Versions(from: 2, asOf: appended[2].Recorded)).ShouldBe([2, 3]);
        (await Versions(asOf: appended[0].Recorded.AddMicroseconds(-1))).ShouldBe([]);
        (await Versions(asOf: appended[0].Recorded.ToOffset(TimeSpan.FromHours(2)))).ShouldBe([1]);
        (await Versions(asOf: DateTimeOffset.MaxValue)).ShouldBe([1, 2, 3, 4]);
        (await _ledger.Store.ReadStreamAsync(Sample.Stream(2))).ShouldBeEmpty();

        async Task<long[]> Versions(long from = 1, DateTimeOffset? asOf = null) =>
            [
                .. (await _ledger.Store.ReadStreamAsync(Sample.Stream(1), from, asOf)).Select(e =>
                    e.Version
                ),
            ];
    }

    [Fact]
    public async Task The_record_is_read_in_index_order_by_pages()
    {
        for (var n = 1; n <= 5; n++)
        {
            await _ledger.Store.AppendAsync([
                Append.To(Sample.Stream(20 - n), 0, Sample.Promised()),
                Append.To(Sample.Stream(n), 0, Sample.Promised()),
            ]);
        }

        List<RecordedEvent> all = [];
        while (await _ledger.Store.ReadAllAsync(all.Count, 3) is { Count: > 0 } page)
        {
            page.Count.ShouldBe(Math.Min(3, 10 - all.Count));
            all.AddRange(page);
        }

        all.Select(e => e.Index).ShouldBe(Enumerable.Range(0, 10).Select(i => (long)i));
        all.Select(e => e.Stream.ToString()[^2..])
            .ShouldBe(["19", "-1", "18", "-2", "17", "-3", "16", "-4", "15", "-5"]);

        var histories = await _ledger.Store.ReadHistoriesAsync(
            [Sample.Stream(3), Sample.Stream(19)],
            5
        );
        histories.Select(h => h.Stream).ShouldBe([Sample.Stream(19)]);
    }

    [Fact]
    public async Task An_append_is_one_round_trip_and_one_transaction()
    {
        await using var proxy = new WireProxy(_ledger.Address);
        await using var database = NpgsqlDataSource.Create(proxy.Address);
        var store = new Ledger.EventStore.EventStore(database);
        await store.NextIndexAsync(); // opens the connection

        // More than the five uses after which Npgsql prepares a statement on its own.
        for (var n = 1; n <= 12; n++)
        {
            var (trips, transactions) = (proxy.RoundTrips, proxy.Transactions);
            var context = new AppendContext
            {
                Correlation = "c",
                Idempotency = n % 2 == 0 ? new Idempotency("actor", $"{n}", new byte[32]) : null,
            };
            await store.AppendAsync(
                n % 3 == 0
                    ?
                    [
                        Append.To(Sample.Stream(n), 0, Sample.Promised()),
                        Append.To(Sample.Stream(100 + n), 0, Sample.Promised()),
                    ]
                    : [Append.To(Sample.Stream(n), 0, Sample.Promised(), new Started().On("2021"))],
                context
            );
            (proxy.RoundTrips - trips).ShouldBe(1);
            (proxy.Transactions - transactions).ShouldBe(1);
        }

        (await _ledger.ShouldBeWholeAsync()).ShouldBe(24);
    }

    [Theory]
    [InlineData('D')] // the row
    [InlineData('C')] // the command's end; the commit comes after it
    [InlineData('Z')] // ready for the next: committed
    public async Task An_append_whose_commit_is_not_confirmed_is_not_acknowledged(char lost)
    {
        await using var proxy = new WireProxy(_ledger.Address);
        await using var database = NpgsqlDataSource.Create(proxy.Address);
        var store = new Ledger.EventStore.EventStore(database);
        await store.NextIndexAsync();
        proxy.BreakAt = lost;

        var append = Append.To(Sample.Stream(1), 0, Sample.Promised());
        var context = new AppendContext
        {
            Idempotency = new Idempotency("actor", "key", new byte[32]),
        };
        await Should.ThrowAsync<NpgsqlException>(() => store.AppendAsync(append, context));

        // The same request again, with its key, over a line that holds: recorded once, whatever had happened.
        proxy.BreakAt = '\0';
        (await store.AppendAsync(append, context)).FirstIndex.ShouldBe(0);
        (await _ledger.ShouldBeWholeAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Of_concurrent_starts_of_one_stream_exactly_one_wins()
    {
        for (var round = 1; round <= 10; round++)
        {
            var stream = Sample.Stream(round);
            var outcomes = await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(async _ =>
                    {
                        try
                        {
                            await _ledger.Store.AppendAsync(
                                Append.To(stream, 0, Sample.Promised())
                            );
                            return 0;
                        }
                        catch (StaleVersionException stale)
                        {
                            return stale.Actual;
                        }
                    })
            );
            outcomes.Order().ShouldBe([0, 1, 1, 1, 1, 1, 1, 1]);
        }

        (await _ledger.ShouldBeWholeAsync()).ShouldBe(10);
    }
}
