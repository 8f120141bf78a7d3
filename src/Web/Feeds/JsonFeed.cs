using System.Text.Encodings.Web;
using System.Text.Json;
using Ledger.Recording;
using Ledger.Transparency;
using Projections;
using Projections.Feed;
using Web.Pages;

namespace Web.Feeds;

/// <summary>JSON Feed 1.1. <c>next_url</c> leads to the archives; what Atom has no place for stands in <c>_zusagenbuch</c>.</summary>
public static class JsonFeed
{
    public const string Format = "json";
    public const string ContentType = "application/feed+json";

    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        NewLine = "\n",
    };

    /// <summary>The document's bytes: a pure function of the page.</summary>
    public static byte[] Write(FeedPage page)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, s_options))
        {
            json.WriteStartObject();
            json.WriteString("version", "https://jsonfeed.org/version/1.1");
            json.WriteString("title", page.Title);
            json.WriteString("home_page_url", page.Html);
            json.WriteString("feed_url", page.Self(Format));
            json.WriteString(
                "description",
                "Was öffentlich zugesagt wurde und was danach geschah. Jeder Eintrag nennt seinen Beleg."
            );
            if (page.Older(Format) is { } older)
            {
                json.WriteString("next_url", older);
            }

            json.WriteString("icon", $"{page.Root}/zusagenbuch.svg");
            json.WriteString("language", "de");
            json.WriteStartArray("authors");
            json.WriteStartObject();
            json.WriteString("name", "Zusagenbuch");
            json.WriteString("url", $"{page.Root}/");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartObject("_zusagenbuch");
            json.WriteString("about", $"{page.Root}/abonnieren");
            json.WriteString("id", page.Id);
            json.WriteString("filter", page.Filter.Query);
            if (page.Archive is { } archive)
            {
                json.WriteNumber("archive", archive);
                json.WriteString("current_url", page.Current(Format));
                json.WriteString("newer_url", page.Newer(Format));
            }

            json.WriteEndObject();
            json.WriteStartArray("items");
            foreach (var entry in page.Entries)
            {
                Item(json, entry, page);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return output.ToArray();
    }

    private static void Item(Utf8JsonWriter json, FeedEntry e, FeedPage page)
    {
        var body = e.Body;
        var recorded = CanonicalEntry.TimeOf(e.Recorded);
        var type = Vocabulary.Find(e.Type);
        json.WriteStartObject();
        json.WriteString("id", $"urn:uuid:{e.Id:D}");
        json.WriteString("url", page.Root + Address.Event(e.Id));
        if (body?.Evidence is [var evidence, ..])
        {
            json.WriteString("external_url", evidence.Url);
        }

        json.WriteString("title", EntryText.Title(e));
        json.WriteString("content_html", EntryHtml.Write(e, page.Root));
        if (body?.Summary is { } summary)
        {
            json.WriteString("summary", summary.De);
        }

        json.WriteString("date_published", recorded);
        json.WriteStartArray("tags");
        json.WriteStringValue(type?.Word.De ?? e.Type);
        if (e.Town is { } town)
        {
            json.WriteStringValue(town);
        }

        json.WriteEndArray();
        json.WriteStartObject("_zusagenbuch");
        json.WriteNumber("index", e.Index);
        json.WriteString("type", CanonicalEntry.TypeOf(e.Stream, e.Type));
        json.WriteString("subject", e.Stream.ToString());
        json.WriteString("page", page.Root + EntryText.Page(e));
        json.WriteString("recorded", recorded);
        json.WriteString("occurred", body?.Occurred?.ToString());
        if (e.StatusAfter is { } after)
        {
            json.WriteString(
                "status_before",
                e.StatusBefore is { } before ? EnumNames.Of(before) : null
            );
            json.WriteString("status_after", EnumNames.Of(after));
        }

        if (e.About is { } about)
        {
            json.WriteString("about", $"urn:uuid:{about.Id:D}");
        }

        json.WriteString(
            "proof",
            string.Create(null, $"{page.Root}/log/proof/{e.Index}.tlog-proof")
        );
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
