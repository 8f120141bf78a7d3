using System.Diagnostics;
using Ledger.EventStore;
using Ledger.Transparency;
using NpgsqlTypes;
using Testing;

namespace Bench;

/// <summary>
/// Seals 100,000 indexed events, against recording the same events in bulk; and adds 256 entries to a log of 1,000,000, against adding them to a log of
/// 1,000.
/// </summary>
internal static class LogSealing
{
    private const string Origin = "zusagen.example/log";
    private const int Streams = 10_000;
    private const int EventsOfEach = 10;
    private const int Events = Streams * EventsOfEach;
    private const int RoundCount = 5;

    public static async Task<IReadOnlyList<Score>> RunAsync(Stage stage)
    {
        List<double> recording = [];
        List<double> sealing = [];
        for (var round = 0; round <= 3; round++)
        {
            await using var ledger = await stage.NewLedgerAsync();
            var appends = Enumerable
                .Range(0, Streams)
                .Select(n => Append.To(Sample.Stream(n), 0, Facts.History(n, EventsOfEach)))
                .ToList();
            var watch = Stopwatch.StartNew();
            await ledger.Store.RecordBulkAsync(appends);
            var recorded = watch.Elapsed.TotalSeconds;
            await ledger.RunAsync("checkpoint");
            watch.Restart();
            var sealer = new Sealer(ledger.Store, Origin);
            while (await sealer.SealNextAsync() > 0) { }

            var done = watch.Elapsed.TotalSeconds;
            await ledger.CheckAsync("sealed", "select size from ledger.log_tree", Events);
            if (round == 0)
            {
                var faults = await LogCheck.WholeAsync(ledger.Database, Origin);
                if (faults.Count > 0)
                {
                    throw new WrongResultException(faults[0]);
                }

                continue; // to warm up
            }

            recording.Add(recorded);
            sealing.Add(done);
        }

        return
        [
            Score.Speed("log-sealing: 100,000 events", Events, "events", sealing, recording, 1.0),
            .. await AddingAsync(stage),
        ];
    }

    private static async Task<IReadOnlyList<Score>> AddingAsync(Stage stage)
    {
        await using var large = await stage.NewLedgerAsync();
        await using var small = await stage.NewLedgerAsync();
        await FillAsync(large, 1_000_000);
        await FillAsync(small, 1_000);
        var rounds = await Rounds.TakeAsync(
            RoundCount * 3,
            round => AddAsync(large, round),
            round => AddAsync(small, round)
        );
        return
        [
            Score.Time(
                "log-sealing: 256 entries onto 1,000,000 and 1,000",
                rounds[0],
                rounds[1],
                1.3
            ),
        ];
    }

    private static async Task<Work> AddAsync(LedgerUnderTest ledger, int round)
    {
        await ledger.Store.RecordBulkAsync(
            Enumerable
                .Range(0, 256)
                .Select(n =>
                    Append.To(StreamKey.Promise($"mehr-{round}-{n}"), 0, Sample.Promised(n))
                )
        );
        var sealer = new Sealer(ledger.Store, Origin);
        var before = (await new LogReader(ledger.Database).HeadAsync()).Size;
        return new Work(async () =>
        {
            if (await sealer.SealNextAsync() != 256)
            {
                throw new WrongResultException($"not 256 entries were sealed after {before}");
            }
        });
    }

    // A log of that size as the sealer would have left it, put in place by the superuser: recording a million events takes minutes.
    private static async Task FillAsync(LedgerUnderTest ledger, int size)
    {
        var tree = new Tree();
        var tiles = new Dictionary<(int Level, long N), List<byte>>();
        var leaf = Rfc6962.LeafHash("x"u8);
        for (var i = 0; i < size; i++)
        {
            tree.Add(
                leaf,
                (level, place, hash) =>
                {
                    var key = (level, place / Tile.FullWidth);
                    if (!tiles.TryGetValue(key, out var hashes))
                    {
                        tiles[key] = hashes = [];
                    }

                    hashes.AddRange(hash);
                }
            );
        }

        string[] tables =
        [
            "mt_streams",
            "mt_events",
            "log_index",
            "log_entry",
            "log_tile",
            "log_tree",
        ];
        await ledger.RunAsync(Triggers("disable trigger all"));
        await ledger.RunAsync(
            $$"""
            insert into ledger.mt_streams (id, version) values ('promise:alt', {{size}});
            insert into ledger.mt_events (seq_id, id, stream_id, version, data, type, timestamp)
              select n, gen_random_uuid(), 'promise:alt', n, '{}', 'started', now() from generate_series(1, {{size}}) n;
            insert into ledger.log_index select seq_id - 1, seq_id, id, now() from ledger.mt_events;
            insert into ledger.log_entry select n, 'x', '\x{{Convert.ToHexStringLower(
                leaf
            )}}' from generate_series(0, {{size - 1}}) n;
            update ledger.log_head set next = {{size}};
            select setval('ledger.mt_events_sequence', {{size}});
            update ledger.log_tree set size = {{size}}, root = '\x{{Convert.ToHexStringLower(
                tree.Root()
            )}}';
            """
        );
        await using (var connection = await ledger.SuperuserAsync())
        await using (
            var copy = await connection.BeginBinaryImportAsync(
                "copy ledger.log_tile (level, n, hashes) from stdin (format binary)"
            )
        )
        {
            foreach (var ((level, n), hashes) in tiles)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync((short)level, NpgsqlDbType.Smallint);
                await copy.WriteAsync(n, NpgsqlDbType.Bigint);
                await copy.WriteAsync(hashes.ToArray(), NpgsqlDbType.Bytea);
            }

            await copy.CompleteAsync();
        }

        await ledger.RunAsync(Triggers("enable trigger all"));
        await ledger.RunAsync("analyze; checkpoint");

        string Triggers(string change) =>
            string.Concat(tables.Select(t => $"alter table ledger.{t} {change};"));
    }
}
