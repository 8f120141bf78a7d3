using System.Net;
using System.Text.RegularExpressions;
using Projections.Timelines;
using Testing;

namespace Web.Tests.Pages;

/// <summary>Every page over HTTP, on the real host with the real seeds.</summary>
public sealed partial class PagesTests(SeededSite seeded) : IClassFixture<SeededSite>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/krefeld")]
    [InlineData("/krefeld/zusagen")]
    [InlineData("/krefeld/zusagen/klimaneutral-2035")]
    [InlineData("/krefeld/ausschuesse")]
    [InlineData("/krefeld/ausschuesse/umwelt-klima-nachhaltigkeit-landwirtschaft")]
    [InlineData("/krefeld/ziele")]
    [InlineData("/krefeld/ziele/emissionen-minus-60-2025")]
    [InlineData("/siegen")]
    [InlineData("/siegen/ausschuesse")]
    [InlineData("/ziele/reference-nrw-treibhausgase")]
    [InlineData("/methodik")]
    [InlineData("/krefeld/ausschuesse/umwelt-klima-nachhaltigkeit-landwirtschaft/sitzungsblatt")]
    [InlineData("/krefeld/bilanz/2024")]
    [InlineData("/vergleich")]
    [InlineData("/barrierefreiheit")]
    [InlineData("/datenschutz")]
    [InlineData("/impressum")]
    [InlineData("/fehler-melden")]
    public async Task A_page_answers_in_German_with_one_heading_and_everything_a_search_engine_needs(
        string path
    )
    {
        var html = await seeded.PageAsync(path);
        html.ShouldStartWith("<!DOCTYPE html>");
        html.ShouldContain("<html lang=\"de\">");
        Heading().Count(html).ShouldBe(1);
        html.ShouldContain("unabhängig, kein Angebot der Stadt");
        html.ShouldContain(
            $"<link rel=\"canonical\" href=\"{(await seeded.SiteAsync()).Address.GetLeftPart(UriPartial.Authority)}{path}\""
        );
        Description().Match(html).Groups["it"].Value.Length.ShouldBeInRange(40, 260);
        html.ShouldNotContain("<script");
        html.ShouldNotContain(" style=");
        html.ShouldNotContain("<style");
        html.ShouldNotContain("&#xE");
        html.ShouldNotContain("&#xF");
        html.Length.ShouldBeLessThan(100_000);
    }

    [Fact]
    public async Task HEAD_is_answered_like_GET()
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Head,
            "/krefeld/zusagen/klimaneutral-2035"
        );
        using var response = await (await seeded.SiteAsync()).Http.SendAsync(
            request,
            TestContext.Current.CancellationToken
        );
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/nirgends")]
    [InlineData("/Krefeld")]
    [InlineData("/nirgends/zusagen")]
    [InlineData("/krefeld/zusagen/gibt-es-nicht")]
    [InlineData("/krefeld/zusagen/%01")]
    [InlineData("/krefeld/ausschuesse/gibt-es-nicht")]
    [InlineData("/siegen/zusagen/klimaneutral-2035")]
    [InlineData("/krefeld/ziele/gibt-es-nicht")]
    [InlineData("/ziele/krefeld-emissionen-minus-60-2025")]
    [InlineData("/ereignisse/01890000-0000-7000-8000-000000000000")]
    [InlineData("/ein/sehr/langer/weg")]
    public async Task What_is_not_on_record_is_a_German_404_page(string path)
    {
        var html = await seeded.PageAsync(path, HttpStatusCode.NotFound);
        html.ShouldContain("Diese Seite gibt es nicht");
        html.ShouldContain("noindex");
    }

    [Fact]
    public async Task A_404_within_a_town_offers_its_search() =>
        (
            await seeded.PageAsync("/krefeld/zusagen/gibt-es-nicht", HttpStatusCode.NotFound)
        ).ShouldContain("action=\"/krefeld/zusagen\"");

    [Fact]
    public async Task The_address_of_an_event_leads_to_the_place_where_it_stands()
    {
        var html = await seeded.PageAsync("/krefeld/zusagen/klimaneutral-2035");
        var address = EventAddress().Match(html).Groups["it"].Value;
        var page = await seeded.PageAsync(address);
        var place = EventPlace().Match(page).Groups["it"].Value;
        html.ShouldContain($"id=\"{place}\"");
    }

    [Fact]
    public async Task The_timeline_shows_status_reason_votes_evidence_and_both_clocks()
    {
        var html = await seeded.PageAsync("/krefeld/zusagen/klimaneutral-2035");
        html.ShouldContain("weil der Rat der Stadt Krefeld am 17. November 2022 zugestimmt hat");
        html.ShouldContain("Geschehen am 12. Dezember 2023");
        html.ShouldContain("hier vermerkt am ");
        html.ShouldContain("24 dafür, 22 dagegen, 5 Enthaltungen");
        html.ShouldContain("rel=\"noopener\"");
        html.ShouldContain("zugeordnet von uns (erschlossen)");
        html.ShouldContain("gedruckte Zeilen 127 bis 130");
        html.ShouldContain("Wahlperiode zu Ende.");
        html.ShouldNotContain("Frist überschritten");
        html.ShouldContain("kein Eintrag");
    }

    [Fact]
    public async Task The_sixty_per_cent_page_says_first_that_it_cannot_be_assessed_and_why()
    {
        var html = await seeded.PageAsync("/krefeld/ziele/emissionen-minus-60-2025");
        var first = FirstParagraph().Match(html).Groups["it"].Value;
        first.ShouldStartWith(
            "Ob das Ziel erreicht ist, lässt sich nicht sagen: Es fehlen ein Ausgangswert für 1990"
        );
        html.ShouldContain("nicht die Zahlen von Krefeld");
        html.ShouldContain("<svg class=\"chart\"");
        html.ShouldContain("<table>");
    }

    [Fact]
    public async Task The_environment_committee_opens_with_the_end_of_its_term()
    {
        var html = await seeded.PageAsync(
            "/krefeld/ausschuesse/umwelt-klima-nachhaltigkeit-landwirtschaft"
        );
        FirstParagraph()
            .Match(html)
            .Groups["it"]
            .Value.ShouldContain("ist hier noch nicht vermerkt");
    }

    [Fact]
    public async Task A_search_narrows_the_list_and_says_how_many_it_found()
    {
        var html = await seeded.PageAsync("/krefeld/zusagen?text=klimaneutral&status=decided");
        html.ShouldContain($"1 von {await CountAsync()} Zusagen");
        html.ShouldContain("klimaneutral-2035");
        html.ShouldContain("noindex");
    }

    [Theory]
    [InlineData("text=%00", "")]
    [InlineData("status=erfunden&text=", "")]
    [InlineData("text=%25%25", "0 von ")]
    [InlineData("text=%3Cscript%3E", "0 von ")]
    [InlineData("thema=erfunden", "0 von ")]
    public async Task Odd_searches_are_answered(string query, string counted) =>
        (await seeded.PageAsync($"/krefeld/zusagen?{query}")).ShouldContain(
            $"<strong>{counted}{await CountAsync()} Zusagen</strong>"
        );

    [Fact]
    public async Task The_style_sheet_is_small_and_there()
    {
        var css = await seeded.PageAsync("/zusagenbuch.css");
        css.Length.ShouldBeLessThan(22_000);
        (await seeded.PageAsync("/zusagenbuch.svg")).ShouldContain("<svg");
    }

    private async Task<int> CountAsync() =>
        (
            await new TimelineReader((await seeded.SiteAsync()).Ledger.Database).ListAsync(
                new PromiseFilter("krefeld")
            )
        ).Count;

    [GeneratedRegex("<meta name=\"description\" content=\"(?<it>.*?)\"", RegexOptions.None, 1000)]
    private static partial Regex Description();

    [GeneratedRegex("<h1", RegexOptions.None, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("</h1>\\s*<p[^>]*>(?<it>.*?)</p>", RegexOptions.None, 1000)]
    private static partial Regex FirstParagraph();

    [GeneratedRegex(
        "href=\"/krefeld/zusagen/klimaneutral-2035#(?<it>[^\"]+)\"",
        RegexOptions.None,
        1000
    )]
    private static partial Regex EventPlace();

    [GeneratedRegex("href=\"(?<it>/ereignisse/[0-9a-f-]+)\"", RegexOptions.None, 1000)]
    private static partial Regex EventAddress();
}
