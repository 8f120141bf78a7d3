using System.Text;
using Ledger.Promises;
using Ledger.Recording;
using Projections;
using Projections.Feed;
using Web.Pages;
using Web.Pages.Wording;

namespace Web.Feeds;

/// <summary>An entry's content for readers of feeds: paragraphs, a list of facts, its evidence. No style, no picture, no script.</summary>
public static class EntryHtml
{
    /// <param name="root">What addresses begin with.</param>
    public static string Write(FeedEntry e, string root)
    {
        var html = new StringBuilder();
        var body = e.Body;
        if (body?.Summary is { } summary)
        {
            Paragraph(html, summary.De);
        }

        if (EntryText.Status(e) is { } status)
        {
            Paragraph(html, status);
        }

        Paragraph(html, EntryText.Clocks(e));
        List(html, [.. EntryText.Details(e).Select(d => $"{Escape(d.Label)}: {Escape(d.Value)}")]);
        List(html, [.. Evidence(e, body, root)]);
        html.Append("<p>");
        Link(
            html,
            root + EntryText.Page(e),
            e.Stream.Kind == "promise" ? "Der ganze Verlauf der Zusage" : e.Title.De
        );
        html.Append(" · ");
        if (e.Other is { Stream.Kind: "promise" } other && TownOf(other, e) is { } town)
        {
            Link(
                html,
                root + Address.Promise(town, Addresses.Slug(other.Stream, town)),
                "die andere Zusage"
            );
            html.Append(" · ");
        }

        Link(html, root + Address.Event(e.Id), "dieser Eintrag");
        html.Append("</p>");
        return html.ToString();
    }

    /// <summary>Text as the content of an element or an attribute.</summary>
    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal);

    private static IEnumerable<string> Evidence(FeedEntry e, Event? body, string root)
    {
        if (body?.SourceRef is { } passage)
        {
            var place = new StringBuilder("Beleg: ");
            Link(place, root + Address.Source(passage.Source), e.SourceTitle ?? passage.Source);
            yield return $"{place}, {Escape(passage.Locator.Words())}";
        }

        foreach (var evidence in body?.Evidence ?? [])
        {
            var link = new StringBuilder("Beleg: ");
            Link(link, evidence.Url, evidence.Title ?? evidence.Publisher);
            if (evidence.Title is not null)
            {
                link.Append(", ").Append(Escape(evidence.Publisher));
            }

            if (evidence.Published is { } published)
            {
                link.Append(", veröffentlicht ").Append(Escape(published.When()));
            }

            yield return link.ToString();
        }
    }

    // Where the other promise had no entry yet, its key tells its town, if that is this one.
    private static string? TownOf(NamedSubject other, FeedEntry e) =>
        other.Municipality
        ?? (
            e.Municipality is { } here
            && other.Stream.Name.StartsWith($"{here}-", StringComparison.Ordinal)
                ? here
                : null
        );

    private static void Paragraph(StringBuilder html, string text) =>
        html.Append("<p>").Append(Escape(text)).Append("</p>");

    private static void Link(StringBuilder html, string address, string text) =>
        html.Append("<a href=\"")
            .Append(Escape(address))
            .Append("\">")
            .Append(Escape(text))
            .Append("</a>");

    private static void List(StringBuilder html, IReadOnlyList<string> items)
    {
        if (items.Count > 0)
        {
            html.Append("<ul>").AppendJoin("", items.Select(i => $"<li>{i}</li>")).Append("</ul>");
        }
    }
}
