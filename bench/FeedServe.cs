using System.Globalization;
using Ledger.EventStore;
using Testing;
using Web.Hosting;

namespace Bench;

/// <summary>
/// The feed of the newest fifty, kept by the server, against a static file of the same size from the same server; and a 304 of each. Eight
/// connections; client and server share the machine.
/// </summary>
internal static class FeedServe
{
    private const int RoundCount = 9;
    private const int Requests = 2_400;
    private const int Connections = 8;

    public static async Task<IReadOnlyList<Score>> RunAsync(Stage stage)
    {
        await using var ledger = await stage.NewLedgerAsync();
        await using var open = new OpenLedger(new LedgerDatabase(ledger.Address));
        await open.FixOriginAsync(null);
        await open.Store.RecordBulkAsync(
            Enumerable.Range(0, 50).Select(n => Append.To(Sample.Stream(n), 0, Sample.Promised(n)))
        );
        await open.Engine.PrepareAsync();
        await using var app = Site.Build(open, "http://127.0.0.1:0");
        var address = new Uri((await Site.ListenAsync(app, "http://127.0.0.1:0")).First());
        await new Projections.Feed.FeedReader(open.Database).AllShownAsync(50);

        const string Feed = "/feeds/changes.atom";
        using var http = new HttpClient { BaseAddress = address };
        var body = await http.GetByteArrayAsync(Feed);
        var entries = System.Text.Encoding.UTF8.GetString(body).Split("<entry>").Length - 1;
        if (entries != 50)
        {
            throw new WrongResultException($"{entries} entries in the feed");
        }

        var file = Path.Combine(app.Environment.WebRootPath, "bench.txt");
        await File.WriteAllBytesAsync(file, body);
        try
        {
            var rounds = await Rounds.TakeAsync(
                RoundCount,
                _ => WorkAsync(address, RawClient.Request(Feed), 200),
                _ => WorkAsync(address, RawClient.Request("/bench.txt"), 200),
                async _ => await WorkAsync(address, await KnownAsync(address, Feed), 304),
                async _ => await WorkAsync(address, await KnownAsync(address, "/bench.txt"), 304)
            );
            await app.StopAsync();
            var size = string.Create(CultureInfo.InvariantCulture, $"{body.Length / 1024} kB");
            return
            [
                Score.Speed(
                    $"feed of the newest 50 ({size}) against a static file",
                    Requests,
                    "answers",
                    rounds[0],
                    rounds[1],
                    0.7
                ),
                Score.Speed(
                    "304 of that feed against a 304 of the file",
                    Requests,
                    "answers",
                    rounds[2],
                    rounds[3],
                    0.9
                ),
            ];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<byte[]> KnownAsync(Uri address, string path)
    {
        await using var client = await RawClient.ConnectAsync(address);
        var (_, _, head) = await client.AskAsync(RawClient.Request(path));
        var tag = head.Split("\r\n")
            .First(l => l.StartsWith("ETag: ", StringComparison.OrdinalIgnoreCase))[6..];
        return RawClient.Request(path, $"If-None-Match: {tag}");
    }

    private static async Task<Work> WorkAsync(Uri address, byte[] request, int status)
    {
        List<RawClient> clients = [];
        for (var n = 0; n < Connections; n++)
        {
            clients.Add(await RawClient.ConnectAsync(address));
        }

        return new Work(
            () =>
                Task.WhenAll(
                    clients.Select(c =>
                        Task.Run(() => c.RepeatAsync(request, Requests / Connections, status))
                    )
                ),
            [.. clients]
        );
    }

    /// <summary>Waits until so many entries are shown.</summary>
    public static async Task AllShownAsync(this Projections.Feed.FeedReader reader, long entries)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        while (await reader.EndAsync(patience.Token) < entries)
        {
            await Task.Delay(20, patience.Token);
        }

        await Task.Delay(200, patience.Token);
    }
}
