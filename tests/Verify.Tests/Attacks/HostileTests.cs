using System.Text;
using System.Text.Json.Nodes;
using Verify.Reporting;
using Verify.Tests.Log;

namespace Verify.Tests.Attacks;

/// <summary>Answers made to be read in two ways, to bring the check down, or to write its verdict.</summary>
public sealed class HostileTests : IDisposable
{
    private readonly Watchdog _watchdog = new();

    [Fact]
    public async Task An_item_that_is_an_entry_and_a_view_at_once_says_two_things()
    {
        await using var site = await FakeSite.StartAsync(30);
        var entry = (JsonObject)JsonNode.Parse(site.Log.Entries[17])!;
        entry["event"] = site.Views[17]["event"]!.DeepClone();
        entry["event"]!["summary"]!["de"] = "Etwas ganz anderes.";
        site.Views[17] = Places(entry, 17);
        (await _watchdog.CheckAsync(site)).ShouldBeFault("api-alters").Index.ShouldBe(17);
    }

    [Theory]
    [InlineData("index", "18")]
    [InlineData("stream", "\"promise:musterstadt-zusage-8\"")]
    public async Task An_entry_that_is_placed_elsewhere_than_it_says_is_found(
        string member,
        string value
    )
    {
        await using var site = await FakeSite.StartAsync(30);
        site.StreamViews = [.. site.Views];
        site.StreamViews[17] = Places((JsonObject)JsonNode.Parse(site.Log.Entries[17])!, 17);
        site.Views[17] = (JsonObject)site.StreamViews[17].DeepClone();
        site.Views[17][member] = JsonNode.Parse(value);
        (await _watchdog.CheckAsync(site)).ShouldBeFault("api-alters").Index.ShouldBe(17);
    }

    [Theory]
    [InlineData("recordedBy")]
    [InlineData("reviewedBy")]
    public async Task Another_recorder_inside_the_event_than_beside_it_is_found(string member)
    {
        await using var site = await FakeSite.StartAsync(30);
        ((JsonObject)site.Views[17]["event"]!)[member] = "jemand anderes";
        (await _watchdog.CheckAsync(site)).ShouldBeFault("api-alters").Index.ShouldBe(17);
    }

    [Fact]
    public async Task A_time_that_two_people_read_differently_is_found()
    {
        await using var site = await FakeSite.StartAsync(30);
        site.Views[17]["recorded"] = "01/02/2026 08:18:00 +00:00";
        (await _watchdog.CheckAsync(site)).ShouldBeFault("api-alters").Index.ShouldBe(17);
    }

    [Theory]
    [InlineData("api/v1/events")]
    [InlineData("api/v1/promises/musterstadt-zusage-7/events")]
    public async Task A_member_that_is_there_twice_is_not_read(string list)
    {
        await using var site = await FakeSite.StartAsync(30);
        using var http = new HttpClient();
        var honest = await http.GetStringAsync(
            new Uri(site.Address, $"{list}?limit=200"),
            TestContext.Current.CancellationToken
        );
        var twice = honest.Replace(
            "\"event\":",
            "\"event\":null,\"event\":",
            StringComparison.Ordinal
        );
        site.Lies[list] = c => c.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(twice)).AsTask();
        (await _watchdog.CheckAsync(site)).ShouldBeUnchecked("api-unreadable");
    }

    [Fact]
    public async Task Something_that_is_shown_in_place_of_a_withheld_entry_is_found()
    {
        await using var site = await FakeSite.StartAsync(30);
        var view = (JsonObject)site.Views[12].DeepClone();
        site.Log.Withhold(12);
        site.Publish(site.Log);
        view["event"]!["summary"]!["de"] = "Frei erfunden.";
        site.Views.Insert(12, view);
        (await _watchdog.CheckAsync(site)).ShouldBeFault("api-adds").Index.ShouldBe(12);

        // Its place without content is honest.
        view["event"] = null;
        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
    }

    [Fact]
    public async Task A_withheld_entry_that_is_listed_with_another_hash_is_found()
    {
        await using var site = await FakeSite.StartAsync(30);
        site.Log.Withhold(12);
        site.Publish(site.Log);
        var list =
            $$"""{"items":[{"index":12,"hash":"{{Convert.ToBase64String(new byte[32])}}","declaredBy":30}]}""";
        site.Lies["log/withheld"] = c =>
            c.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(list)).AsTask();
        (await _watchdog.CheckAsync(site)).ShouldBeFault("withheld-unlisted").Index.ShouldBe(12);
    }

    [Fact]
    public async Task An_entry_as_deep_as_anybody_likes_gives_a_verdict()
    {
        for (var depth = 58; depth < 70; depth++)
        {
            await using var site = await FakeSite.StartAsync(20);
            var nested = $"{new string('[', depth)}{new string(']', depth)}";
            site.Log.Add("promise:musterstadt-zusage-3", "reported", $$"""{"a":{{nested}}}""");
            site.ServeSigned(site.Log);
            var verdict = await _watchdog.CheckAsync(
                site,
                r => r with { LogOnly = true, State = null }
            );
            (verdict.Faults is [var first, ..] ? first.Code : "whole").ShouldBe(
                depth <= 62 ? "whole" : "not-canonical",
                $"{depth}"
            );
        }
    }

    [Theory]
    [InlineData("withheld", "{\"index\":\"12\"}")]
    [InlineData("withheld", "{\"index\":null}")]
    [InlineData("withheld", "{\"index\":-1}")]
    [InlineData("erased", "{\"digests\":\"x\"}")]
    [InlineData("stated", "{\"_sd\":{}}")]
    [InlineData("stated", "{\"_sd\":[1,null,[]]}")]
    [InlineData("keyRotated", "{\"statement\":\"x\"}")]
    [InlineData("keyRotated", "{\"statement\":[]}")]
    public async Task Entries_that_mean_something_and_hold_nonsense_give_a_verdict(
        string type,
        string data
    )
    {
        await using var site = await FakeSite.StartAsync(20);
        site.Log.Add("promise:musterstadt-zusage-3", type, data);
        site.Publish(site.Log);
        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
    }

    [Fact]
    public async Task Nothing_that_a_server_says_writes_a_verdict_on_the_screen()
    {
        await using var site = await FakeSite.StartAsync(20);
        site.Lies["log/checkpoint"] = c =>
        {
            c.Response.StatusCode = 302;
            c.Response.Headers.Location = "https://anderswo.example/%0A";
            return Task.CompletedTask;
        };
        TextReport
            .Of(await _watchdog.CheckAsync(site), "de")
            .Split('\n')
            .ShouldHaveSingleItem()
            .ShouldStartWith("URTEIL: nicht geprüft");

        site.Lies.Clear();
        site.Log.Add(
            "promise:a\\u001b[2J\\nURTEIL: unversehrt.\\r\u202e",
            "reported",
            """{"recordedBy":"x","reviewedBy":null}"""
        );
        site.ServeSigned(site.Log);
        site.Serve(site.Log);
        site.StreamViews = [];
        var verdict = await _watchdog.CheckAsync(site);
        verdict.Exit.ShouldBe(1);
        var text = TextReport.Of(verdict with { Faults = [verdict.Faults[^1]] }, "de");
        text.ShouldContain("URTEIL: unversehrt");
        text.Split('\n').ShouldNotContain(l => l.StartsWith("URTEIL: unversehrt"));
        text.ShouldNotContain("\u001b");
        text.ShouldNotContain("\r");
        text.ShouldNotContain("\u202e");
    }

    private static JsonObject Places(JsonObject entry, int index)
    {
        entry["index"] = index;
        entry["stream"] = entry["subject"]!.DeepClone();
        return entry;
    }

    public void Dispose() => _watchdog.Dispose();
}
