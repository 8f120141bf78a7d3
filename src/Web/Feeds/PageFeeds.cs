using Projections.Feed;

namespace Web.Feeds;

/// <summary>The feeds of what a page shows, for its head: readers of feeds find them by the page's address.</summary>
public static class PageFeeds
{
    /// <summary>A link of a page's head.</summary>
    public sealed record Link(string Title, string Type, string Address);

    /// <param name="path">The page's own path.</param>
    public static IReadOnlyList<Link> Of(string path)
    {
        var filter = FilterOf(path);
        var what = filter.IsEverything ? "alle Änderungen" : "Änderungen zu dieser Seite";
        List<Link> links =
        [
            new(
                $"Zusagenbuch: {what}",
                "application/atom+xml",
                FeedAddress.Current(filter, AtomFeed.Format)
            ),
            new(
                $"Zusagenbuch: {what}",
                "application/feed+json",
                FeedAddress.Current(filter, JsonFeed.Format)
            ),
        ];
        if (
            filter.Facets.All(f =>
                f == Facet.Municipality || f == Facet.Committee || f == Facet.Promise
            )
        )
        {
            links.Add(new("Zusagenbuch: Fristen", "text/calendar", FeedAddress.Deadlines(filter)));
        }

        return links;
    }

    /// <summary>What a page at this path is about.</summary>
    public static FeedFilter FilterOf(string path)
    {
        var all = FeedFilter.Everything;
        var found = path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [var town, "zusagen", var slug] => all.With(Facet.Promise, $"{town}-{slug}"),
            [var town, "ausschuesse", var slug] => all.With(Facet.Committee, $"{town}/{slug}"),
            [var town, "ziele", var slug] => all.With(Facet.Target, $"{town}-{slug}"),
            ["ziele", var slug] => all.With(Facet.Target, slug),
            ["quellen", var slug] => all.With(Facet.Source, slug),
            [var town, "zusagen" or "ausschuesse" or "ziele" or "quellen"] => all.With(
                Facet.Municipality,
                town
            ),
            [var town] when !s_ours.Contains(town) => all.With(Facet.Municipality, town),
            _ => all,
        };
        return found.Facets.All(f => found[f].All(f.Accepts)) ? found : all;
    }

    // Pages of the whole site.
    private static readonly HashSet<string> s_ours =
    [
        "abonnieren",
        "aenderungen",
        "api",
        "barrierefreiheit",
        "daten",
        "datenschutz",
        "ereignisse",
        "fehler-melden",
        "impressum",
        "methodik",
        "pruefen",
        "quellen",
        "suche",
        "vergleich",
        "ziele",
    ];
}
