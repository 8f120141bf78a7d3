using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Promises;
using Ledger.Recording;
using Testing;

namespace Web.Tests.Feeds;

/// <summary>The feeds of the real catalogue, opened by readers that others wrote.</summary>
public sealed class ReaderTests(SeededSite seeded) : IClassFixture<SeededSite>
{
    private const string Committee = "committee=krefeld/umwelt-klima-nachhaltigkeit-landwirtschaft";

    private static readonly string? PythonMissing = MissingPython();

    [Fact]
    public async Task Feedsmith_icaljs_cloudevents_and_eventsource_read_them_whole()
    {
        Assert.SkipWhen(Npm.Missing is not null, Npm.Missing ?? "");
        var site = await seeded.SiteAsync();
        await site.ShownAsync();
        var events = await site.Ledger.Store.ReadAllAsync(
            0,
            10_000,
            TestContext.Current.CancellationToken
        );

        var read = JsonNode.Parse(
            await Npm.RunAsync(
                "feeds/readers.mjs",
                new JsonObject
                {
                    ["base"] = site.Address.ToString().TrimEnd('/'),
                    ["query"] = Committee,
                    ["last"] = events[^1].Index,
                }.ToJsonString()
            )
        )!;

        read["json"]!["faults"]!.AsArray().ShouldBeEmpty(read["json"]!["faults"]!.ToJsonString());
        var atom = read["atom"]!["entries"]!.AsArray();
        atom.Count.ShouldBeGreaterThan(20);
        atom.Select(e => (string)e!["id"]!)
            .ShouldBe(read["json"]!["items"]!.AsArray().Select(i => (string)i!["id"]!));
        atom.Select(e => (string)e!["title"]!)
            .ShouldContain(t => t.StartsWith("Krefeld: Neue Zusage – ", StringComparison.Ordinal));
        read["batch"]!
            .AsArray()
            .Select(e => Guid.Parse((string)e!["id"]!))
            .ShouldBe(events.Select(e => e.Id));
        read["heard"]!
            .AsArray()
            .Select(e => Guid.Parse((string)e!["id"]!))
            .ShouldBe(events.Select(e => e.Id));
        var deadlines = read["calendar"]!.AsArray();
        deadlines.Count.ShouldBeGreaterThan(3);
        deadlines.ShouldContain(d =>
            (string)d!["day"]! == "2025-12-31"
            && ((string)d["summary"]!).StartsWith(
                "Frist: Emissionen bis 2025",
                StringComparison.Ordinal
            )
        );
    }

    [Fact]
    public async Task Feedparser_icalendar_and_newsboat_show_german_titles_that_a_reporter_understands()
    {
        Assert.SkipWhen(PythonMissing is not null, PythonMissing ?? "");
        await using var site = await LedgerSite.StartAsync();

        // The catalogue has no correction of its own yet: one is made up, on a promise of Krefeld.
        var promise = Ledger.EventStore.StreamKey.Promise("krefeld-klimaneutral-2035");
        var decided = (await site.Ledger.Store.ReadStreamAsync(promise)).First(e =>
            e.Type == "decided"
        );
        await site.RecordAsync(
            promise,
            Musterstadt.Correction(
                decided.Id,
                "confidence",
                $"\"{EnumName(decided.Body.Confidence)}\"",
                "\"medium\""
            )
        );
        await site.ShownAsync();
        string[] feeds =
        [
            $"/feeds/changes.atom?{Committee}",
            "/feeds/changes.atom?corrections=only",
            "/feeds/changes.atom?municipality=krefeld&status=changed",
        ];

        var read = JsonNode.Parse(
            await RunAsync(
                "/usr/bin/python3",
                ["feeds/readers.py"],
                new JsonObject
                {
                    ["base"] = site.Address.ToString().TrimEnd('/'),
                    ["feeds"] = new JsonArray([.. feeds.Select(f => (JsonNode)f)]),
                    ["calendar"] = "/feeds/deadlines.ics?municipality=krefeld",
                }.ToJsonString()
            )
        )!;

        foreach (var feed in feeds)
        {
            var parsed = read["feedparser"]![feed]!;
            ((bool)parsed["bozo"]!).ShouldBeFalse((string?)parsed["why"]);
            ((string?)parsed["version"]).ShouldBe("atom10");
            ((string?)parsed["language"]).ShouldBe("de");
            var boat = read["newsboat"]![feed]!;
            ((string?)boat["title"]).ShouldBe((string?)parsed["title"]);
            boat["entries"]!.AsArray().Count.ShouldBe(parsed["entries"]!.AsArray().Count);
        }

        var corrections = read["newsboat"]![feeds[1]]!["entries"]!.AsArray();
        ((string?)corrections.ShouldHaveSingleItem()).ShouldStartWith(
            "Krefeld: Berichtigt: Sicherheit von „Beschlossen“"
        );
        var committee = read["newsboat"]![feeds[0]]!["entries"]!
            .AsArray()
            .Select(e => (string)e!)
            .ToList();
        committee.ShouldAllBe(t => t.StartsWith("Krefeld: ", StringComparison.Ordinal));
        read["newsboat"]![feeds[2]]!["entries"]!
            .AsArray()
            .Select(e => (string)e!)
            .ShouldAllBe(t => t.Contains(" (Stand jetzt: ", StringComparison.Ordinal));
        var calendar = read["icalendar"]!;
        ((string?)calendar["name"]).ShouldBe("Fristen: Krefeld");
        calendar["events"]!
            .AsArray()
            .ShouldContain(e =>
                (string)e!["day"]! == "2025-12-31" && (string)e["status"]! == "CONFIRMED"
            );
    }

    private static string EnumName(Confidence confidence) => Projections.EnumNames.Of(confidence);

    private static async Task<string> RunAsync(string program, string[] arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Path.Combine(Api.Repository.Root, "tests", "Contract"),
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, await errors);
        return await output;
    }

    private static string? MissingPython()
    {
        if (!File.Exists("/usr/bin/python3") || !File.Exists("/usr/bin/newsboat"))
        {
            return "python3 or newsboat is missing: sudo apt-get install -y newsboat python3-feedparser python3-icalendar";
        }

        using var process = Process.Start(
            new ProcessStartInfo("/usr/bin/python3", ["-c", "import feedparser, icalendar"])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
            }
        )!;
        process.WaitForExit();
        return process.ExitCode == 0
            ? null
            : "python3-feedparser or python3-icalendar is missing: sudo apt-get install -y python3-feedparser python3-icalendar";
    }
}
