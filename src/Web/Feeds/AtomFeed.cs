using System.Globalization;
using System.Text;
using System.Xml;
using Ledger.Recording;
using Ledger.Transparency;
using Projections.Feed;
using Web.Pages;

namespace Web.Feeds;

/// <summary>
/// Atom (RFC 4287) as an archived feed (RFC 5005, section 4). System.ServiceModel.Syndication would write the first, and nothing that can be
/// restored here the second.
/// </summary>
public static class AtomFeed
{
    public const string Format = "atom";
    public const string ContentType = "application/atom+xml; charset=utf-8";

    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string History = "http://purl.org/syndication/history/1.0";

    /// <summary>The document's bytes: a pure function of the page.</summary>
    public static byte[] Write(FeedPage page)
    {
        using var output = new MemoryStream();
        using (
            var xml = XmlWriter.Create(
                output,
                new XmlWriterSettings
                {
                    Encoding = new UTF8Encoding(false),
                    Indent = true,
                    NewLineChars = "\n",
                }
            )
        )
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteAttributeString("xmlns", "fh", null, History);
            xml.WriteAttributeString("xml", "lang", null, "de");
            Element(xml, "id", page.Id);
            Element(xml, "title", page.Title);
            Element(
                xml,
                "subtitle",
                "Was öffentlich zugesagt wurde und was danach geschah. Jeder Eintrag nennt seinen Beleg."
            );
            Element(xml, "updated", CanonicalEntry.TimeOf(page.Updated));
            Element(xml, "icon", $"{page.Root}/zusagenbuch.svg");
            xml.WriteStartElement("author", Atom);
            Element(xml, "name", "Zusagenbuch");
            Element(xml, "uri", $"{page.Root}/");
            xml.WriteEndElement();
            Element(xml, "rights", "Eigene Texte: CC BY 4.0");
            Link(xml, "self", page.Self(Format), "application/atom+xml");
            Link(xml, "alternate", page.Html, "text/html");
            if (page.Archive is not null)
            {
                Link(xml, "current", page.Current(Format), "application/atom+xml");
            }

            Link(xml, "prev-archive", page.Older(Format), "application/atom+xml");
            Link(xml, "next-archive", page.Newer(Format), "application/atom+xml");
            if (page.Archive is not null)
            {
                xml.WriteElementString("fh", "archive", History, null);
            }

            foreach (var entry in page.Entries)
            {
                Entry(xml, entry, page);
            }

            xml.WriteEndElement();
        }

        return output.ToArray();
    }

    private static void Entry(XmlWriter xml, FeedEntry e, FeedPage page)
    {
        var recorded = CanonicalEntry.TimeOf(e.Recorded);
        xml.WriteStartElement("entry", Atom);
        Element(xml, "id", $"urn:uuid:{e.Id:D}");
        Element(xml, "title", EntryText.Title(e));
        Element(xml, "published", recorded);
        Element(xml, "updated", recorded);
        Link(xml, "alternate", page.Root + Address.Event(e.Id), "text/html");
        Link(xml, "related", page.Root + EntryText.Page(e), "text/html");
        foreach (var evidence in e.Body?.Evidence ?? [])
        {
            Link(xml, "via", evidence.Url, null, evidence.Title ?? evidence.Publisher);
        }

        var type = Vocabulary.Find(e.Type);
        Category(xml, page, "type", type?.ApiName ?? e.Type, type?.Word.De);
        if (e.Municipality is { } municipality)
        {
            Category(xml, page, "municipality", municipality, e.Town);
        }

        if (e.ChangesStatus && e.StatusAfter is { } status)
        {
            Category(
                xml,
                page,
                "status",
                Projections.EnumNames.Of(status),
                Ledger.Promises.StatusWords.Word(status).De
            );
        }

        xml.WriteStartElement("content", Atom);
        xml.WriteAttributeString("type", "html");
        xml.WriteString(Clean(EntryHtml.Write(e, page.Root)));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Category(
        XmlWriter xml,
        FeedPage page,
        string scheme,
        string term,
        string? label
    )
    {
        xml.WriteStartElement("category", Atom);
        xml.WriteAttributeString("scheme", $"tag:{page.Authority},2026:{scheme}");
        xml.WriteAttributeString("term", term);
        if (label is not null)
        {
            xml.WriteAttributeString("label", Clean(label));
        }

        xml.WriteEndElement();
    }

    private static void Link(
        XmlWriter xml,
        string relation,
        string? address,
        string? type,
        string? title = null
    )
    {
        if (address is null)
        {
            return;
        }

        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", relation);
        if (type is not null)
        {
            xml.WriteAttributeString("type", type);
        }

        xml.WriteAttributeString("href", Iri(address));
        if (title is not null)
        {
            xml.WriteAttributeString("title", Clean(title));
        }

        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, string text) =>
        xml.WriteElementString(name, Atom, Clean(text));

    // What people paste as an address may hold a space; RFC 3987 has none.
    private static string Iri(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
            ? uri.AbsoluteUri
            : Uri.EscapeDataString(address);

    // The record holds every character but U+0000; XML 1.0 does not.
    private static string Clean(string text)
    {
        var isClean = true;
        foreach (var c in text)
        {
            isClean &= XmlConvert.IsXmlChar(c) || char.IsSurrogate(c);
        }

        return isClean
            ? text
            : string.Concat(
                text.Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD')
            );
    }
}
