using System.Text.Json.Nodes;
using Verify.Tests.Log;

namespace Verify.Tests.Attacks;

/// <summary>An honest log beside a site that shows something else.</summary>
public sealed class ApiTests : IDisposable
{
    private readonly Watchdog _watchdog = new();

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    [InlineData(599)]
    public async Task A_list_of_all_that_withholds_an_event_is_found(int index)
    {
        await using var site = await FakeSite.StartAsync();
        site.StreamViews = [.. site.Views];
        site.Views.RemoveAt(index);
        var fault = (await _watchdog.CheckAsync(site)).ShouldBeFault("api-withholds");
        fault.Index.ShouldBe(index);
        fault.Sentence.En.ShouldContain("/api/v1/events");
    }

    [Fact]
    public async Task A_promise_that_withholds_one_of_its_events_is_found()
    {
        await using var site = await FakeSite.StartAsync();
        site.StreamViews = [.. site.Views];
        site.StreamViews.RemoveAt(43);
        var fault = (await _watchdog.CheckAsync(site)).ShouldBeFault("api-withholds");
        fault.Subject.ShouldBe("promise:musterstadt-zusage-3");
    }

    [Fact]
    public async Task A_promise_whose_list_is_gone_is_found()
    {
        await using var site = await FakeSite.StartAsync();
        site.StreamViews =
        [
            .. site.Views.Where(v => (string)v["stream"]! != "promise:musterstadt-zusage-9"),
        ];
        (await _watchdog.CheckAsync(site))
            .ShouldBeFault("api-withholds")
            .Subject.ShouldBe("promise:musterstadt-zusage-9");
    }

    [Theory]
    [InlineData("summary")]
    [InlineData("type")]
    [InlineData("recorded")]
    [InlineData("recordedBy")]
    [InlineData("id")]
    [InlineData("version")]
    [InlineData("event")]
    [InlineData("extra")]
    public async Task An_altered_event_of_a_promise_is_found_whatever_was_altered(string what)
    {
        await using var site = await FakeSite.StartAsync(30);
        site.StreamViews = [.. site.Views.Select(v => (JsonObject)v.DeepClone())];
        Alter(site.StreamViews[17], what);
        var fault = (await _watchdog.CheckAsync(site)).ShouldBeFault("api-alters");
        (fault.Index, fault.Subject).ShouldBe((17, "promise:musterstadt-zusage-7"));
    }

    [Fact]
    public async Task An_altered_event_in_the_list_of_all_is_found()
    {
        await using var site = await FakeSite.StartAsync();
        site.StreamViews = [.. site.Views.Select(v => (JsonObject)v.DeepClone())];
        Alter(site.Views[300], "summary");
        (await _watchdog.CheckAsync(site)).ShouldBeFault("api-alters").Index.ShouldBe(300);
    }

    [Fact]
    public async Task An_event_that_the_log_does_not_hold_is_found()
    {
        await using var site = await FakeSite.StartAsync(30);
        site.StreamViews = [.. site.Views];
        var foreign = (JsonObject)site.Views[4].DeepClone();
        foreign["stream"] = "promise:musterstadt-zusage-7";
        site.StreamViews.Add(foreign);
        (await _watchdog.CheckAsync(site))
            .ShouldBeFault("api-adds")
            .Subject.ShouldBe("promise:musterstadt-zusage-7");
    }

    [Fact]
    public async Task What_was_recorded_after_the_checkpoint_is_passed_over()
    {
        await using var site = await FakeSite.StartAsync(30);
        var note = site.Checkpoint;
        site.Serve(site.Log.Record(300));
        site.Checkpoint = note;
        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
    }

    [Fact]
    public async Task An_api_that_serves_the_entries_themselves_is_compared_as_well()
    {
        await using var site = await FakeSite.StartAsync(30);
        for (var i = 0; i < 30; i++)
        {
            site.Views[i] = (JsonObject)JsonNode.Parse(site.Log.Entries[i])!;
            site.Views[i]["index"] = i;
            site.Views[i]["stream"] = site.Views[i]["subject"]!.DeepClone();
        }

        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
        site.Views[20]["data"]!["occurred"] = "2024";
        (await _watchdog.CheckAsync(site)).ShouldBeFault("api-alters").Index.ShouldBe(20);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"items\":[1]}")]
    [InlineData("no json")]
    [InlineData("{\"items\":[],\"next\":\"0\"}")]
    public async Task An_api_that_cannot_be_read_leaves_the_question_open(string answer)
    {
        await using var site = await FakeSite.StartAsync(30);
        site.Lies["api/v1/events"] = c =>
            c.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(answer)).AsTask();
        (await _watchdog.CheckAsync(site)).ShouldBeUnchecked("api-unreadable");
    }

    private static void Alter(JsonObject view, string what)
    {
        var body = (JsonObject)view["event"]!;
        switch (what)
        {
            case "summary":
                body["summary"]!["de"] = "Etwas anderes.";
                break;
            case "type":
                body["type"] = "completed";
                break;
            case "extra":
                body["amount"] = "5.00";
                break;
            case "event":
                view["event"] = null;
                break;
            case "recorded":
                view["recorded"] = "2025-01-01T00:00:00+00:00";
                break;
            case "version":
                view["version"] = 99;
                break;
            default:
                view[what] = "anders";
                break;
        }
    }

    public void Dispose() => _watchdog.Dispose();
}
