using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ledger.EventStore;
using Web.Pages.Wording;

namespace Web.Tests.Pages;

/// <summary>
/// What is left in German on an English page and not marked as German. What the record itself says is taken out before: names, which
/// stand in a sentence as they are, and its own English, which may name something German.
/// </summary>
internal sealed partial class GermanLeft
{
    private static readonly HashSet<string> s_names =
    [
        "body",
        "by",
        "funder",
        "function",
        "name",
        "proponents",
        "publisher",
        "who",
    ];

    private static readonly HashSet<string> s_void = ["br", "hr", "img", "input", "link", "meta"];

    // What is German whatever is spoken, and stands in sentences of ours.
    private static readonly HashSet<string> s_german =
    [
        .. s_names,
        "boundary",
        "chapter",
        "conditions",
        "gas",
        "meaning",
        "method",
        "note",
        "places",
        "state",
        "title",
    ];

    private readonly List<string> _recorded;
    private readonly List<string> _english;
    private readonly List<string> _german;

    private GermanLeft(HashSet<string> recorded, HashSet<string> english, HashSet<string> german)
    {
        _recorded = Longest(recorded);
        _english = Longest(english);
        _german = Longest(german);

        static List<string> Longest(IEnumerable<string> texts) =>
            [.. texts.OrderByDescending(t => t.Length)];
    }

    public static async Task<GermanLeft> ByAsync(EventStore store, CancellationToken cancellation)
    {
        HashSet<string> recorded = new(StringComparer.Ordinal);
        HashSet<string> english = new(StringComparer.Ordinal);
        HashSet<string> german = new(StringComparer.Ordinal);
        HashSet<string> towns = new(StringComparer.Ordinal);
        foreach (var e in await store.ReadAllAsync(0, 100_000, cancellation))
        {
            using var json = JsonDocument.Parse(e.Data);
            Collect(json.RootElement, "");
            if (e.Type == "council_registered")
            {
                towns.Add(json.RootElement.GetProperty("name").GetString()!);
            }
        }

        // A quotation in a list is cut at a word. A town is called the same in both languages; hosts and keys are no names.
        german.ExceptWith(towns);
        german.RemoveWhere(name =>
            !name.Contains(' ', StringComparison.Ordinal) && name.Any(c => c is '.' or '-')
        );
        english.UnionWith([
            .. english.Select(text => Writing.Shortened(text, 90).TrimEnd(' ', '…')),
        ]);
        return new GermanLeft(recorded, english, german);

        void Collect(JsonElement json, string field)
        {
            switch (json.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var property in json.EnumerateObject())
                    {
                        Collect(property.Value, property.Name);
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var item in json.EnumerateArray())
                    {
                        Collect(item, field);
                    }

                    break;
                case JsonValueKind.String:
                    var text = json.GetString()!;
                    (
                        field == "en" ? english
                        : s_german.Contains(field) ? german
                        : []
                    ).Add(text);
                    (field == "en" || s_names.Contains(field) ? recorded : []).Add(text);
                    break;
            }
        }
    }

    /// <summary>Texts and attributes with German words, outside of what is marked as German.</summary>
    public IEnumerable<string> In(string html) =>
        Spoken(html)
            .Select(spoken => spoken.Text)
            .Where(text => !text.StartsWith("http", StringComparison.Ordinal))
            .Select(text => Parameter().Replace(text, ""))
            .Where(text => German().IsMatch(text) && German().IsMatch(Without(_recorded, text)));

    /// <summary>
    /// German names and notes of the record that stand in a text of the page without being marked. Attributes, titles and code cannot be marked
    /// or belong to no language; what the record's own English says is its own.
    /// </summary>
    public IEnumerable<string> NamesIn(string html) =>
        from spoken in Spoken(html)
        where spoken.Element is not ("" or "title" or "code" or "script")
        let named = _german.Where(name => Holds(spoken.Text, name)).ToList()
        where named.Count > 0
        let rest = Without(_english, spoken.Text)
        from name in named
        where Holds(rest, name)
        select $"{name} in: {spoken.Text}";

    // As words of their own: "lexmea" is not in "lexmea.de".
    private static bool Holds(string text, string name)
    {
        for (
            var at = text.IndexOf(name, StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf(name, at + 1, StringComparison.Ordinal)
        )
        {
            var after = text[(at + name.Length)..];
            if (
                (at == 0 || !char.IsLetterOrDigit(text[at - 1]))
                && after is not ['.', >= 'a' and <= 'z', ..]
                && (after.Length == 0 || !char.IsLetterOrDigit(after[0]))
            )
            {
                return true;
            }
        }

        return false;
    }

    private static string Without(List<string> recorded, string text)
    {
        // A description is cut at a word.
        if (text.TrimEnd(' ', '…') is { Length: > 40 } cut && cut.Length < text.Length)
        {
            text =
                recorded
                    .Select(r => r[..Math.Min(r.Length, 30)])
                    .Where(start => start.Length == 30)
                    .Select(start => cut.IndexOf(start, StringComparison.Ordinal))
                    .Where(at => at >= 0)
                    .Select(at => cut[..at])
                    .MinBy(rest => rest.Length)
                ?? cut;
        }

        return recorded.Aggregate(
            text,
            (rest, name) => rest.Replace(name, "", StringComparison.Ordinal)
        );
    }

    // What is read out in English: texts, and attributes that people get to read or hear.
    private static IEnumerable<(string Element, string Text)> Spoken(string html)
    {
        Stack<(string Name, string Language)> open = new([("", "")]);
        foreach (Match part in Part().Matches(html))
        {
            var name = part.Groups["name"].Value;
            if (part.Groups["text"] is { Success: true } text)
            {
                if (open.Peek() is { Language: "en", Name: not "style" })
                {
                    yield return (open.Peek().Name, WebUtility.HtmlDecode(text.Value).Trim());
                }

                continue;
            }

            if (part.Groups["end"].Length > 0)
            {
                open.Pop().Name.ShouldBe(name);
                continue;
            }

            var attributes = Attribute()
                .Matches(part.Groups["attributes"].Value)
                .ToDictionary(
                    a => a.Groups["name"].Value,
                    a => WebUtility.HtmlDecode(a.Groups["value"].Value),
                    StringComparer.Ordinal
                );
            var language = attributes.GetValueOrDefault("lang", open.Peek().Language);
            if (language == "en")
            {
                foreach (
                    var heard in (string[])["aria-label", "alt", "content", "placeholder", "title"]
                )
                {
                    if (attributes.TryGetValue(heard, out var value))
                    {
                        yield return ("", value);
                    }
                }
            }

            if (part.Groups["empty"].Length == 0 && !s_void.Contains(name))
            {
                open.Push((name, language));
            }
        }
    }

    // Only words that English has not: "die", "was", "war", "hat" and "also" are left out.
    [GeneratedRegex(
        @"\b(?:und|oder|der|das|dem|des|nicht|kein|keine|keinen|ist|sind|wird|wurde|wurden|für|von|vom|zum|zur|mit|auf|aus|bei|nach|über|durch|einer|eines|einem|einen|eine|noch|nur|hier|weil|wenn|dass|sich|sie|wie|auch|bis|alle|Alle|Der|Das|Die|Ein|Eine|Kein|Keine|Zusage|Zusagen|Stand|Frist|Quelle|Quellen|Ausschuss|Ausschüsse|Ziel|Ziele|Eintrag|Einträge|Beleg|Belege|Messwert|Messwerte|Jahr|Jahre|Wahlperiode|Suchen|Zeigen|Seite|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|Uhr)\b|[„]",
        RegexOptions.None,
        1000
    )]
    private static partial Regex German();

    // Parts of addresses are German in both languages.
    [GeneratedRegex("“(?:zum|stand|von|bis)”", RegexOptions.None, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(
        @"<!--.*?-->|<!DOCTYPE[^>]*>|<(?<end>/)?(?<name>[a-zA-Z][a-zA-Z0-9]*)(?<attributes>(?:""[^""]*""|[^"">])*?)(?<empty>/)?>|(?<text>[^<]+)",
        RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Part();

    [GeneratedRegex(@"(?<name>[a-z][a-z:-]*)=""(?<value>[^""]*)""", RegexOptions.None, 1000)]
    private static partial Regex Attribute();
}
