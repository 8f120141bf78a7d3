using Projections.Timelines;

namespace Web.Tests.Pages.Crawling;

/// <summary>What must hold of every page that can be reached, in whatever language.</summary>
public sealed partial class CrawlTests(Crawl crawl) : IClassFixture<Crawl>
{
    private const int MostBytes = 100_000;

    [Fact]
    public async Task Every_promise_and_every_entry_is_reached_by_links_alone()
    {
        var promises = await new TimelineReader(crawl.Site.Ledger.Database).ListAsync(
            new PromiseFilter(),
            TestContext.Current.CancellationToken
        );
        promises
            .Select(p => $"/{p.Municipality}/zusagen/{p.Slug}")
            .Except(crawl.Pages.Keys)
            .ShouldBeEmpty();
        crawl
            .Pages.Keys.Count(p => p.StartsWith("/ereignisse/", StringComparison.Ordinal))
            .ShouldBe(
                (int)
                    await crawl.Site.Ledger.Store.NextIndexAsync(
                        TestContext.Current.CancellationToken
                    )
            );
    }

    [Fact]
    public void No_link_is_dead() =>
        Faults(page =>
                page.Links.Select(Crawl.WithoutFragment)
                    .Where(crawl.Dead.ContainsKey)
                    .Select(link => $"{link}: {crawl.Dead[link]}")
            )
            .ShouldBeEmpty();

    [Fact]
    public void No_link_leads_to_a_place_that_is_not_on_its_page() =>
        Faults(page =>
                page.Links.Where(link =>
                    link.Split('#') is [var target, { Length: > 0 } place]
                    && crawl.Pages.TryGetValue(target, out var there)
                    && !there.Ids.Contains(Uri.UnescapeDataString(place))
                )
            )
            .ShouldBeEmpty();

    [Fact]
    public void Every_page_has_a_language_a_title_a_description_and_a_canonical_address() =>
        Faults(page =>
                new (string Fault, bool Holds)[]
                {
                    ("language", page.Language is "de" or "en"),
                    ("title", page.Title is { Length: >= 15 and <= 200 }),
                    ("description", page.Description is { Length: >= 40 and <= 260 }),
                    // A query narrows or turns the page; the page is known by its path.
                    ("canonical", page.Canonical == page.Address.Split('?')[0]),
                }
                    .Where(c => !c.Holds)
                    .Select(c =>
                        $"{c.Fault}: {page.Language} | {page.Title} | {page.Description} | {page.Canonical}"
                    )
            )
            .ShouldBeEmpty();

    [Fact]
    public void No_two_pages_have_the_same_title() =>
        crawl
            .Pages.Values.Where(p => p.IsCanonical)
            .GroupBy(p => (p.Language, p.Title))
            .Where(g => g.Count() > 1)
            .Select(g => $"{g.Key}: {string.Join(' ', g.Select(p => p.Address))}")
            .ShouldBeEmpty();

    [Fact]
    public void Every_page_has_one_first_heading_and_skips_no_level() =>
        Faults(page =>
                page.Headings is [1, ..]
                && page.Headings.Count(h => h == 1) == 1
                && page.Headings.Zip(page.Headings.Skip(1)).All(h => h.Second <= h.First + 1)
                    ? []
                    : [string.Join(' ', page.Headings)]
            )
            .ShouldBeEmpty();

    [Fact]
    public void Pages_in_several_languages_name_each_other() =>
        Faults(page =>
                page.Languages.Where(l =>
                        !crawl.Pages.TryGetValue(l.Value, out var other)
                        || l.Key != "x-default"
                            && (
                                other.Language != l.Key
                                || other.Languages.GetValueOrDefault(page.Language ?? "")
                                    != page.Canonical
                            )
                    )
                    .Select(l => $"{l.Key}: {l.Value}")
            )
            .ShouldBeEmpty();

    [Fact]
    public void The_sitemap_has_every_page_that_may_be_found_and_no_other() =>
        crawl
            .Pages.Values.Where(p => p.IsIndexed && p.IsCanonical)
            .Select(p => p.Address)
            .Order(StringComparer.Ordinal)
            .ShouldBe(crawl.Sitemap.Order(StringComparer.Ordinal));

    [Fact]
    public void No_page_weighs_more_than_a_hundred_kilobytes_with_its_style()
    {
        var heaviest = crawl.Pages.Values.OrderByDescending(p => p.Bytes).Take(5).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{crawl.Pages.Count} pages; style and icon {crawl.StyleBytes} bytes; heaviest: "
                + string.Join(", ", heaviest.Select(p => $"{p.Address} {p.Bytes}"))
        );
        heaviest[0].Bytes.ShouldBeLessThan(MostBytes - crawl.StyleBytes, heaviest[0].Address);
    }

    private IEnumerable<string> Faults(Func<CrawledPage, IEnumerable<string>> find) =>
        crawl
            .Pages.Values.OrderBy(p => p.Address, StringComparer.Ordinal)
            .SelectMany(page => find(page).Select(fault => $"{page.Address}: {fault}"));
}
