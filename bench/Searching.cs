using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Recording;
using Microsoft.AspNetCore.Builder;
using Testing;
using Web.Hosting;

namespace Bench;

/// <summary>
/// A reader's search among 100,000 invented promises against the same search among 354, over HTTP and uncached: words that each time find
/// about as many. A word that nearly all promises have is printed too.
/// </summary>
internal static class Searching
{
    private const int Many = 100_000;
    private const int Few = 354;
    private const int Requests = 40;
    private const int RoundCount = 5;

    private static readonly string[] s_parts =
    [
        "radweg",
        "schul",
        "brunnen",
        "garten",
        "markt",
        "brücken",
        "wald",
        "sport",
        "kultur",
        "hafen",
        "bahn",
        "park",
        "turm",
        "platz",
        "licht",
        "wasser",
        "strom",
        "haus",
        "tor",
        "wiesen",
    ];

    public static async Task<IReadOnlyList<Score>> RunAsync(Stage stage)
    {
        await using var few = await TownUnderTest.StartAsync(stage, [Promises(Few)]);
        await using var many = await TownUnderTest.StartAsync(stage, [Promises(Many)]);
        List<Score> scores = [];
        foreach (
            var (name, query, goal) in new (string, string, double?)[]
            {
                ("search: a rare word", "text=radwegsportradweg", 3),
                ("search: that word with a slip", "text=radwegsportradeg", 3),
                ("search: nothing asked for", "", 3),
                ("search: a word of all promises", "text=erfundenes", null),
                ("search: a status of all promises", "status=unchecked", null),
            }
        )
        {
            await many.CheckAsync(
                $"zusagen?{query}",
                query.Length == 0 ? "100.000 Zusagen" : " von 100.000 Zusagen"
            );
            var times = await Rounds.TakeAsync(
                RoundCount,
                _ => many.ReadAsync($"zusagen?{query}", Requests),
                _ => few.ReadAsync($"zusagen?{query}", Requests)
            );
            scores.Add(Score.Time(name, times[0], times[1], goal ?? double.PositiveInfinity));
        }

        return scores;
    }

    private static IEnumerable<Append> Promises(int count) =>
        Enumerable
            .Range(0, count)
            .Select(n =>
                Append.To(
                    Sample.Stream(n),
                    0,
                    Sample.Promised(n + 1) with
                    {
                        // Two words of 400 and one of 8,000, as a large town's vocabulary may be.
                        Title = new Text(
                            $"{s_parts[n % 20]}{s_parts[n / 20 % 20]} {s_parts[n / 400 % 20]}{s_parts[n / 7 % 20]} "
                                + $"{s_parts[n * 7 % 20]}{s_parts[n * 7 / 20 % 20]}{s_parts[n * 7 / 400 % 20]}"
                        ),
                    }
                )
            );
}

/// <summary>The invented town on the real host.</summary>
internal sealed class TownUnderTest : IAsyncDisposable
{
    private readonly LedgerUnderTest _ledger;
    private readonly OpenLedger _open;
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private TownUnderTest(LedgerUnderTest ledger, OpenLedger open, WebApplication app, Uri address)
    {
        (_ledger, _open, _app) = (ledger, open, app);
        _http = new HttpClient { BaseAddress = address };
    }

    public static async Task<TownUnderTest> StartAsync(
        Stage stage,
        IEnumerable<IEnumerable<Append>> batches
    )
    {
        var ledger = await stage.NewLedgerAsync();
        var open = new OpenLedger(new LedgerDatabase(ledger.Address));
        await open.FixOriginAsync(null);
        await open.Store.AppendAsync(
            Append.To(
                StreamKey.Council(Sample.Town),
                0,
                new CouncilRegistered
                {
                    Name = "Musterstadt",
                    Ags = "05999000",
                    State = "Nordrhein-Westfalen",
                }.On(null),
                new CommitteeEstablished { Committee = "umwelt", Name = "Umweltausschuss" }.On(null)
            )
        );
        foreach (var batch in batches)
        {
            await open.Store.RecordBulkAsync(batch);
        }

        await open.Engine.PrepareAsync();
        await ledger.RunAsync("vacuum analyze");
        var app = Site.Build(open, "http://127.0.0.1:0", fourEyes: false, keepPages: false);
        var addresses = await Site.ListenAsync(app, "http://127.0.0.1:0");
        return new TownUnderTest(
            ledger,
            open,
            app,
            new Uri(new Uri(addresses.First()), $"/{Sample.Town}/")
        );
    }

    /// <summary>Fails unless the page says so.</summary>
    public async Task CheckAsync(string path, string sentence, bool mustSay = true)
    {
        var html = await _http.GetStringAsync(new Uri(path, UriKind.Relative));
        if (mustSay && !html.Contains(sentence, StringComparison.Ordinal))
        {
            throw new WrongResultException($"{path} does not say '{sentence}'");
        }
    }

    /// <summary>Asks for a page so many times, one after the other.</summary>
    public Task<Work> ReadAsync(string path, int times) =>
        Task.FromResult(
            new Work(async () =>
            {
                for (var i = 0; i < times; i++)
                {
                    await _http.GetByteArrayAsync(new Uri(path, UriKind.Relative));
                }
            })
        );

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _open.DisposeAsync();
        await _ledger.DisposeAsync();
    }
}
