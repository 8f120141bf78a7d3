using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using Ledger.EventStore;
using Testing;
using Web.Hosting;

namespace Bench;

/// <summary>
/// Streams of server-sent events: from an event's commit to each of 500 clients that listen for everything, and what 2,000 idle streams cost in memory and
/// in recording. The clients are in the same process, so their own memory is in the figure.
/// </summary>
internal static class FeedStreams
{
    private const int Listeners = 500;
    private const int Samples = 100;
    private const int Idle = 2_000;
    private const int RoundCount = 5;
    private const int Writers = 4;
    private const int Events = 1_000;

    public static async Task<IReadOnlyList<Score>> RunAsync(Stage stage)
    {
        await using var ledger = await stage.NewLedgerAsync();
        await using var open = new OpenLedger(new LedgerDatabase(ledger.Address));
        await open.FixOriginAsync(null);
        await open.Engine.PrepareAsync();
        await using var app = Site.Build(open, "http://127.0.0.1:0");
        var address = new Uri((await Site.ListenAsync(app, "http://127.0.0.1:0")).First());

        var latencies = await LatencyAsync(open.Store, address);
        var (perStream, with, without) = await IdleAsync(open.Store, address);
        await app.StopAsync();
        return
        [
            Score.Alone(
                $"commit to SSE client, {Listeners} clients, median and 99th percentile",
                $"{At(latencies, 0.5)}, {At(latencies, 0.99)}"
            ),
            new Score(
                $"memory of an idle stream, of {Idle}",
                Score.Invariant($"{perStream / 1024.0:0.0} kB"),
                "",
                "",
                "<= 100 kB",
                perStream <= 100 * 1024
            ),
            Score.Speed(
                $"recording with {Idle} idle streams against without",
                Events,
                "events",
                with,
                without,
                0.9
            ),
        ];
    }

    private static string At(List<double> sorted, double share) =>
        Score.Invariant($"{sorted[(int)((sorted.Count - 1) * share)]:0.0} ms");

    private static async Task<List<double>> LatencyAsync(EventStore store, Uri address)
    {
        var committed = new ConcurrentDictionary<long, long>();
        var heard = new ConcurrentBag<(long Index, long At)>();
        await using var streams = await Streams.OpenAsync(
            address,
            "/feeds/stream",
            Listeners,
            heard.Add
        );
        for (var n = 0; n < Samples; n++)
        {
            var appended = await store.AppendAsync(
                Append.To(Sample.Stream(n), 0, Sample.Promised(n))
            );
            committed[appended.FirstIndex] = Stopwatch.GetTimestamp();
            await Task.Delay(100);
        }

        for (var patience = 0; heard.Count < Samples * Listeners && patience < 200; patience++)
        {
            await Task.Delay(50);
        }

        return heard.Count == Samples * Listeners
            ?
            [
                .. heard
                    .Select(h =>
                        Math.Max(
                            0,
                            Stopwatch.GetElapsedTime(committed[h.Index], h.At).TotalMilliseconds
                        )
                    )
                    .Order(),
            ]
            : throw new WrongResultException(
                $"{heard.Count} events were heard instead of {Samples * Listeners}"
            );
    }

    private static async Task<(
        double PerStream,
        List<double> With,
        List<double> Without
    )> IdleAsync(EventStore store, Uri address)
    {
        List<double> with = [];
        List<double> without = [];
        List<double> costs = [];
        var next = Samples;
        await RecordAsync(store, next, Events);
        next += Events;
        for (var round = 0; round < RoundCount; round++)
        {
            var before = Memory();
            await using (
                await Streams.OpenAsync(address, "/feeds/stream?corrections=only", Idle, null)
            )
            {
                costs.Add((Memory() - before) / (double)Idle);
                with.Add(await RecordAsync(store, next, Events));
                next += Events;
            }

            await Task.Delay(2_000);
            without.Add(await RecordAsync(store, next, Events));
            next += Events;
        }

        // What the pools have kept from a round before makes the next one look cheap.
        return (costs.Max(), with, without);
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var me = Process.GetCurrentProcess();
        return me.WorkingSet64;
    }

    private static async Task<double> RecordAsync(EventStore store, int first, int count)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, Writers)
                .Select(w =>
                    Task.Run(async () =>
                    {
                        for (var n = first + w; n < first + count; n += Writers)
                        {
                            await store.AppendAsync(
                                Append.To(Sample.Stream(n), 0, Sample.Promised(n))
                            );
                        }
                    })
                )
        );
        return watch.Elapsed.TotalSeconds;
    }

    private sealed class Streams(List<RawClient> clients, List<Task> reading) : IAsyncDisposable
    {
        public static async Task<Streams> OpenAsync(
            Uri address,
            string path,
            int count,
            Action<(long, long)>? heard
        )
        {
            List<RawClient> clients = [];
            List<Task> reading = [];
            List<Task> opened = [];
            for (var n = 0; n < count; n++)
            {
                var client = await RawClient.ConnectAsync(address);
                clients.Add(client);
                var open = new TaskCompletionSource(
                    TaskCreationOptions.RunContinuationsAsynchronously
                );
                opened.Add(open.Task);

                // As through a proxy, from many addresses: one may keep a hundred open.
                var request = RawClient.Request(path, $"X-Forwarded-For: 198.51.100.{n % 200}");
                reading.Add(client.ListenAsync(request, chunk => Take(chunk.Span, open, heard)));
            }

            await Task.WhenAll(opened).WaitAsync(TimeSpan.FromSeconds(60));
            return new Streams(clients, reading);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var client in clients)
            {
                await client.DisposeAsync();
            }

            await Task.WhenAll(reading).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        // A frame is small and comes in one piece.
        private static bool Take(
            ReadOnlySpan<byte> chunk,
            TaskCompletionSource open,
            Action<(long, long)>? heard
        )
        {
            if (chunk.IndexOf("retry: "u8) >= 0)
            {
                open.TrySetResult();
            }

            for (var at = chunk.IndexOf("id: "u8); at >= 0 && heard is not null; )
            {
                if (Utf8Parser.TryParse(chunk[(at + 4)..], out long index, out _))
                {
                    heard((index, Stopwatch.GetTimestamp()));
                }

                var rest = chunk[(at + 4)..].IndexOf("\nid: "u8);
                at = rest < 0 ? -1 : at + 4 + rest + 1;
            }

            return false;
        }
    }
}
