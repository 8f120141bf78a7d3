using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Web.Tests.Pages.Crawling;

/// <summary>What a crawler knows of a page: enough to judge it without holding all of it.</summary>
/// <param name="Address">Path and query.</param>
/// <param name="Bytes">Length of the HTML.</param>
/// <param name="Links">What it links to on this site, path, query and fragment, resolved.</param>
/// <param name="Headings">Levels of its headings in order.</param>
/// <param name="Languages">The addresses of the same page in other languages, by language tag.</param>
internal sealed record CrawledPage(
    string Address,
    int Bytes,
    string? Language,
    string? Title,
    string? Description,
    string? Canonical,
    bool IsIndexed,
    IReadOnlyList<int> Headings,
    IReadOnlySet<string> Ids,
    IReadOnlyList<string> Links,
    IReadOnlyDictionary<string, string> Languages
)
{
    private static readonly HtmlParser s_parser = new();

    /// <summary>Whether this is the address under which search engines shall know the page.</summary>
    public bool IsCanonical => Canonical == Address;

    public static CrawledPage Read(Uri site, string address, byte[] html)
    {
        using var page = s_parser.ParseDocument(Encoding.UTF8.GetString(html));
        var at = new Uri(site, address);
        return new CrawledPage(
            address,
            html.Length,
            page.DocumentElement.GetAttribute("lang"),
            page.Head!.QuerySelector("title")?.TextContent,
            Meta(page, "description"),
            Here(page.Head.QuerySelector("link[rel=canonical]")?.GetAttribute("href")),
            Meta(page, "robots") is not { } robots
                || !robots.Contains("noindex", StringComparison.Ordinal),
            [.. page.QuerySelectorAll("h1, h2, h3, h4, h5, h6").Select(h => h.LocalName[1] - '0')],
            page.QuerySelectorAll("[id]").Select(e => e.Id!).ToHashSet(StringComparer.Ordinal),
            [
                .. page.QuerySelectorAll("a[href], link[href], img[src], form[action]")
                    .Select(e =>
                        e.GetAttribute("href") ?? e.GetAttribute("src") ?? e.GetAttribute("action")
                    )
                    .Select(Here)
                    .OfType<string>()
                    .Distinct(StringComparer.Ordinal),
            ],
            page.Head.QuerySelectorAll("link[rel=alternate][hreflang]")
                .ToDictionary(
                    l => l.GetAttribute("hreflang")!,
                    l => Here(l.GetAttribute("href")) ?? "",
                    StringComparer.Ordinal
                )
        );

        // Path, query and fragment of what is on this site; a page may name itself by its full address.
        string? Here(string? link) =>
            link is not null
            && Uri.TryCreate(at, link, out var target)
            && target.Authority == site.Authority
            && target.Scheme is "http" or "https"
                ? target.PathAndQuery + target.Fragment
                : null;
    }

    private static string? Meta(IHtmlDocument page, string name) =>
        page.Head!.QuerySelector($"meta[name={name}]")?.GetAttribute("content");
}
