using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Web.Hosting;

namespace Bench;

/// <summary>
/// Each kind of page of the real catalogue. Kept by the server, against a static file of the same size from the same server, eight connections;
/// and made for each request (by a server that keeps none), against kept, one request after the other.
/// </summary>
internal static partial class PageServe
{
    private const int RoundCount = 5;
    private const int Requests = 1_600;
    private const int Connections = 8;

    private const int Alone = 60;

    // Before the clock runs: what the runtime compiles well only after it was called many times is compiled by then.
    private const int WarmUp = 300;

    private const double SlowestUncached = 30;

    public static async Task<IReadOnlyList<Score>> RunAsync(Stage stage)
    {
        await using var ledger = await stage.NewLedgerAsync();
        await using var open = new OpenLedger(new(ledger.Address));
        await open.FixOriginAsync(null);
        await open.RecordSeedsAsync(LedgerSettings.FromEnvironment().Seeds, Progress.Silent);
        await ledger.RunAsync("vacuum analyze");
        await using var keeping = Site.Build(open, "http://127.0.0.1:0");
        await using var making = Site.Build(open, "http://127.0.0.1:0", keepPages: false);
        var kept = await ListenAsync(keeping);
        var made = await ListenAsync(making);

        // Until everything is sealed and shown, what is kept falls due again and again.
        await new Projections.Feed.FeedReader(open.Database).AllShownAsync(
            await open.Store.NextIndexAsync()
        );
        await Task.Delay(2_000);
        List<Score> scores = [];
        foreach (var (name, path) in await PagesAsync(kept, open))
        {
            scores.AddRange(await PageAsync(keeping, kept, made, name, path));
        }

        await keeping.StopAsync();
        await making.StopAsync();
        return scores;
    }

    private static async Task<IReadOnlyList<Score>> PageAsync(
        WebApplication app,
        Uri kept,
        Uri made,
        string name,
        string path
    )
    {
        using var http = new HttpClient();
        var body = await http.GetByteArrayAsync(new Uri(kept, path));
        var again = await http.GetByteArrayAsync(new Uri(made, path));
        if (body.Length < 2_000 || Math.Abs(again.Length - body.Length) > 200)
        {
            throw new WrongResultException(
                $"{path} has {body.Length} bytes when it is kept and {again.Length} when it is not"
            );
        }

        var file = Path.Combine(app.Environment.WebRootPath, "bench.txt");
        await File.WriteAllBytesAsync(file, body);
        try
        {
            var rates = await Rounds.TakeAsync(
                RoundCount,
                _ => TogetherAsync(kept, path),
                _ => TogetherAsync(kept, "/bench.txt")
            );
            await AskAsync(made, path, WarmUp, []);
            await AskAsync(kept, path, WarmUp, []);
            var (slow, fast) = (new List<double>(), new List<double>());
            await Rounds.TakeAsync(
                RoundCount,
                round => AloneAsync(made, path, round, slow),
                round => AloneAsync(kept, path, round, fast)
            );
            var ratio = Rounds.Median(slow) / Rounds.Median(fast);
            return
            [
                Score.Speed(
                    $"page kept: {name}, against a static file of its size",
                    Requests,
                    "answers",
                    rates[0],
                    rates[1],
                    0.5
                ),
                new Score(
                    $"page made: {name}, against kept",
                    Of(slow),
                    Of(fast),
                    Score.Invariant($"{ratio:0.0}"),
                    Score.Invariant($"<= {SlowestUncached:0}"),
                    ratio <= SlowestUncached
                ),
            ];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Of(List<double> seconds)
    {
        var sorted = seconds.Order().ToList();
        return Score.Invariant(
            $"{Rounds.Median(sorted) * 1000:0.00} ms, p99 {sorted[sorted.Count * 99 / 100] * 1000:0.0} ms"
        );
    }

    private static async Task<Work> TogetherAsync(Uri address, string path)
    {
        List<RawClient> clients = [];
        for (var n = 0; n < Connections; n++)
        {
            clients.Add(await RawClient.ConnectAsync(address));
        }

        var request = RawClient.Request(path);
        return new Work(
            () =>
                Task.WhenAll(
                    clients.Select(c =>
                        Task.Run(() => c.RepeatAsync(request, Requests / Connections, 200))
                    )
                ),
            [.. clients]
        );
    }

    // The first round warms up and does not count.
    private static Task<Work> AloneAsync(
        Uri address,
        string path,
        int round,
        List<double> seconds
    ) => Task.FromResult(new Work(() => AskAsync(address, path, Alone, round == 0 ? [] : seconds)));

    // Each from another reader, as a proxy would say: one reader may ask for 300 pages of the past in a minute.
    private static async Task AskAsync(Uri address, string path, int times, List<double> seconds)
    {
        await using var client = await RawClient.ConnectAsync(address);
        for (var n = 0; n < times; n++)
        {
            var request = RawClient.Request(path, $"X-Forwarded-For: 192.0.2.{n % 250}");
            var watch = Stopwatch.StartNew();
            var (status, _, _) = await client.AskAsync(request);
            seconds.Add(watch.Elapsed.TotalSeconds);
            if (status != 200)
            {
                throw new WrongResultException($"{path} was answered with {status}");
            }
        }
    }

    // One of each kind, as the site map names them.
    private static async Task<IReadOnlyList<(string Name, string Path)>> PagesAsync(
        Uri address,
        OpenLedger ledger
    )
    {
        using var http = new HttpClient();
        var map = await http.GetStringAsync(new Uri(address, "/sitemap.xml"));
        var paths = Location()
            .Matches(map)
            .Select(m => new Uri(m.Groups["it"].Value).AbsolutePath)
            .ToList();
        var newest = (await ledger.Store.ReadAllAsync(200, 1))[0];
        return
        [
            ("start", "/"),
            ("municipality", "/krefeld"),
            ("list of promises", "/krefeld/zusagen"),
            ("search", "/krefeld/zusagen?text=Schulen"),
            ("a promise", "/krefeld/zusagen/klimaneutral-2035"),
            ("committee", First("/krefeld/ausschuesse/")),
            ("target", First("/krefeld/ziele/")),
            ("balance of a year", First("/krefeld/bilanz/")),
            ("changes", "/aenderungen"),
            ("two days compared", "/vergleich?von=2024-01-01&bis=2025-01-01"),
            ("an earlier state", "/krefeld?stand=200"),
            ("an event", $"/ereignisse/{newest.Id}"),
        ];

        string First(string beginning) =>
            paths.Find(p =>
                p.StartsWith(beginning, StringComparison.Ordinal) && p.Length > beginning.Length
            ) ?? throw new WrongResultException($"no page begins with {beginning}");
    }

    private static async Task<Uri> ListenAsync(WebApplication app) =>
        new((await Site.ListenAsync(app, "http://127.0.0.1:0")).First());

    [GeneratedRegex("<loc>(?<it>[^<]+)</loc>", RegexOptions.None, 1000)]
    private static partial Regex Location();
}
