using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Xml.Linq;
using Testing;

namespace Web.Tests.Pages.Crawling;

/// <summary>
/// All that links lead to from the first page and the sitemap, on the real host with the real seeds, each fetched once. Another language is
/// just more links. Of what is one page but for its query (a filter, a feed, the form that reports an error) the first few are fetched.
/// </summary>
public sealed class Crawl : IAsyncLifetime
{
    private const int QueriesOfOnePath = 15;
    private readonly Dictionary<string, int> _queries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CrawledPage> _pages = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _dead = new(StringComparer.Ordinal);

    internal LedgerSite Site { get; private set; } = null!;

    /// <summary>The pages by their address.</summary>
    internal IReadOnlyDictionary<string, CrawledPage> Pages => _pages;

    /// <summary>What was linked and did not answer with 200, and how it answered.</summary>
    internal IReadOnlyDictionary<string, string> Dead => _dead;

    /// <summary>The addresses in the sitemap.</summary>
    internal IReadOnlyList<string> Sitemap { get; private set; } = [];

    /// <summary>Length of what every page loads besides itself.</summary>
    internal int StyleBytes { get; private set; }

    /// <summary>Where the pages lie as files, for programs that read files. A file's name tells its page.</summary>
    internal string Folder { get; } =
        Path.Combine(Path.GetTempPath(), $"zusagenbuch-crawl-{Guid.CreateVersion7():N}");

    public async ValueTask InitializeAsync()
    {
        Site = await LedgerSite.StartAsync();
        await Site.PublishedAsync();
        Directory.CreateDirectory(Folder);
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var file in (string[])["/zusagenbuch.css", "/zusagenbuch.svg"])
        {
            StyleBytes += (await Site.Http.GetByteArrayAsync(Relative(file), cancellation)).Length;
        }

        var map = XDocument.Parse(
            await Site.Http.GetStringAsync(Relative("/sitemap.xml"), cancellation)
        );
        Sitemap =
        [
            .. map.Descendants(map.Root!.Name.Namespace + "loc")
                .Select(l => new Uri(l.Value).PathAndQuery),
        ];
        HashSet<string> seen = ["/", .. Sitemap];
        List<string> next = [.. seen];
        while (next.Count > 0)
        {
            await Parallel.ForEachAsync(
                next,
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = 4,
                    CancellationToken = cancellation,
                },
                async (address, stop) => await VisitAsync(address, stop)
            );
            next =
            [
                .. next.Where(_pages.ContainsKey)
                    .SelectMany(address => _pages[address].Links)
                    .Select(WithoutFragment)
                    .Where(link => seen.Add(link) && IsWanted(link)),
            ];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    internal static string WithoutFragment(string link) => link.Split('#')[0];

    private bool IsWanted(string link)
    {
        if (
            link.Split('?') is not [var path, var query]
            || query.StartsWith("before=", StringComparison.Ordinal)
            || query.StartsWith("seite=", StringComparison.Ordinal)
        )
        {
            return true;
        }

        var count = _queries.GetValueOrDefault(path) + 1;
        _queries[path] = count;
        return count <= QueriesOfOnePath;
    }

    private async Task VisitAsync(string address, CancellationToken cancellation)
    {
        using var response = await Site.Http.GetAsync(
            Relative(address),
            HttpCompletionOption.ResponseHeadersRead,
            cancellation
        );
        if (response.StatusCode != HttpStatusCode.OK)
        {
            _dead[address] = $"{(int)response.StatusCode} {response.Headers.Location}";
        }
        else if (response.Content.Headers.ContentType?.MediaType == "text/html")
        {
            var html = await response.Content.ReadAsByteArrayAsync(cancellation);
            _pages[address] = CrawledPage.Read(Site.Address, address, html);
            await File.WriteAllBytesAsync(
                Path.Combine(Folder, FileName(address)),
                html,
                cancellation
            );
        }
    }

    // Two addresses never share a file: what is not a letter, digit or hyphen is written as its number.
    private static string FileName(string address)
    {
        var name = string.Concat(
            address.Select(c =>
                char.IsAsciiLetterOrDigit(c) || c == '-' ? $"{c}"
                : c == '/' ? "_"
                : string.Create(CultureInfo.InvariantCulture, $"%{(int)c:x2}")
            )
        );
        return name.Length <= 180
            ? $"{name}.html"
            : $"{name[..140]}{string.GetHashCode(address, StringComparison.Ordinal):x8}.html";
    }

    private static Uri Relative(string address) => new(address, UriKind.Relative);
}
