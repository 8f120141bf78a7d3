using System.Net;
using System.Text;
using Testing;
using Web.Tests.Pages.Crawling;

namespace Web.Tests.Pages;

/// <summary>Pages as they were: <c>?stand=</c> is permanent, <c>?zum=</c> is what had happened, and neither can be mistaken for now.</summary>
public sealed class TimeTravelTests(SeededSite seeded) : IClassFixture<SeededSite>
{
    private static readonly string[] s_pages =
    [
        $"/{Sample.Town}",
        $"/{Sample.Town}/zusagen",
        $"/{Sample.Town}/zusagen?text=Radwege&status=delayed",
        $"/{Sample.Town}/zusagen/zusage-1",
        $"/{Sample.Town}/zusagen/zusage-2",
        $"/{Sample.Town}/ausschuesse",
        $"/{Sample.Town}/ausschuesse/bau",
        $"/{Sample.Town}/ausschuesse/bau/sitzungsblatt",
        $"/{Sample.Town}/ziele",
        $"/{Sample.Town}/ziele/{SampleTown.Target}",
        $"/{Sample.Town}/quellen",
        $"/quellen/{SampleTown.Source}",
        "/",
        "/aenderungen",
        $"/aenderungen?municipality={Sample.Town}&status=changed",
        $"/{Sample.Town}/zusagen.csv",
        $"/{Sample.Town}/bilanz/2023",
    ];

    [Fact]
    public async Task A_page_of_a_past_moment_says_the_same_for_ever_whatever_is_recorded_later()
    {
        // Made anew each time: a page that is kept would prove nothing.
        await using var site = await LedgerSite.StartAsync(seeds: false, keepPages: false);
        var town = new SampleTown(site.Ledger.Store, 7);
        await town.FoundAsync();
        Dictionary<string, string> stored = new(StringComparer.Ordinal);
        for (var round = 0; round < Math.Max(4, Load.Times(40)); round++)
        {
            for (var i = 0; i < 5; i++)
            {
                await town.LiveAsync();
                await town.LiveBesidesAsync();
            }

            await site.CaughtUpAsync();
            var stand = await site.Ledger.Store.NextIndexAsync() - 1;
            foreach (var page in round % 2 == 0 ? s_pages[..8] : s_pages[8..])
            {
                foreach (var zum in (string[])["", "&zum=2022-12-31"])
                {
                    if (zum.Length > 0 && IsByRecordAlone(page))
                    {
                        continue;
                    }

                    var address =
                        $"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}stand={stand}{zum}";
                    stored[address] = await TextAsync(site, address);
                }
            }
        }

        foreach (var (address, text) in stored)
        {
            (await TextAsync(site, address)).ShouldBe(text, address);
        }
    }

    [Fact]
    public async Task The_newest_state_is_the_live_page_with_a_banner()
    {
        await using var site = await LedgerSite.StartAsync(seeds: false);
        var town = new SampleTown(site.Ledger.Store, 11);
        await town.FoundAsync();
        for (var i = 0; i < 60; i++)
        {
            await town.LiveAsync();
            await town.LiveBesidesAsync();
        }

        await site.CaughtUpAsync();
        var stand = await site.Ledger.Store.NextIndexAsync() - 1;
        foreach (var page in s_pages)
        {
            var live = Content(await TextAsync(site, page));
            live.ShouldNotContain("stand=");
            var address =
                $"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}stand={stand}";
            Content(await TextAsync(site, address))
                .Replace($"&amp;stand={stand}", "", StringComparison.Ordinal)
                .Replace($"?stand={stand}", "", StringComparison.Ordinal)
                .Replace(
                    $"<input type=\"hidden\" name=\"stand\" value=\"{stand}\" />",
                    "",
                    StringComparison.Ordinal
                )
                .ShouldBe(live, page);
        }
    }

    [Fact]
    public async Task A_reader_of_the_past_stays_in_it_until_she_leaves_it()
    {
        var site = await seeded.SiteAsync();
        foreach (
            var page in (string[])
                [
                    "/",
                    "/krefeld",
                    "/krefeld/zusagen?text=klima",
                    "/krefeld/zusagen/klimaneutral-2035",
                    "/krefeld/ausschuesse/umwelt-klima-nachhaltigkeit-landwirtschaft",
                    "/krefeld/ziele",
                    "/quellen/krefeld-kooperationsvereinbarung-2020",
                    "/aenderungen",
                    "/krefeld/bilanz/2023",
                ]
        )
        {
            var parameters = page is "/aenderungen" or "/krefeld/bilanz/2023"
                ? "stand=450"
                : "stand=450&zum=2023-12-31";
            var address =
                $"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{parameters}";
            var past = CrawledPage.Read(
                site.Address,
                address,
                Encoding.UTF8.GetBytes(await TextAsync(site, address))
            );

            // In the past, what says how things stand; never what stands for itself or only ever is as it is now.
            var inPast = past.Links.Where(l => l.Contains("stand=450", StringComparison.Ordinal));
            inPast.ShouldNotBeEmpty(page);
            past.Links.Where(l => l.Contains("zum=", StringComparison.Ordinal))
                .ShouldAllBe(l => l.Contains("stand=450&zum=2023-12-31", StringComparison.Ordinal));
            past.Links.Where(l =>
                    l.StartsWith("/ereignisse/", StringComparison.Ordinal)
                    || l.StartsWith("/methodik", StringComparison.Ordinal)
                    || l.StartsWith("/api/", StringComparison.Ordinal)
                )
                .ShouldAllBe(l => !l.Contains("stand=", StringComparison.Ordinal));
            past.Links.ShouldContain(page, "the way back to today");
            foreach (var link in inPast.Take(12))
            {
                using var answer = await GetAsync(link);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{page} -> {link}");
            }
        }
    }

    [Theory]
    [InlineData("/aenderungen")]
    [InlineData("/krefeld/bilanz/2023")]
    public async Task Where_a_page_has_no_axis_of_what_happened_it_says_so_by_dropping_it(
        string page
    )
    {
        using var response = await GetAsync($"{page}?stand=40&zum=2022-12-31");
        response.Headers.Location!.ToString().ShouldBe($"{page}?stand=40");
        (await TextAsync(await seeded.SiteAsync(), page)).ShouldNotContain("name=\"zum\"");
    }

    [Theory]
    [InlineData("stand=2020-01-01", HttpStatusCode.NotFound, "Damals noch nicht verzeichnet")]
    [InlineData("stand=gestern", HttpStatusCode.BadRequest, "weder ein Tag noch ein Zeitpunkt")]
    [InlineData("stand=-1", HttpStatusCode.BadRequest, "weder ein Tag noch ein Zeitpunkt")]
    [InlineData("stand=2026-13-01", HttpStatusCode.BadRequest, "weder ein Tag")]
    [InlineData("zum=2024", HttpStatusCode.BadRequest, "ist kein Tag")]
    [InlineData("zum=2024-01-01&zum=2024-01-02", HttpStatusCode.BadRequest, "ist kein Tag")]
    [InlineData("zum=2024-12-31", HttpStatusCode.OK, "bis zum 31. Dezember 2024 geschehen war")]
    [InlineData("stand=40", HttpStatusCode.OK, "nach dem Eintrag Nr. 40 vom")]
    public async Task Every_moment_gets_a_German_answer(
        string query,
        HttpStatusCode status,
        string sentence
    )
    {
        using var response = await GetAsync($"/krefeld?{query}");
        response.StatusCode.ShouldBe(status);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        html.ShouldContain(sentence);
        html.ShouldContain("noindex");
        if (status == HttpStatusCode.OK)
        {
            html.ShouldContain("/krefeld\" />");
        }
    }

    [Theory]
    [InlineData("stand=2190-01-01")]
    [InlineData("stand=2190-01-01T00:00:00Z")]
    [InlineData("stand=999999999")]
    [InlineData("zum=2190-01-01")]
    public async Task What_is_not_past_leads_to_the_current_state(string query)
    {
        using var response = await GetAsync($"/krefeld/zusagen?thema=klima&{query}");
        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        var newest = await (await seeded.SiteAsync()).Ledger.Store.NextIndexAsync() - 1;
        response
            .Headers.Location!.ToString()
            .ShouldBe($"/krefeld/zusagen?thema=klima&stand={newest}");
    }

    [Fact]
    public async Task What_happened_later_is_not_on_the_page_and_what_is_overdue_is_judged_on_that_day()
    {
        var then = await TextAsync(
            await seeded.SiteAsync(),
            "/krefeld/zusagen/klimaneutral-2035?zum=2023-01-01"
        );
        then.ShouldContain("Stand am 1. Januar 2023");
        then.ShouldContain("17. November 2022");
        then.ShouldNotContain("Geschehen am 12. Dezember 2023");
        then.ShouldNotContain("Wahlperiode zu Ende.");
    }

    [Fact]
    public async Task An_empty_form_leads_to_the_page_itself()
    {
        using var response = await GetAsync("/krefeld?stand=&zum=");
        response.Headers.Location!.ToString().ShouldBe("/krefeld");
    }

    private static bool IsByRecordAlone(string page) =>
        page.Contains("bilanz", StringComparison.Ordinal)
        || page.StartsWith("/aenderungen", StringComparison.Ordinal);

    private async Task<HttpResponseMessage> GetAsync(string path) =>
        await (await seeded.SiteAsync()).Http.GetAsync(
            new Uri(path, UriKind.Relative),
            TestContext.Current.CancellationToken
        );

    private static async Task<string> TextAsync(LedgerSite site, string path)
    {
        using var response = await site.Http.GetAsync(
            new Uri(path, UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            // The long run asks for more earlier states than one address may in a minute.
            await Task.Delay(
                response.Headers.RetryAfter!.Delta!.Value,
                TestContext.Current.CancellationToken
            );
            return await TextAsync(site, path);
        }

        ((int[])[200, 404]).ShouldContain((int)response.StatusCode, path);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static string Content(string html) =>
        !html.Contains("<main", StringComparison.Ordinal)
            ? html
            : html[
                html.IndexOf("<main", StringComparison.Ordinal)..html.IndexOf(
                    "</main>",
                    StringComparison.Ordinal
                )
            ];
}
