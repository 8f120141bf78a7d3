using System.Net;
using System.Text.Json.Nodes;
using Testing;

namespace Web.Tests.Api;

/// <summary>Reading the real catalogue.</summary>
public sealed class ReadTests(SeededSite seeded) : IClassFixture<SeededSite>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("source")]
    [InlineData("title")]
    [InlineData("newest")]
    public async Task Pages_of_promises_together_are_the_list(string sort)
    {
        var site = await seeded.SiteAsync();
        var whole = (await site.Http.GetJsonAsync($"promises?sort={sort}&limit=500"))["items"]!
            .AsArray()
            .Select(p => (string)p!["id"]!)
            .ToList();

        foreach (var asOf in (string[])["", "&stand=100000", "&zum=2199-01-01"])
        {
            List<string> paged = [];
            for (var cursor = ""; ; )
            {
                var page = await site.Http.GetJsonAsync(
                    $"promises?sort={sort}&limit=37{asOf}{cursor}"
                );
                paged.AddRange(page["items"]!.AsArray().Select(p => (string)p!["id"]!));
                if ((string?)page["next"] is not { } next)
                {
                    break;
                }

                cursor = $"&cursor={next}";
            }

            paged.ShouldBe(whole);
        }

        whole.Count.ShouldBeGreaterThan(300);
    }

    [Theory]
    [InlineData("municipality=siegen", "municipality", "siegen")]
    [InlineData("status=fulfilled", "status", "fulfilled")]
    [InlineData("topic=klima&municipality=krefeld", "topic", "klima")]
    [InlineData(
        "source=siegen-kooperationsvertrag-2020",
        "source",
        "siegen-kooperationsvertrag-2020"
    )]
    public async Task Filters_hold_now_and_for_earlier_states(
        string query,
        string field,
        string value
    )
    {
        var site = await seeded.SiteAsync();
        var now = (await site.Http.GetJsonAsync($"promises?limit=500&{query}"))["items"]!.AsArray();
        now.ShouldNotBeEmpty();
        now.ShouldAllBe(p => (string?)p![field] == value);
        var then = (await site.Http.GetJsonAsync($"promises?limit=500&{query}&stand=100000"))[
            "items"
        ]!.AsArray();
        then.ToJsonString().ShouldBe(now.ToJsonString());
    }

    [Fact]
    public async Task Time_travel_goes_both_ways()
    {
        var site = await seeded.SiteAsync();
        var stats = await site.Http.GetJsonAsync("statistics");

        ((int)(await site.Http.GetJsonAsync("statistics?stand=0"))["promises"]!).ShouldBe(0);
        ((int)(await site.Http.GetJsonAsync("statistics?stand=2020-01-01"))["promises"]!).ShouldBe(
            0
        );
        ((int)(await site.Http.GetJsonAsync("statistics?stand=2199-01-01"))["promises"]!).ShouldBe(
            (int)stats["promises"]!
        );
        (
            (int)
                (await site.Http.GetJsonAsync("statistics?stand=2199-01-01T00:00:00Z"))["promises"]!
        ).ShouldBe((int)stats["promises"]!);

        // Adopted in November 2022: by the knowledge of now, on the day before nothing had happened yet.
        (
            (string?)
                (await site.Http.GetJsonAsync("promises/krefeld-klimaneutral-2035"))["overview"]![
                    "status"
                ]
        ).ShouldBe("decided");
        (
            (string?)
                (await site.Http.GetJsonAsync("promises/krefeld-klimaneutral-2035?zum=2020-12-31"))[
                    "overview"
                ]!["status"]
        ).ShouldNotBe("decided");
        (
            (string?)
                (await site.Http.GetJsonAsync("promises/krefeld-klimaneutral-2035?zum=2022-11-17"))[
                    "overview"
                ]!["status"]
        ).ShouldBe("decided");
    }

    [Theory]
    [InlineData("promises")]
    [InlineData("promises/krefeld-klimaneutral-2035")]
    [InlineData("promises/krefeld-klimaneutral-2035/events")]
    [InlineData("municipalities")]
    [InlineData("municipalities/krefeld")]
    [InlineData("sources")]
    [InlineData("sources/krefeld-kooperationsvereinbarung-2020")]
    [InlineData("committees?municipality=krefeld")]
    [InlineData("targets?municipality=krefeld")]
    [InlineData("events?limit=3")]
    [InlineData("statistics")]
    [InlineData("installation")]
    public async Task A_read_has_a_tag_a_head_and_is_open_to_every_origin(string path)
    {
        var site = await seeded.SiteAsync();
        var first = await site.Http.GetAsync(new Uri($"/api/v1/{path}", UriKind.Relative), Stop);
        var tag = first.Headers.ETag.ShouldNotBeNull();
        first.Headers.CacheControl!.NoCache.ShouldBeTrue();

        using var again = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{path}");
        again.Headers.IfNoneMatch.Add(tag);
        again.Headers.Add("Origin", "https://anywhere.example");
        var unchanged = await site.Http.SendAsync(again, Stop);
        unchanged.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        unchanged.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        unchanged
            .Headers.GetValues("Access-Control-Expose-Headers")
            .ShouldBe(["ETag,Link,Last-Modified"]);
        unchanged.Headers.ETag.ShouldBe(tag);

        var head = await site.Http.SendAsync(
            new HttpRequestMessage(HttpMethod.Head, $"/api/v1/{path}"),
            Stop
        );
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Headers.ETag.ShouldBe(tag);
        head.Content.Headers.ContentLength.ShouldBe(first.Content.Headers.ContentLength);
        (await head.Content.ReadAsByteArrayAsync(Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_write_is_not_open_to_other_origins()
    {
        var site = await seeded.SiteAsync();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/api/v1/promises");
        preflight.Headers.Add("Origin", "https://anywhere.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");

        (await site.Http.SendAsync(preflight, Stop))
            .Headers.Contains("Access-Control-Allow-Origin")
            .ShouldBeFalse();
    }

    [Fact]
    public async Task The_record_is_read_in_its_order()
    {
        var site = await seeded.SiteAsync();
        List<long> indexes = [];
        string? cursor = "0";
        while (cursor is not null)
        {
            var page = await site.Http.GetJsonAsync($"events?limit=200&cursor={cursor}");
            page["items"]!
                .AsArray()
                .ShouldAllBe(e => e!["unreadable"] == null && e["event"]!["type"] != null);
            indexes.AddRange(page["items"]!.AsArray().Select(e => (long)e!["index"]!));
            cursor = (string?)page["next"];
        }

        indexes.ShouldBe(Enumerable.Range(0, indexes.Count).Select(i => (long)i));
        indexes.Count.ShouldBe((int)await site.Ledger.Store.NextIndexAsync(Stop));
    }

    [Fact]
    public async Task A_target_says_why_it_cannot_be_assessed()
    {
        var site = await seeded.SiteAsync();
        var targets = (await site.Http.GetJsonAsync("targets?municipality=krefeld"))[
            "items"
        ]!.AsArray();
        JsonNode target = targets.First(t => !(bool)t!["assessment"]!["possible"]!)!;
        target["assessment"]!["missing"]!.AsArray().ShouldNotBeEmpty();
        (await site.Http.GetJsonAsync($"targets/{target["id"]}"))["id"]!
            .GetValue<string>()
            .ShouldBe((string?)target["id"]);
    }
}
