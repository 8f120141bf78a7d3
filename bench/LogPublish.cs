using System.Collections.Concurrent;
using System.Diagnostics;
using Ledger.EventStore;
using Ledger.Transparency;
using Npgsql;
using Testing;
using Web.Hosting;

namespace Bench;

/// <summary>
/// From the acknowledged commit of an event to the published checkpoint that covers it, as a listener in another connection hears of it: idle, one
/// event every 1.2 seconds; and under 200 events a second.
/// </summary>
internal static class LogPublish
{
    private const int Idle = 25;
    private const int Busy = 3_000;
    private const int EachSecond = 200;

    public static async Task<IReadOnlyList<Score>> RunAsync(Stage stage)
    {
        await using var ledger = await stage.NewLedgerAsync();
        await using var open = new OpenLedger(new LedgerDatabase(ledger.Address));
        var folder = new LogFolder(Directory.CreateTempSubdirectory("zusagenbuch-bench-").FullName);
        folder.CreateKey(await open.FixOriginAsync(null), isNewLog: true);
        await open.Engine.PrepareAsync();
        await using var app = Site.Build(open, "http://127.0.0.1:0", log: folder);
        await Site.ListenAsync(app, "http://127.0.0.1:0");

        using var stop = new CancellationTokenSource();
        var published = new ConcurrentQueue<(long Size, long At)>();
        var listening = ListenAsync(ledger.Address, published, stop.Token);
        await Task.Delay(2_000);
        var idle = await RecordAsync(ledger.Store, 0, Idle, TimeSpan.FromSeconds(1.2));
        var busy = await RecordAsync(
            ledger.Store,
            Idle,
            Busy,
            TimeSpan.FromSeconds(1.0 / EachSecond)
        );
        while (published.IsEmpty || published.Last().Size < Idle + Busy)
        {
            await Task.Delay(50);
        }

        await stop.CancelAsync();
        await listening;
        await app.StopAsync();
        Directory.Delete(folder.Folder, recursive: true);
        return
        [
            Score.Alone("log-publish: commit to checkpoint, idle", Say(idle, published)),
            Score.Alone("log-publish: commit to checkpoint, 200 events/s", Say(busy, published)),
        ];
    }

    private static async Task<List<(long Index, long At)>> RecordAsync(
        EventStore store,
        int first,
        int count,
        TimeSpan between
    )
    {
        var committed = new List<(long, long)>(count);
        var begun = Stopwatch.GetTimestamp();
        for (var n = 0; n < count; n++)
        {
            var wait = (between * n) - Stopwatch.GetElapsedTime(begun);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait);
            }

            var appended = await store.AppendAsync(
                Append.To(Sample.Stream(first + n), 0, Sample.Promised(n))
            );
            committed.Add((appended.FirstIndex, Stopwatch.GetTimestamp()));
        }

        return committed;
    }

    private static async Task ListenAsync(
        string address,
        ConcurrentQueue<(long, long)> published,
        CancellationToken stop
    )
    {
        await using var connection = new NpgsqlConnection(address);
        await connection.OpenAsync(stop);
        connection.Notification += (_, e) =>
            published.Enqueue(
                (
                    long.Parse(e.Payload, System.Globalization.CultureInfo.InvariantCulture),
                    Stopwatch.GetTimestamp()
                )
            );
        await using (
            var listen = new NpgsqlCommand($"listen {LogReader.PublishedChannel}", connection)
        )
        {
            await listen.ExecuteNonQueryAsync(stop);
        }

        try
        {
            while (true)
            {
                await connection.WaitAsync(stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
    }

    private static string Say(
        List<(long Index, long At)> committed,
        IReadOnlyCollection<(long Size, long At)> published
    )
    {
        var waits = committed
            .Select(c =>
                Math.Max(
                    0,
                    Stopwatch
                        .GetElapsedTime(c.At, published.First(p => p.Size > c.Index).At)
                        .TotalMilliseconds
                )
            )
            .Order()
            .ToList();
        return Score.Invariant(
            $"median {waits[waits.Count / 2]:N0} ms, p99 {waits[waits.Count * 99 / 100]:N0} ms"
        );
    }
}
