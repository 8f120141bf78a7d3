using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Testing;

namespace Browser.Tests;

/// <summary>
/// What a page costs a reader with a slow phone on a slow line, measured by Chromium itself: 1.6 Mbit/s, 150 ms to the server and a processor
/// four times slower than this one. With LEDGER_WRITE_DOCS=1 the measures go into docs/performance.md.
/// </summary>
[Collection(ReadersOfOneSite.Name)]
public sealed class WeightTests(Chromium chromium)
{
    private const int MostBytes = 100_000;

    // Generous: this machine may be busy, and a quarter of it is what the page gets.
    private const double LatestPaint = 4000;

    private const string Measures = """
        async () => {
          const shifts = [];
          new PerformanceObserver(list => shifts.push(...list.getEntries()))
            .observe({ type: 'layout-shift', buffered: true });
          await new Promise(done => requestAnimationFrame(() => setTimeout(done, 100)));
          const loads = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
          return JSON.stringify({
            bytes: loads.reduce((sum, load) => sum + load.decodedBodySize, 0),
            sent: loads.reduce((sum, load) => sum + load.transferSize, 0),
            requests: loads.length,
            paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1,
            shift: shifts.reduce((sum, shift) => sum + shift.value, 0),
          });
        }
        """;

    [Fact]
    public async Task Every_page_is_light_shows_itself_soon_and_does_not_jump()
    {
        List<(string Path, Measured Measured)> all = [];
        foreach (var path in Pages.Kinds)
        {
            all.Add((path, await MeasureAsync(path)));
        }

        var table = Table(all);
        TestContext.Current.TestOutputHelper?.WriteLine(table);
        if (Environment.GetEnvironmentVariable("LEDGER_WRITE_DOCS") == "1")
        {
            await WriteAsync(table);
        }

        all.Where(p => p.Measured.Bytes > MostBytes).Select(p => p.Path).ShouldBeEmpty();
        all.Where(p => p.Measured.Shift > 0).Select(p => p.Path).ShouldBeEmpty();
        all.Where(p => p.Measured.Paint is < 0 or > LatestPaint).ShouldBeEmpty();
    }

    private async Task<Measured> MeasureAsync(string path)
    {
        // A window of its own has an empty cache.
        var page = await chromium.BlankAsync();
        var tools = await page.Context.NewCDPSessionAsync(page);
        await tools.SendAsync(
            "Network.emulateNetworkConditions",
            new()
            {
                ["offline"] = false,
                ["latency"] = 150,
                ["downloadThroughput"] = 1_600_000 / 8,
                ["uploadThroughput"] = 750_000 / 8,
            }
        );
        await tools.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
        var said = await page.EvaluateAsync<string>(Measures);
        await page.Context.CloseAsync();
        return JsonSerializer.Deserialize<Measured>(said, JsonSerializerOptions.Web)!;
    }

    private static string Table(IReadOnlyList<(string Path, Measured Measured)> all)
    {
        var table = new StringBuilder(
            "| Page | Bytes with style | Sent | First contentful paint | Layout shift |\n| --- | --- | --- | --- | --- |\n"
        );
        foreach (var (path, m) in all)
        {
            table.Append(
                CultureInfo.InvariantCulture,
                $"| `{path}` | {m.Bytes:N0} | {m.Sent:N0} | {m.Paint:N0} ms | {m.Shift:0.###} |\n"
            );
        }

        return table.ToString();
    }

    private static async Task WriteAsync(string table)
    {
        const string Begin = "<!-- weight -->\n";
        const string End = "<!-- /weight -->";
        var file = Path.Combine(Npm.Folder, "..", "..", "docs", "performance.md");
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        await File.WriteAllTextAsync(
            file,
            text[..begin] + table + text[text.IndexOf(End, StringComparison.Ordinal)..],
            TestContext.Current.CancellationToken
        );
    }

    /// <summary>What Chromium's performance timeline says of one load.</summary>
    /// <param name="Bytes">Of all that was loaded, unpacked.</param>
    /// <param name="Sent">As it went over the line, with headers.</param>
    /// <param name="Paint">Milliseconds to the first contentful paint; -1 = there was none.</param>
    /// <param name="Shift">Cumulative layout shift.</param>
    private sealed record Measured(int Bytes, int Sent, int Requests, double Paint, double Shift);
}
