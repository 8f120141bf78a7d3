using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Ledger.EventStore;
using Ledger.Transparency;
using Testing;
using Web.Hosting;

namespace Bench;

/// <summary>
/// Serves full hash tiles over HTTP, against a static file of the same size from the same server. Eight connections that stay open, on plain
/// sockets, so that the client costs little; both on this machine.
/// </summary>
internal static class LogTiles
{
    private const int Connections = 8;
    private const int Requests = 16_000;
    private const int RoundCount = 7;

    public static async Task<IReadOnlyList<Score>> RunAsync(Stage stage)
    {
        await using var ledger = await stage.NewLedgerAsync();
        await using var open = new OpenLedger(new LedgerDatabase(ledger.Address));
        var origin = await open.FixOriginAsync(null);
        var folder = new LogFolder(Directory.CreateTempSubdirectory("zusagenbuch-bench-").FullName);
        folder.CreateKey(origin, isNewLog: true);
        await ledger.Store.RecordBulkAsync(
            Enumerable
                .Range(0, 2_560)
                .Select(n => Append.To(Sample.Stream(n), 0, Sample.Promised(n)))
        );
        await open.Engine.PrepareAsync();
        var file = Path.Combine(AppContext.BaseDirectory, "wwwroot", "bench-tile.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, RandomNumberGenerator.GetBytes(8_192));
        try
        {
            await using var app = Site.Build(open, "http://127.0.0.1:0", log: folder);
            var address = new Uri((await Site.ListenAsync(app, "http://127.0.0.1:0")).First());
            while ((await new LogReader(ledger.Database).PublishedAsync())?.Size != 2_560)
            {
                await Task.Delay(50);
            }

            var tiles = Enumerable
                .Range(0, 10)
                .Select(n => $"/log/tile/0/{Tile.PathOf(n, 256)}")
                .ToArray();
            var rounds = await Rounds.TakeAsync(
                RoundCount,
                _ => Ready(address, tiles),
                _ => Ready(address, ["/bench-tile.txt"])
            );
            await app.StopAsync();
            return [Score.Speed("log-tiles", Requests, "tiles", rounds[0], rounds[1], 0.7)];
        }
        finally
        {
            File.Delete(file);
            Directory.Delete(folder.Folder, recursive: true);
        }
    }

    private static Task<Work> Ready(Uri address, string[] paths) =>
        Work.TogetherAsync(
            Enumerable.Range(0, Connections).Select(_ => ReadyAsync(address, paths))
        );

    private static async Task<Work> ReadyAsync(Uri address, string[] paths)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, address.Port);
        var stream = client.GetStream();
        var requests = paths
            .Select(p =>
                Encoding.ASCII.GetBytes($"GET {p} HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n")
            )
            .ToArray();
        return new Work(
            async () =>
            {
                var buffer = new byte[16_384];
                for (var n = 0; n < Requests / Connections; n++)
                {
                    await stream.WriteAsync(requests[n % requests.Length]);
                    await ReadAnswerAsync(stream, buffer);
                }
            },
            new Held(client)
        );
    }

    private static async Task ReadAnswerAsync(NetworkStream stream, byte[] buffer)
    {
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length));
            length += read;
            var head = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (read == 0 || (head >= 0 && !buffer.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8)))
            {
                throw new WrongResultException(
                    $"the server answered {Encoding.ASCII.GetString(buffer, 0, Math.Min(length, 64))}"
                );
            }

            if (head >= 0 && length == head + 4 + 8_192)
            {
                return;
            }
        }
    }

    private sealed class Held(TcpClient client) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            client.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
