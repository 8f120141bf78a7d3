using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Ledger.Promises;
using Ledger.Recording;
using Web.Pages.Sources;
using Web.Pages.Wording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Events;

/// <summary>
/// Reads the fields of an event as they are stored. What is known is said in words; what has another form than any event should have stays
/// JSON, so that nothing is left out and nothing is guessed.
/// </summary>
internal static class FieldValues
{
    // What an object in a field may hold, in the order in which it is shown.
    private static readonly FrozenDictionary<string, string[]> s_objects = new Dictionary<
        string,
        string[]
    >(StringComparer.Ordinal)
    {
        ["evidence"] = ["title", "publisher", "url", "published", "retrieved", "note", "sha256"],
        ["sourceRef"] = ["source", "locator", "fingerprint"],
        ["file"] = ["name", "bytes", "sha256"],
        ["leftOut"] = ["lines", "reason", "of"],
        ["deadline"] = ["date", "basis"],
        ["committees"] = ["committee", "basis"],
        ["quantities"] = ["meaning", "comparator", "value", "to", "unit", "base"],
        ["base"] = ["year", "value"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Names of streams, people's accounts and files, and what is calculated: of no language.
    private static readonly FrozenSet<string> s_keys = FrozenSet.Create(
        StringComparer.Ordinal,
        "_sd",
        "_sd_alg",
        "about",
        "ags",
        "code",
        "committee",
        "currency",
        "digests",
        "event",
        "field",
        "fingerprint",
        "measurement",
        "municipality",
        "normalisation",
        "of",
        "promise",
        "recordedBy",
        "reviewedBy",
        "sha256",
        "source",
        "statement",
        "successors",
        "term"
    );

    private static readonly FrozenSet<string> s_numbers = FrozenSet.Create(
        StringComparer.Ordinal,
        "amount",
        "from",
        "to",
        "value"
    );

    /// <summary>A field with its label.</summary>
    /// <inheritdoc cref="FieldWords.Label(string, string)" path="/param"/>
    public static EventField Field(string within, string field, JsonElement value) =>
        new(field, FieldWords.Label(within, field), Of(within, field, value));

    /// <summary>What a field says.</summary>
    /// <inheritdoc cref="FieldWords.Label(string, string)" path="/param"/>
    public static FieldValue Of(string within, string field, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => new FieldValue.Words(Missing(field)),
            JsonValueKind.True => new FieldValue.Words(Say("ja", "yes")),
            JsonValueKind.False => new FieldValue.Words(Say("nein", "no")),
            JsonValueKind.Number => Number(field, value),
            JsonValueKind.String => Text(within, field, value.GetString()!),
            JsonValueKind.Array => List(within, field, value),
            _ => Object(field, value),
        };

    private static string Missing(string field) =>
        field switch
        {
            "occurred" => Say("unbekannt", "unknown"),
            "reviewedBy" => Say("niemand vermerkt", "nobody on record"),
            "date" => Say("keines", "none"),
            _ => Say("nicht angegeben", "not stated"),
        };

    private static FieldValue.Words Number(string field, JsonElement value) =>
        field is "year" or "budgetYears" || !value.TryGetDecimal(out var number)
            ? new FieldValue.Words(value.GetRawText())
            : new FieldValue.Words(Writing.Number(number));

    private static FieldValue Text(string within, string field, string text)
    {
        if (s_numbers.Contains(field) && !IsDated(within, field) && Amount(text) is { } number)
        {
            return new FieldValue.Words(Writing.Number(number));
        }

        if (FieldWords.Known(within, field, text) is { } known)
        {
            return new FieldValue.Words(known);
        }

        if (field == "url" && Uri.TryCreate(text, UriKind.Absolute, out _))
        {
            return new FieldValue.Link(text);
        }

        if (field == "unit")
        {
            return new FieldValue.Words(
                Writing.Unit(text),
                Units.English(text) is null ? OfGermanPart : null
            );
        }

        return IsKey(within, field)
            ? new FieldValue.Key(text, Page(field, text))
            : new FieldValue.Words(text, text.Any(char.IsLetter) ? OfGermanPart : null);
    }

    // A date that moved may be no more than a year.
    private static bool IsDated(string within, string field) =>
        field is "from" or "to" && within is not ("restated" or "quantities");

    private static bool IsKey(string within, string field) =>
        s_keys.Contains(field)
        || (within, field)
            is
                ("linked", "to")
                or
                ("superseded" or "source_replaced", "by")
                or
                ("key_rotated", "from" or "to")
                or
                ("file", "name");

    // A place in the ledger that the key alone leads to.
    private static string? Page(string field, string key) =>
        field switch
        {
            "source" => Address.Source(key),
            "municipality" => Address.Municipality(key),
            "about" or "event" or "measurement" when Guid.TryParse(key, out var id) =>
                Address.Event(id),
            _ => null,
        };

    // Decimals are stored as strings, with all their digits.
    private static decimal? Amount(string text) =>
        decimal.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    private static FieldValue List(string within, string field, JsonElement list)
    {
        var items = list.EnumerateArray().ToList();
        if (items.Count > 0 && items.TrueForAll(i => Range(i) is not null))
        {
            return new FieldValue.Words(Writing.List([.. items.Select(i => Range(i)!)]));
        }

        return items.Count == 1
            ? Of(within, field, items[0])
            : new FieldValue.Several([.. items.Select(i => Of(within, field, i))]);
    }

    private static FieldValue Object(string field, JsonElement value)
    {
        if (Spoken(value) is { } text)
        {
            return new FieldValue.Words(text.Words(), LanguageOf(text));
        }

        if (field == "locator" && Read<Locator>(value, "scheme", "from", "to") is { } place)
        {
            return new FieldValue.Words(Writing.Capital(place.Words()));
        }

        if (field == "votes" && Read<Votes>(value, "for", "against", "abstained") is { } votes)
        {
            return new FieldValue.Words(EntryDetails.Votes(votes));
        }

        if (Range(value) is { } range)
        {
            return new FieldValue.Words(range);
        }

        return
            s_objects.GetValueOrDefault(field) is { } known
            && value.EnumerateObject().All(p => known.Contains(p.Name))
            ? new FieldValue.Fields([
                .. value
                    .EnumerateObject()
                    .OrderBy(p => Array.IndexOf(known, p.Name))
                    .Select(p => Field(field, p.Name, p.Value)),
            ])
            : new FieldValue.Json(value.GetRawText());
    }

    // A text of the record in one or two languages.
    private static Text? Spoken(JsonElement value) =>
        value.TryGetProperty("de", out var german)
        && german.ValueKind == JsonValueKind.String
        && value.EnumerateObject().All(p => p.Name is "de" or "en")
            ? new Text(
                german.GetString()!,
                value.TryGetProperty("en", out var english)
                && english.ValueKind == JsonValueKind.String
                    ? english.GetString()
                    : null
            )
            : null;

    // "127 bis 130": first and last line.
    private static string? Range(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && value.EnumerateObject().Count() == 2
        && value.TryGetProperty("from", out var from)
        && value.TryGetProperty("to", out var to)
        && from.ValueKind == JsonValueKind.Number
        && to.ValueKind == JsonValueKind.Number
        && from.TryGetInt32(out var first)
        && to.TryGetInt32(out var last)
            ? SourceWords.Lines(new Ledger.Sources.LineRange(first, last))
            : null;

    // The decider's own reading, where the object has no field that the reading does not know.
    private static T? Read<T>(JsonElement value, params string[] fields)
        where T : class
    {
        if (!value.EnumerateObject().All(p => fields.Contains(p.Name)))
        {
            return null;
        }

        try
        {
            return value.Deserialize<T>(LedgerJson.Options);
        }
        catch (JsonException)
        {
            // Another form than it should have: it is shown as JSON.
            return null;
        }
    }
}
