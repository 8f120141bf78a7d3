using System.Net;
using System.Xml.Linq;
using Ledger.EventStore;
using Projections.Timelines;
using Testing;

namespace Web.Tests.Pages;

/// <summary>The English pages over HTTP, on the real host with the real seeds.</summary>
public sealed class EnglishTests(SeededSite seeded) : IClassFixture<SeededSite>
{
    private const string Committee =
        "/en/krefeld/ausschuesse/umwelt-klima-nachhaltigkeit-landwirtschaft";

    [Theory]
    [InlineData("/en")]
    [InlineData("/en/krefeld")]
    [InlineData("/en/krefeld?zum=2024-12-31")]
    [InlineData("/en/siegen")]
    [InlineData("/en/krefeld/zusagen")]
    [InlineData("/en/krefeld/zusagen?text=klima&status=decided")]
    [InlineData("/en/krefeld/zusagen?text=klimahund")]
    [InlineData("/en/krefeld/zusagen/promenade?zum=2022-12-31")]
    [InlineData("/en/krefeld/ausschuesse")]
    [InlineData(Committee)]
    [InlineData($"{Committee}/sitzungsblatt")]
    [InlineData("/en/siegen/ausschuesse")]
    [InlineData("/en/krefeld/ziele")]
    [InlineData("/en/krefeld/quellen")]
    [InlineData("/en/vergleich")]
    [InlineData("/en/vergleich?von=2017-01-01&bis=2025-12-31")]
    [InlineData("/en/vergleich?von=2020-01-01&nach=vermerkt")]
    [InlineData("/en/vergleich?von=never", HttpStatusCode.BadRequest)]
    [InlineData("/en/aenderungen")]
    [InlineData("/en/aenderungen?municipality=krefeld&status=changed")]
    [InlineData("/en/aenderungen?topic=klima&before=600")]
    [InlineData("/en/aenderungen?corrections=only")]
    [InlineData("/en/abonnieren")]
    [InlineData("/en/abonnieren?promise=krefeld-promenade&status=funded&type=decided")]
    [InlineData("/en/abonnieren?committee=krefeld/umwelt-klima-nachhaltigkeit-landwirtschaft")]
    [InlineData("/en/abonnieren?committee=krefeld/none")]
    [InlineData("/en/methodik")]
    [InlineData("/en/pruefen")]
    [InlineData("/en/daten")]
    [InlineData("/en/impressum")]
    [InlineData("/en/datenschutz")]
    [InlineData("/en/barrierefreiheit")]
    [InlineData("/en/fehler-melden?seite=/krefeld")]
    [InlineData("/en/fehler-melden/danke")]
    [InlineData("/en/nirgends", HttpStatusCode.NotFound)]
    [InlineData("/en/krefeld/zusagen/klima", HttpStatusCode.NotFound)]
    [InlineData("/en/krefeld?stand=1850-01-01", HttpStatusCode.NotFound)]
    [InlineData("/en/krefeld?stand=never", HttpStatusCode.BadRequest)]
    [InlineData("/en/krefeld?zum=never", HttpStatusCode.BadRequest)]
    public async Task No_German_is_left_on_an_English_page_that_is_not_marked_as_German(
        string path,
        HttpStatusCode expected = HttpStatusCode.OK
    )
    {
        var html = await seeded.PageAsync(path, expected);
        html.ShouldContain("<html lang=\"en\">");
        var german = await GermanAsync();
        german.In(html).ShouldBeEmpty();
        german.NamesIn(html).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_German_is_left_on_the_English_page_of_any_promise_or_committee()
    {
        var site = await seeded.SiteAsync();
        var german = await GermanAsync();
        var promises = await new TimelineReader(site.Ledger.Database).ListAsync(
            new PromiseFilter(),
            TestContext.Current.CancellationToken
        );
        var paths = promises
            .Select(p => $"/en/{p.Municipality}/zusagen/{p.Slug}")
            .Concat(
                promises
                    .SelectMany(p =>
                        p.Committees.Select(c => $"/en/{p.Municipality}/ausschuesse/{c}")
                    )
                    .Distinct(StringComparer.Ordinal)
            );
        List<string> left = [];
        foreach (var path in paths)
        {
            var html = await seeded.PageAsync(path);
            left.AddRange(
                german.In(html).Concat(german.NamesIn(html)).Select(text => $"{path}: {text}")
            );
        }

        left.ShouldBeEmpty();
    }

    [Fact]
    public async Task No_German_is_left_on_the_English_page_of_any_target_source_balance_or_kind_of_entry()
    {
        var site = await seeded.SiteAsync();
        var german = await GermanAsync();
        var map = XDocument.Parse(await seeded.PageAsync("/sitemap.xml"));
        var entries = await site.Ledger.Store.ReadAllAsync(
            0,
            100_000,
            TestContext.Current.CancellationToken
        );
        var paths = map.Descendants(map.Root!.Name.Namespace + "loc")
            .Select(l => new Uri(l.Value).AbsolutePath)
            .Where(p =>
                p.StartsWith("/en/", StringComparison.Ordinal)
                && (
                    p.Contains("/ziele/", StringComparison.Ordinal)
                    || p.Contains("/quellen/", StringComparison.Ordinal)
                    || p.Contains("/bilanz/", StringComparison.Ordinal)
                )
            )
            .Concat(entries.GroupBy(e => e.Type).SelectMany(t => t.Take(3)).Select(Address))
            .ToList();
        paths.Count.ShouldBeGreaterThan(100);
        List<string> left = [];
        foreach (var path in paths)
        {
            var html = await seeded.PageAsync(path);
            left.AddRange(
                german
                    .In(html)
                    // A key, such as promise:krefeld-markt-der-moeglichkeiten, is no word.
                    .Where(text => text.Contains(' ', StringComparison.Ordinal))
                    .Concat(german.NamesIn(html))
                    .Select(text => $"{path}: {text}")
            );
        }

        left.ShouldBeEmpty();

        static string Address(RecordedEvent e) => $"/en/ereignisse/{e.Id:D}";
    }

    [Theory]
    [InlineData(
        "/krefeld/zusagen?text=klima&status=decided",
        "/en/krefeld/zusagen?text=klima&amp;status=decided"
    )]
    [InlineData(
        "/en/krefeld/zusagen?text=klima&status=decided",
        "/krefeld/zusagen?text=klima&amp;status=decided"
    )]
    [InlineData("/", "/en")]
    [InlineData("/en", "/")]
    public async Task The_other_language_is_one_link_away_with_the_same_question(
        string path,
        string other
    )
    {
        var (lang, word) = path.StartsWith("/en", StringComparison.Ordinal)
            ? ("de", "Deutsch")
            : ("en", "English");
        (await seeded.PageAsync(path)).ShouldContain(
            $"<a href=\"{other}\" lang=\"{lang}\" hreflang=\"{lang}\" rel=\"alternate\">{word}</a>"
        );
    }

    [Fact]
    public async Task English_ends_with_the_request_even_on_the_same_connection()
    {
        for (var i = 0; i < 3; i++)
        {
            (await seeded.PageAsync("/en/krefeld")).ShouldContain("<html lang=\"en\">");
            (await seeded.PageAsync("/krefeld")).ShouldContain("<html lang=\"de\">");
            await seeded.PageAsync("/en/krefeld?stand=never", HttpStatusCode.BadRequest);
            (await seeded.PageAsync("/krefeld?stand=nie", HttpStatusCode.BadRequest)).ShouldContain(
                "Diesen Zeitpunkt gibt es nicht"
            );
        }
    }

    [Fact]
    public async Task The_links_of_an_English_page_stay_in_English_and_those_to_files_do_not()
    {
        var html = await seeded.PageAsync("/en/krefeld/zusagen");
        html.ShouldContain("href=\"/en/krefeld/zusagen/promenade\"");
        html.ShouldContain("action=\"/en/krefeld/zusagen\"");
        html.ShouldNotContain("href=\"/krefeld/ausschuesse");
        html.ShouldContain("href=\"/krefeld/zusagen.csv\"");
        html.ShouldContain("fehler-melden?seite=%2Fkrefeld%2Fzusagen");
        (await seeded.PageAsync("/krefeld/zusagen.csv")).ShouldContain("adresse,titel,stand");
        await seeded.PageAsync("/en/krefeld/zusagen.csv", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_first_page_says_in_English_what_this_is()
    {
        var html = await seeded.PageAsync("/en");
        html.ShouldContain(
            "<title>What became of promises in local politics – Zusagenbuch</title>"
        );
        html.ShouldContain("A partial step does not fulfil a whole promise");
        html.ShouldContain("Nobody has looked yet. That says nothing about what happened.");
        html.ShouldContain("Recorded here on ");
    }

    [Fact]
    public async Task The_timeline_shows_status_reason_votes_evidence_and_both_clocks_in_English()
    {
        var html = await seeded.PageAsync("/en/krefeld/zusagen/klimaneutral-2035");
        html.ShouldContain(
            "because the <span lang=\"de\">Rat der Stadt Krefeld</span> adopted it on 17 November 2022"
        );
        html.ShouldContain("Happened on 12 December 2023");
        html.ShouldContain("recorded here on ");
        html.ShouldContain("24 for, 22 against, 5 abstentions");
        html.ShouldContain("assigned by us (inferred)");
        html.ShouldContain("printed lines 127 to 130");
        html.ShouldContain("Term ended.");
        html.ShouldContain("That is not a verdict on the promise.");
        html.ShouldNotContain("Deadline passed");
        html.ShouldContain("no entry for more than ");
        html.ShouldContain("<h2 id=\"verlauf\">What has happened</h2>");
    }

    [Fact]
    public async Task A_search_says_in_English_how_many_it_found_and_what_it_took_a_word_for()
    {
        var html = await seeded.PageAsync("/en/krefeld/zusagen?text=klimaneutral&status=decided");
        html.ShouldContain("<strong>1 of ");
        html.ShouldContain(" promises</strong>");
        html.ShouldContain("<option value=\"decided\" selected>decided (");
        (await seeded.PageAsync("/en/krefeld/zusagen?text=xqzwv")).ShouldContain(
            "“xqzwv” does not appear in any promise, nor does anything like it."
        );
    }

    [Fact]
    public async Task A_committee_opens_in_English_with_the_end_of_its_term_and_its_sheet_has_English_heads()
    {
        var html = await seeded.PageAsync(Committee);
        html.ShouldContain("<h1 lang=\"de\">");
        html.ShouldContain("This committee belongs to the 2020 to 2025 council term, which ended ");
        html.ShouldContain("is not on record here yet.");
        html.ShouldContain("id=\"ungeprueft\"");
        var sheet = await seeded.PageAsync($"{Committee}/sitzungsblatt");
        sheet.ShouldContain("<title>Meeting sheet: ");
        sheet.ShouldContain(
            "<th scope=\"col\">Promise</th><th scope=\"col\">Status</th><th scope=\"col\">Deadline</th><th scope=\"col\">Latest news</th>"
        );
        (await seeded.PageAsync("/en/siegen/ausschuesse")).ShouldContain(
            "The committees in Siegen are not on record here yet, because no source names them."
        );
    }

    [Fact]
    public async Task A_past_moment_is_named_in_English()
    {
        var html = await seeded.PageAsync("/en/krefeld/zusagen/promenade?zum=2022-12-31");
        html.ShouldContain("You are looking at what had happened by 31 December 2022");
        html.ShouldContain("Status on 31 December 2022");
        html.ShouldContain("action=\"/en/krefeld/zusagen/promenade\"");
        html.ShouldContain(
            "<a href=\"/en/krefeld/zusagen/promenade\">This page as it is today</a>"
        );
    }

    private async Task<GermanLeft> GermanAsync() =>
        await GermanLeft.ByAsync(
            (await seeded.SiteAsync()).Ledger.Store,
            TestContext.Current.CancellationToken
        );
}
