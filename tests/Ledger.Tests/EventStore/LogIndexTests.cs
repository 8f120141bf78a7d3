using System.Collections.Concurrent;
using System.Diagnostics;
using Ledger.EventStore;
using Ledger.Promises;
using Npgsql;
using Testing;

namespace Ledger.Tests.EventStore;

/// <summary>
/// The index is the one order of the record: gapless, in commit order, whoever writes, and a reader that follows it misses nothing.
/// </summary>
public sealed class LogIndexTests : IAsyncLifetime
{
    private const int Writers = 12;

    private static readonly StreamKey[] Shared =
    [
        .. Enumerable.Range(0, 6).Select(n => StreamKey.Promise($"shared-{n}")),
    ];

    private TestLedger _ledger = null!;

    public async ValueTask InitializeAsync() => _ledger = await TestLedger.CreateAsync();

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    [Fact]
    public async Task Twelve_mixed_writers_leave_one_whole_order_in_which_a_reader_misses_nothing()
    {
        var ledger = _ledger;
        await ledger.Store.AppendAsync([.. Shared.Select(s => Append.To(s, 0, Sample.Promised()))]);
        using var reader = new Reader(ledger);
        var following = reader.FollowAsync();
        var writers = Enumerable.Range(0, Writers).Select(n => new Writer(ledger, n)).ToList();

        await Task.WhenAll(writers.Select(w => w.WriteAsync(Load.Times(1_000))));
        reader.Stop();
        await following;

        var count = await ledger.ShouldBeWholeAsync();
        var recorded = await ledger.Store.ReadAllAsync(0, int.MaxValue);

        // The reader saw every index once, in order, and each with the event that stands there in the end.
        reader.Seen.ShouldBe(recorded.Select(e => e.Id));

        // What was acknowledged is there, and nothing else: neither what was given up nor what lost a race.
        var commits = writers.SelectMany(w => w.Commits).ToList();
        (commits.Sum(c => (long)c.Events) + Shared.Length).ShouldBe(count);

        // An append that began after another had ended stands behind it.
        var indexOf = recorded.ToDictionary(e => (e.Stream, e.Version), e => e.Index);
        var latestBegin = long.MinValue;
        foreach (
            var commit in commits.OrderBy(c => indexOf[(StreamKey.Parse(c.Stream), c.Version)])
        )
        {
            commit.Ended.ShouldBeGreaterThan(latestBegin);
            latestBegin = Math.Max(latestBegin, commit.Began);
        }

        // No writer of any kind met a deadlock; lost races are the only refusals.
        writers.SelectMany(w => w.Failures).ShouldBeEmpty();
        foreach (var kind in Enum.GetValues<Kind>())
        {
            commits.ShouldContain(c => c.Kind == kind);
        }

        Note(
            $"{commits.Count} transactions with {count} events; {writers.Sum(w => w.LostRaces)} lost races, "
                + $"{writers.Sum(w => w.RolledBack)} rolled back; the reader read {reader.Pages} pages"
        );
    }

    [Fact]
    public async Task Appends_on_the_same_streams_in_opposite_order_never_deadlock()
    {
        for (var n = 0; n < 20; n++)
        {
            await _ledger.Store.AppendAsync(Append.To(Sample.Stream(n), 0, Sample.Promised()));
        }

        var rounds = Load.Times(300);
        var lost = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async writer =>
                {
                    var random = new Random(writer);
                    for (var round = 0; round < rounds; round++)
                    {
                        var streams = Enumerable.Range(0, 20).ToArray();
                        random.Shuffle(streams);
                        var chosen = streams.Take(2 + (writer % 2 * 8)).Select(Sample.Stream);
                        var histories = await _ledger.Store.ReadHistoriesAsync(
                            [.. chosen],
                            long.MaxValue
                        );
                        var appends = histories
                            .Select(h =>
                                Append.To(h.Stream, h.Events[^1].Version, new Started().On("2021"))
                            )
                            .Append(
                                Append.To(
                                    Sample.Stream(1_000 + (round * 8) + writer),
                                    0,
                                    Sample.Promised()
                                )
                            )
                            .ToArray();
                        random.Shuffle(appends);
                        try
                        {
                            await _ledger.Store.AppendAsync(appends);
                        }
                        catch (StaleVersionException)
                        {
                            Interlocked.Increment(ref lost);
                        }
                    }
                })
        );

        await _ledger.ShouldBeWholeAsync();
        lost.ShouldBeLessThan(8 * rounds);
    }

    [Fact]
    public async Task New_streams_that_several_appends_start_in_opposite_order_never_deadlock()
    {
        var wins = 0;
        for (var round = 0; round < Load.Times(200); round++)
        {
            var outcomes = await Task.WhenAll(
                Enumerable
                    .Range(0, 6)
                    .Select(async writer =>
                    {
                        var streams = Enumerable.Range(round * 10, 10).ToArray();
                        new Random((round * 6) + writer).Shuffle(streams);
                        try
                        {
                            await _ledger.Store.AppendAsync([
                                .. streams
                                    .Take(6)
                                    .Select(n => Append.To(Sample.Stream(n), 0, Sample.Promised())),
                            ]);
                            return 1;
                        }
                        catch (StaleVersionException)
                        {
                            return 0;
                        }
                    })
            );
            outcomes.Sum().ShouldBeGreaterThan(0);
            wins += outcomes.Sum();
        }

        (await _ledger.ShouldBeWholeAsync()).ShouldBe(wins * 6);
    }

    [Fact]
    public async Task A_foreign_transaction_is_indexed_when_it_commits_not_when_it_writes()
    {
        await using var foreign = await ForeignWriter.ConnectAsync(_ledger);
        await foreign.BeginAsync();
        await foreign.RaiseAsync("promise:foreign", 0, 2);
        await foreign.InsertAsync("promise:foreign", 0, 1);
        await _ledger.Store.AppendAsync(Append.To(Sample.Stream(1), 0, Sample.Promised()));
        await foreign.InsertAsync("promise:foreign", 1, 2);
        await _ledger.Store.AppendAsync(Append.To(Sample.Stream(2), 0, Sample.Promised()));
        await foreign.CommitAsync();

        var events = await _ledger.Store.ReadAllAsync(0, 10);
        events
            .Select(e => e.Stream.ToString())
            .ShouldBe([
                $"{Sample.Stream(1)}",
                $"{Sample.Stream(2)}",
                "promise:foreign",
                "promise:foreign",
            ]);
        events[3].Body.ShouldBeOfType<Started>();
        await _ledger.ShouldBeWholeAsync();
    }

    [Fact]
    public async Task A_foreign_transaction_may_copy_and_undo_parts_of_itself()
    {
        await using var foreign = await ForeignWriter.ConnectAsync(_ledger);
        await foreign.BeginAsync();
        await foreign.SavepointAsync();
        await foreign.RaiseAsync("promise:undone", 0, 1);
        await foreign.InsertAsync("promise:undone", 0, 1);
        await foreign.RollbackToSavepointAsync();
        await foreign.RaiseAsync("promise:kept", 0, 1);
        await foreign.InsertAsync("promise:kept", 0, 1);
        await foreign.SavepointAsync();
        await foreign.RaiseAsync("promise:kept", 1, 2);
        await foreign.InsertAsync("promise:kept", 1, 2);
        await foreign.RollbackToSavepointAsync();
        await foreign.RaiseAsync("promise:copied", 0, 2);
        await using (
            var copy = await foreign.Connection.BeginTextImportAsync(
                "copy ledger.mt_events (seq_id, id, stream_id, version, data, type, timestamp) from stdin"
            )
        )
        {
            foreach (var version in (int[])[1, 2])
            {
                var seq = 1_000_000 + version;
                await copy.WriteAsync(
                    $"{seq}\t{Guid.CreateVersion7()}\tpromise:copied\t{version}\t{{}}\tstarted\tnow\n"
                );
            }
        }

        await foreign.CommitAsync();

        (await _ledger.ShouldBeWholeAsync()).ShouldBe(3);
        (await _ledger.AskAsync<long>("select count(*) from ledger.mt_streams")).ShouldBe(2);
    }

    [Fact]
    public async Task Foreign_transactions_that_break_the_order_of_versions_are_refused_whole()
    {
        const string Known = "promise:known"; // at version 2
        await using var foreign = await ForeignWriter.ConnectAsync(_ledger);
        (await foreign.AppendAsync(Known, 0, 2)).ShouldBeTrue();

        await Refused("the row is raised further than the events", 2, 4, Event(3));
        await Refused("the row is not raised as far as the events", 2, 3, Event(3), Event(4));
        await Refused("the row is not raised at all", 2, 2, Event(3));
        await Refused("a version is left out", 2, 5, Event(3), Event(5));
        await Refused("the first new version is left out", 2, 4, Event(4));
        await Refused("seq_id against the versions", 2, 4, Event(3, seq: 902), Event(4, seq: 901));
        await Refused("a version of an existing event", 2, 3, Event(2));
        await Refused("a stream without its row", 0, 0, new ForeignEvent("promise:rowless", 1));
        await Refused("events of another stream's", 2, 3, new ForeignEvent("promise:rowless", 3));
        await Refused("a row without events", 2, 3);
        await Refused(
            "an event's id twice",
            2,
            4,
            Event(3) with
            {
                Id = Twice,
            },
            Event(4) with
            {
                Id = Twice,
            }
        );
        await ShouldRefuse(
            "insert into ledger.mt_streams (id, type, version) values ('promise:empty', 'promise', 0)",
            "a new row without events"
        );
        await ShouldRefuse(
            "insert into ledger.mt_streams (id, type) values ('promise:empty', 'promise')",
            "a new row without a version"
        );
        await ShouldRefuse(
            "insert into ledger.mt_streams (id, type, version) values ('promise:empty', 'promise', 3)",
            "a new row that is ahead"
        );
        (await _ledger.ShouldBeWholeAsync()).ShouldBe(2);

        // All of that left the stream usable for both.
        (await foreign.AppendAsync(Known, 2)).ShouldBeTrue();
        await _ledger.Store.AppendAsync(
            Append.To(StreamKey.Parse(Known), 3, new Started().On("2021"))
        );
        (await _ledger.ShouldBeWholeAsync()).ShouldBe(4);

        ForeignEvent Event(long version, long? seq = null) => new(Known, version) { Seq = seq };

        async Task Refused(string what, long from, long to, params ForeignEvent[] events)
        {
            await foreign.BeginAsync();
            var refusal = await Should.ThrowAsync<PostgresException>(
                async () =>
                {
                    if (to > from)
                    {
                        await foreign.RaiseAsync(Known, from, to);
                    }

                    foreach (var e in events)
                    {
                        await foreign.InsertAsync(e);
                    }

                    await foreign.CommitAsync();
                },
                what
            );
            refusal.SqlState.ShouldBeOneOf(
                "LG400",
                PostgresErrorCodes.UniqueViolation,
                PostgresErrorCodes.ForeignKeyViolation
            );
            if (foreign.Connection.FullState.HasFlag(System.Data.ConnectionState.Open))
            {
                await foreign.RunAsync("rollback");
            }
        }

        async Task ShouldRefuse(string sql, string what) =>
            (
                await Should.ThrowAsync<PostgresException>(() => foreign.RunAsync(sql), what)
            ).SqlState.ShouldBe("LG400");
    }

    private static readonly Guid Twice = Guid.CreateVersion7();

    [Fact]
    public async Task Making_constraints_immediate_early_or_late_gets_a_foreign_writer_around_nothing()
    {
        await using var foreign = await ForeignWriter.ConnectAsync(_ledger);

        // Late: everything is there, and is indexed at this point; then more follows in the same transaction.
        await foreign.BeginAsync();
        await foreign.RaiseAsync("promise:late", 0, 2);
        await foreign.InsertAsync("promise:late", 0, 2);
        await foreign.RunAsync("set constraints all immediate");
        await foreign.RunAsync("set constraints all deferred");
        await foreign.RaiseAsync("promise:late", 2, 3);
        await foreign.InsertAsync("promise:late", 2, 3);
        await foreign.CommitAsync();
        (await _ledger.ShouldBeWholeAsync()).ShouldBe(3);

        // Undone after it was indexed: the numbers come back.
        await foreign.BeginAsync();
        await foreign.SavepointAsync();
        await foreign.RaiseAsync("promise:late", 3, 4);
        await foreign.InsertAsync("promise:late", 3, 4);
        await foreign.RunAsync("set constraints all immediate");
        await foreign.RollbackToSavepointAsync();
        await foreign.CommitAsync();
        (await _ledger.ShouldBeWholeAsync()).ShouldBe(3);

        // Early: the row is looked at before its events are there, and the transaction is refused.
        await foreign.BeginAsync();
        await foreign.RunAsync("set constraints all immediate");
        (
            await Should.ThrowAsync<PostgresException>(() =>
                foreign.RaiseAsync("promise:early", 0, 1)
            )
        ).SqlState.ShouldBe("LG400");
        await foreign.RollbackAsync();
        (await _ledger.ShouldBeWholeAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task A_foreign_writer_whose_transaction_began_before_our_append_may_append_after_it()
    {
        await _ledger.Store.AppendAsync(Append.To(Sample.Stream(1), 0, Sample.Promised()));
        await using var foreign = await ForeignWriter.ConnectAsync(_ledger);
        await foreign.BeginAsync();
        await foreign.RunAsync("select now()");
        await _ledger.Store.AppendAsync(Append.To(Sample.Stream(1), 1, new Started().On("2021")));
        var before = await TimestampAsync();

        (await foreign.RaiseAsync($"{Sample.Stream(1)}", 2, 3)).ShouldBeTrue();
        await foreign.InsertAsync($"{Sample.Stream(1)}", 2, 3);
        await foreign.CommitAsync();

        (await TimestampAsync()).ShouldBe(before); // the later one stays
        (await _ledger.ShouldBeWholeAsync()).ShouldBe(3);

        Task<DateTime> TimestampAsync() =>
            _ledger.AskAsync<DateTime>("select timestamp from ledger.mt_streams");
    }

    [Fact]
    public async Task Twenty_thousand_foreign_rows_in_one_transaction_are_one_piece_of_the_order()
    {
        await _ledger.Store.AppendAsync(Append.To(Sample.Stream(1), 0, Sample.Promised()));

        await ForeignBulkAsync(Load.Times(20_000), statements: 1);
        await ForeignBulkAsync(Load.Times(20_000), statements: Load.Times(20_000));
        await ForeignBulkAsync(20_000, statements: 20);
        if (Load.IsLong)
        {
            await ForeignBulkAsync(100_000, statements: 1);
        }

        (await _ledger.ShouldBeWholeAsync()).ShouldBe(
            1 + (2 * Load.Times(20_000)) + 20_000 + (Load.IsLong ? 100_000 : 0)
        );
    }

    // Ten events to a stream; the streams' rows first, as Marten does.
    private async Task ForeignBulkAsync(int rows, int statements)
    {
        await using var foreign = await ForeignWriter.ConnectAsync(_ledger);
        var name = $"promise:bulk-{rows}-{statements}";
        await foreign.BeginAsync();
        await foreign.RunAsync(
            $"""
            insert into ledger.mt_streams (id, type, version)
            select '{name}-' || n, 'promise', 10 from generate_series(0, {(rows / 10) - 1}) n
            """
        );
        var each = rows / statements;
        var watch = Stopwatch.StartNew();
        await using (var batch = new NpgsqlBatch(foreign.Connection) { Timeout = 600 })
        {
            for (var from = 0; from < rows; from += each)
            {
                var command = new NpgsqlBatchCommand(
                    $$"""
                    insert into ledger.mt_events (seq_id, id, stream_id, version, data, type, timestamp)
                    select nextval('ledger.mt_events_sequence'), gen_random_uuid(),
                           '{{name}}-' || n / 10, n % 10 + 1, '{"occurred": "2021", "reviewedBy": null}', 'started', now()
                    from generate_series($1, $2) n
                    """
                );
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = from });
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = from + each - 1 });
                batch.BatchCommands.Add(command);
            }

            await batch.ExecuteNonQueryAsync();
        }

        var written = watch.Elapsed;
        await foreign.CommitAsync();
        Note(
            $"{rows} foreign rows in {statements} statements: written in {written.TotalSeconds:0.00} s, "
                + $"indexed and committed in {(watch.Elapsed - written).TotalSeconds:0.00} s"
        );
    }

    private static void Note(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

    private enum Kind
    {
        OwnStream,
        SharedStream,
        SeveralStreams,
        Bulk,
        ForeignOne,
        ForeignSeveral,
    }

    /// <summary>A transaction that was acknowledged: where one of its events stands, and when it was under way.</summary>
    private sealed record Commit(
        Kind Kind,
        int Events,
        string Stream,
        long Version,
        long Began,
        long Ended
    );

    /// <summary>One of the twelve. What it does next is drawn from a seed of its own.</summary>
    private sealed class Writer(TestLedger ledger, int number)
    {
        private readonly Random _random = new(number);
        private int _own;

        public ConcurrentQueue<Commit> Commits { get; } = [];

        public ConcurrentQueue<string> Failures { get; } = [];

        public int LostRaces { get; private set; }

        public int RolledBack { get; private set; }

        public async Task WriteAsync(int transactions)
        {
            await using var foreign = await ForeignWriter.ConnectAsync(ledger);
            for (var n = 0; n < transactions; n++)
            {
                var kind = (Kind)((n + number) % 6);
                var began = Stopwatch.GetTimestamp();
                try
                {
                    var done = kind switch
                    {
                        Kind.OwnStream => await OnOwnStreamAsync(),
                        Kind.SharedStream => await OnSharedStreamsAsync(1),
                        Kind.SeveralStreams => await OnSharedStreamsAsync(_random.Next(2, 5)),
                        Kind.Bulk => await BulkAsync(),
                        Kind.ForeignOne => await ForeignOneAsync(foreign),
                        _ => await ForeignSeveralAsync(foreign),
                    };
                    if (done is { } commit)
                    {
                        Commits.Enqueue(
                            commit with
                            {
                                Kind = kind,
                                Began = began,
                                Ended = Stopwatch.GetTimestamp(),
                            }
                        );
                    }
                }
                catch (StaleVersionException)
                {
                    LostRaces++;
                }
                catch (RollbackWanted)
                {
                    RolledBack++;
                }
                catch (PostgresException e)
                {
                    Failures.Enqueue($"{kind}: {e.SqlState} {e.MessageText}");
                    await foreign.RunAsync("rollback");
                }
            }
        }

        private async Task<Commit?> OnOwnStreamAsync()
        {
            var stream = StreamKey.Promise($"own-{number}");
            var events = _random.Next(1, 4);
            await ledger.Store.AppendAsync(
                Append.To(stream, _own, [.. Enumerable.Repeat(new Started().On("2021"), events)])
            );
            _own += events;
            return Done(events, stream, _own);
        }

        private async Task<Commit?> OnSharedStreamsAsync(int streams)
        {
            List<Append> appends = [];
            foreach (var stream in Some(streams))
            {
                appends.Add(
                    Append.To(
                        stream,
                        await VersionAsync(stream),
                        [
                            .. Enumerable.Repeat(
                                new Started().On("2021"),
                                streams == 1 ? 1 : _random.Next(1, 4)
                            ),
                        ]
                    )
                );
            }

            await ledger.Store.AppendAsync(appends);
            return Done(
                appends.Sum(a => a.Events.Count),
                appends[0].Stream,
                appends[0].ExpectedVersion + 1
            );
        }

        // A transaction that stays open for a while, holding the head, with a savepoint in it; every third is given up.
        private async Task<Commit?> BulkAsync()
        {
            List<Append> appends = [];
            foreach (var stream in Some(2))
            {
                appends.Add(
                    Append.To(stream, await VersionAsync(stream), new Started().On("2021"))
                );
            }

            var giveUp = _random.Next(3) == 0;
            await ledger.Store.RecordBulkAsync(
                appends,
                async connection =>
                {
                    await RunAsync(connection, "savepoint here");
                    await RawAppend.OneAsync(
                        connection,
                        new ForeignEvent($"promise:undone-{number}", 1)
                    );
                    await RunAsync(connection, "rollback to savepoint here");
                    await RunAsync(connection, $"select pg_sleep({_random.Next(8)} / 1000.0)");
                    if (giveUp)
                    {
                        throw new RollbackWanted();
                    }
                }
            );
            return Done(2, appends[0].Stream, appends[0].ExpectedVersion + 1);
        }

        private async Task<Commit?> ForeignOneAsync(ForeignWriter foreign)
        {
            var stream = Some(1)[0];
            var version = await foreign.VersionOfAsync($"{stream}");
            if (!await foreign.AppendAsync($"{stream}", version))
            {
                LostRaces++;
                return null;
            }

            return Done(1, stream, version + 1);
        }

        // Several streams and statements, pauses in between, a part undone; every fourth is given up. Streams in key order, as
        // whoever locks several rows must.
        private async Task<Commit?> ForeignSeveralAsync(ForeignWriter foreign)
        {
            var streams = Some(2).Order().Select(s => s.ToString()).ToArray();
            await foreign.BeginAsync();
            var first = 0L;
            foreach (var stream in streams)
            {
                var version = await foreign.VersionOfAsync(stream);
                await foreign.PauseAsync(_random.Next(4));
                if (!await foreign.RaiseAsync(stream, version, version + 3))
                {
                    await foreign.RollbackAsync();
                    LostRaces++;
                    return null;
                }

                await foreign.InsertAsync(stream, version, version + 2);
                await foreign.SavepointAsync();
                await foreign.RaiseAsync(stream, version + 3, version + 4);
                await foreign.InsertAsync(stream, version + 3, version + 4);
                await foreign.RollbackToSavepointAsync();
                await foreign.PauseAsync(_random.Next(4));
                await foreign.InsertAsync(stream, version + 2, version + 3);
                first = first == 0 ? version + 1 : first;
            }

            if (_random.Next(4) == 0)
            {
                await foreign.RollbackAsync();
                RolledBack++;
                return null;
            }

            await foreign.CommitAsync();
            return Done(6, StreamKey.Parse(streams[0]), first);
        }

        private StreamKey[] Some(int count)
        {
            StreamKey[] all = [.. Shared];
            _random.Shuffle(all);
            return all[..count];
        }

        private async Task<long> VersionAsync(StreamKey stream) =>
            (await ledger.Store.ReadStreamAsync(stream)).Count;

        private static Commit Done(int events, StreamKey stream, long version) =>
            new(default, events, stream.ToString(), version, 0, 0);

        private static async Task RunAsync(NpgsqlConnection connection, string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }

        private sealed class RollbackWanted : Exception;
    }

    /// <summary>Follows the head as a projection does: asks how far it is, reads what is new, and never looks back.</summary>
    private sealed class Reader(TestLedger ledger) : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();

        public List<Guid> Seen { get; } = [];

        public int Pages { get; private set; }

        public void Stop() => _stop.Cancel();

        public void Dispose() => _stop.Dispose();

        public async Task FollowAsync()
        {
            while (true)
            {
                var last = _stop.IsCancellationRequested;
                var next = await ledger.Store.NextIndexAsync();
                if (next == Seen.Count)
                {
                    if (last)
                    {
                        return;
                    }

                    await Task.Delay(1);
                    continue;
                }

                var page = await ledger.Store.ReadAllAsync(Seen.Count, (int)(next - Seen.Count));
                page.Select(e => e.Index)
                    .ShouldBe(
                        Enumerable.Range(Seen.Count, (int)(next - Seen.Count)).Select(i => (long)i)
                    );
                Seen.AddRange(page.Select(e => e.Id));
                Pages++;
            }
        }
    }
}
