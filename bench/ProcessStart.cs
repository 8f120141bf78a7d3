using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Npgsql;
using Web.Hosting;

namespace Bench;

/// <summary>
/// From starting the process to the first page, on a database that is up and holds the catalogue, against a process of the same runtime that
/// serves one sentence and does nothing else.
/// </summary>
internal static class ProcessStart
{
    /// <summary>The argument that makes this program the bare process; behind it stands the address to listen on.</summary>
    public const string Bare = "--bare-api";

    private const int RoundCount = 7;

    public static async Task<IReadOnlyList<Score>> RunAsync(Stage stage)
    {
        await using var ledger = await stage.NewLedgerAsync();
        await using (var open = new OpenLedger(new(ledger.Address)))
        {
            await open.FixOriginAsync(null);
            await open.RecordSeedsAsync(LedgerSettings.FromEnvironment().Seeds, Progress.Silent);
        }

        var folder = Directory.CreateTempSubdirectory("zusagenbuch-bench-start-");
        try
        {
            var here = AppContext.BaseDirectory;
            var times = await Rounds.TakeAsync(
                RoundCount,
                _ =>
                    StartAsync(
                        url => [Path.Combine(here, "Web.dll"), "up", "--urls", url],
                        new()
                        {
                            ["ConnectionStrings__Ledger"] = ledger.OwnerAddress,
                            ["LEDGER_DATA"] = folder.FullName,
                            ["LEDGER_SEEDS"] = LedgerSettings.FromEnvironment().Seeds,
                        },
                        "Zusagenbuch"
                    ),
                _ =>
                    StartAsync(
                        url => [Path.Combine(here, "Bench.dll"), Bare, url],
                        [],
                        "nothing else"
                    )
            );
            return
            [
                Score.Time(
                    "process start to the first page, against a bare minimal API",
                    times[0],
                    times[1],
                    double.PositiveInfinity
                ),
            ];
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The bare process.</summary>
    public static async Task<int> ServeAsync(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        await using var app = builder.Build();
        app.MapGet("/", () => "nothing else");
        await app.RunAsync();
        return 0;
    }

    private static Task<Work> StartAsync(
        Func<string, IReadOnlyList<string>> command,
        Dictionary<string, string> settings,
        string says
    )
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo(Environment.ProcessPath!, command(url))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        Running? running = null;
        return Task.FromResult(
            new Work(
                async () =>
                {
                    running = new Running(Process.Start(start)!);
                    await running.AnswersAsync(new Uri(url), says);
                },
                new Ending(() => running?.EndAsync() ?? Task.CompletedTask)
            )
        );
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Running(Process process)
    {
        private readonly Task _reading = Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(),
            process.StandardError.ReadToEndAsync()
        );

        public async Task AnswersAsync(Uri address, string says)
        {
            using var http = new HttpClient();
            for (var watch = Stopwatch.StartNew(); ; await Task.Delay(5))
            {
                if (process.HasExited || watch.Elapsed.TotalSeconds > 60)
                {
                    throw new WrongResultException($"nothing answers at {address}");
                }

                try
                {
                    if (
                        !(await http.GetStringAsync(address)).Contains(
                            says,
                            StringComparison.Ordinal
                        )
                    )
                    {
                        throw new WrongResultException($"{address} says something else");
                    }

                    return;
                }
                catch (HttpRequestException)
                {
                    // Not yet.
                }
            }
        }

        public async Task EndAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            await _reading;
            process.Dispose();
        }
    }

    private sealed class Ending(Func<Task> end) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await end();
    }
}
