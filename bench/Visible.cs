using System.Diagnostics;
using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Recording;
using Npgsql;
using Testing;
using Web.Hosting;

namespace Bench;

/// <summary>
/// From an event's commit to the moment when a reader of the timelines sees it: idle, one event at a time, and while 200 events are recorded
/// a second. The read model is asked again and again on a connection of its own; what asking costs is in the figure. And, idle, until a page that
/// the node keeps says it to who asks for it again and again.
/// </summary>
internal static class Visible
{
    private const int Samples = 200;
    private const int EventsPerSecond = 200;
    private const int PageSamples = 60;
    private const int OnPage = 5_000_000;

    public static async Task<IReadOnlyList<Score>> RunAsync(Stage stage)
    {
        await using var ledger = await stage.NewLedgerAsync();
        await using var open = new OpenLedger(new LedgerDatabase(ledger.Address));
        await open.FixOriginAsync(null);
        await open.Engine.PrepareAsync();
        await using var app = Site.Build(open, "http://127.0.0.1:0", fourEyes: false);
        var address = new Uri((await Site.ListenAsync(app, "http://127.0.0.1:0")).First());
        var onPage = await OnPageAsync(open.Store, address);

        await using var reader = await ledger.Database.OpenConnectionAsync();
        var last = 0;
        List<double> idle = [];
        for (var n = 0; n < Samples + 20; n++)
        {
            var took = await OneAsync(open.Store, reader, last++);
            if (n >= 20)
            {
                idle.Add(took);
            }

            await Task.Delay(20);
        }

        List<double> busy = [];
        using var stop = new CancellationTokenSource();
        var load = LoadAsync(open.Store, 1_000_000, stop.Token);
        for (var n = 0; n < Samples; n++)
        {
            busy.Add(await OneAsync(open.Store, reader, last++));
            await Task.Delay(20);
        }

        await stop.CancelAsync();
        var recorded = await load;
        await app.StopAsync();
        await ledger.CheckRecordAsync(last + recorded + PageSamples + 2, last + recorded + 2);
        return
        [
            Score.Alone("commit to visible, idle", Of(idle)),
            Score.Alone("commit to visible on a kept page, idle", Of(onPage)),
            Score.Alone($"commit to visible, under {EventsPerSecond} events/s", Of(busy)),
        ];
    }

    private static async Task<List<double>> OnPageAsync(EventStore store, Uri address)
    {
        await store.AppendAsync(
            Append.To(
                StreamKey.Council(Sample.Town),
                0,
                new CouncilRegistered
                {
                    Name = "Musterstadt",
                    Ags = "05999000",
                    State = "Nordrhein-Westfalen",
                }.On(null)
            )
        );
        await store.AppendAsync(Append.To(Sample.Stream(OnPage), 0, Sample.Promised(OnPage)));
        using var http = new HttpClient();
        var page = new Uri(address, $"/{Sample.Town}/zusagen/zusage-{OnPage}");
        await Task.Delay(3_000);
        List<double> seconds = [];
        for (var n = 0; n < PageSamples; n++)
        {
            var before = await http.GetStringAsync(page);
            await store.AppendAsync(
                Append.To(Sample.Stream(OnPage), n + 1, new Reported().On("2021"))
            );
            var watch = Stopwatch.StartNew();
            while (await http.GetStringAsync(page) == before)
            {
                if (watch.Elapsed.TotalSeconds > 30)
                {
                    throw new WrongResultException($"{page} still says the same after 30 s");
                }
            }

            seconds.Add(watch.Elapsed.TotalSeconds);
            await Task.Delay(50);
        }

        return seconds;
    }

    private static string Of(List<double> seconds)
    {
        var sorted = seconds.Order().ToList();
        return Score.Invariant(
            $"median {Rounds.Median(sorted) * 1000:0.0} ms, p99 {sorted[sorted.Count * 99 / 100] * 1000:0.0} ms"
        );
    }

    private static async Task<double> OneAsync(EventStore store, NpgsqlConnection reader, int n)
    {
        await store.AppendAsync(Append.To(Sample.Stream(n), 0, Sample.Promised(n)));
        var watch = Stopwatch.StartNew();
        await using var command = new NpgsqlCommand(
            "select exists (select from timelines.promise where stream = $1)",
            reader
        );
        command.Parameters.Add(
            new NpgsqlParameter<string> { TypedValue = Sample.Stream(n).ToString() }
        );
        while (await command.ExecuteScalarAsync() is not true)
        {
            if (watch.Elapsed.TotalSeconds > 30)
            {
                throw new WrongResultException($"event {n} was not visible after 30 s");
            }
        }

        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<int> LoadAsync(EventStore store, int first, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var n = 0;
        while (!stop.IsCancellationRequested)
        {
            // A machine that cannot keep up would never be done.
            while (
                !stop.IsCancellationRequested && n < watch.Elapsed.TotalSeconds * EventsPerSecond
            )
            {
                await store.AppendAsync(
                    Append.To(Sample.Stream(first + n), 0, Sample.Promised(first + n)),
                    cancellation: CancellationToken.None
                );
                n++;
            }

            await Task.Delay(5, CancellationToken.None);
        }

        return n;
    }
}
