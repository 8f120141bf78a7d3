using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Testing;

namespace Web.Tests.Pages;

/// <summary>What machines ask for: the whole record, the map of the site, tables.</summary>
public sealed class DataTests(SeededSite seeded) : IClassFixture<SeededSite>
{
    [Fact]
    public async Task The_full_export_holds_every_event_in_the_order_of_the_record()
    {
        var site = await seeded.SiteAsync();
        var lines = (await seeded.PageAsync("/daten/zusagenbuch.jsonl")).Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );
        lines
            .Select(l => JsonDocument.Parse(l).RootElement.GetProperty("index").GetInt64())
            .ShouldBe(
                Enumerable
                    .Range(0, (int)await site.Ledger.Store.NextIndexAsync())
                    .Select(i => (long)i)
            );
    }

    [Fact]
    public async Task Robots_are_kept_from_pages_of_the_past() =>
        (await seeded.PageAsync("/robots.txt")).ShouldContain("Disallow: /*?stand=");

    [Fact]
    public async Task The_sitemap_lists_every_page_in_both_languages_and_each_names_the_other()
    {
        XNamespace links = "http://www.w3.org/1999/xhtml";
        var map = XDocument.Parse(await seeded.PageAsync("/sitemap.xml"));
        var pages = map.Root!.Elements()
            .ToDictionary(
                url => Path(url.Elements().First().Value),
                url =>
                    url.Elements(links + "link")
                        .ToDictionary(
                            l => l.Attribute("hreflang")!.Value,
                            l => Path(l.Attribute("href")!.Value),
                            StringComparer.Ordinal
                        ),
                StringComparer.Ordinal
            );
        foreach (var (page, both) in pages)
        {
            both.Keys.ShouldBe(["de", "en"]);
            both[page == "/en" || page.StartsWith("/en/", StringComparison.Ordinal) ? "en" : "de"]
                .ShouldBe(page);
            pages.ShouldContainKey(both["de"]);
            pages.ShouldContainKey(both["en"]);
        }

        pages["/krefeld/ziele/emissionen-minus-60-2025"]
            ["en"]
            .ShouldBe("/en/krefeld/ziele/emissionen-minus-60-2025");
        pages["/en"]["de"].ShouldBe("/");

        static string Path(string address) => new Uri(address).AbsolutePath;
    }

    [Fact]
    public async Task The_description_for_machines_is_JSON_that_ends_its_element_nowhere()
    {
        var html = await seeded.PageAsync("/daten");
        var from = html.IndexOf("ld+json\">", StringComparison.Ordinal) + "ld+json\">".Length;
        var json = html[from..html.IndexOf("</script>", from, StringComparison.Ordinal)];
        var dataset = JsonDocument.Parse(json).RootElement;
        dataset.GetProperty("@type").GetString().ShouldBe("Dataset");
        dataset.GetProperty("license").GetString()!.ShouldContain("by/4.0");
    }

    [Fact]
    public async Task A_table_holds_what_its_list_shows()
    {
        var csv = await seeded.PageAsync("/krefeld/zusagen.csv?text=Promnade");
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        csv.ShouldContain("/krefeld/zusagen/");
        csv.TrimStart('\ufeff').ShouldStartWith("adresse,titel,stand");
    }

    [Theory]
    [InlineData("/impressum", "noch kein Impressum hinterlegt")]
    [InlineData("/datenschutz", "setzen keine Cookies")]
    [InlineData("/barrierefreiheit", "Leichter Sprache")]
    public async Task Where_the_operator_has_written_nothing_the_page_says_so(
        string path,
        string sentence
    )
    {
        var html = await seeded.PageAsync(path);
        html.ShouldContain("Hier fehlt etwas.");
        html.ShouldContain(sentence);
    }

    [Fact]
    public async Task A_mistyped_address_of_a_promise_names_the_one_that_was_meant() =>
        (
            await seeded.PageAsync("/krefeld/zusagen/klimaneutral-2053", HttpStatusCode.NotFound)
        ).ShouldContain("/krefeld/zusagen/klimaneutral-2035");
}
