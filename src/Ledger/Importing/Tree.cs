using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Ledger.Recording;

namespace Ledger.Importing;

/// <summary>What a file without types says: only the event's record tells whether <c>2024</c> is a number or a date.</summary>
internal abstract record Tree
{
    private Tree() { }

    /// <summary>Named fields, or the items of a list under their numbers.</summary>
    public sealed record Map(IReadOnlyList<KeyValuePair<string, Tree>> Fields) : Tree;

    public sealed record List(IReadOnlyList<Tree> Items) : Tree;

    public sealed record Scalar(string Text, Quotes Quoting) : Tree;

    /// <summary>How a scalar stood in the file.</summary>
    public enum Quotes
    {
        /// <summary>Without quotation marks in YAML: may be null, a number, true or false.</summary>
        Plain,

        /// <summary>In quotation marks: a text.</summary>
        Quoted,

        /// <summary>In a table: a text, or JSON where it begins like some.</summary>
        Cell,
    }

    /// <summary>The tree as the JSON that a type expects; what does not fit is left for the type to refuse.</summary>
    /// <param name="type">The type; null = unknown.</param>
    public JsonNode? ToJson(Type? type) =>
        this switch
        {
            Scalar scalar => FromScalar(scalar, Leaf(type)),
            List list => new JsonArray([
                .. list.Items.Select(i => i.ToJson(IsAny(type) ? type : Element(type))),
            ]),
            Map map when Element(type) is { } element && IsNumbered(map) => new JsonArray([
                .. map
                    .Fields.OrderBy(f => int.Parse(f.Key, CultureInfo.InvariantCulture))
                    .Select(f => f.Value.ToJson(element)),
            ]),
            Map map => FromMap(map, type),
            _ => throw new InvalidOperationException(),
        };

    private static JsonObject FromMap(Map map, Type? type)
    {
        var properties = Info(type) is { Kind: JsonTypeInfoKind.Object } info
            ? info.Properties
            : [];
        var json = new JsonObject();
        foreach (var (name, value) in map.Fields)
        {
            json[name] = value.ToJson(
                IsAny(type) ? type : properties.FirstOrDefault(p => p.Name == name)?.PropertyType
            );
        }

        // A table has no way to say "unknown" or "none" but an empty cell.
        foreach (var property in properties.Where(p => p.IsRequired && !json.ContainsKey(p.Name)))
        {
            if (Element(property.PropertyType) is not null)
            {
                json[property.Name] = new JsonArray();
            }
            else if (property.IsSetNullable)
            {
                json[property.Name] = null;
            }
        }

        return json;
    }

    private static JsonNode? FromScalar(Scalar scalar, Type type)
    {
        var (text, quotes) = scalar;
        if (quotes == Quotes.Plain && text is "" or "~" or "null")
        {
            return null;
        }

        if (type == typeof(JsonElement))
        {
            return quotes switch
            {
                Quotes.Plain => FromPlain(text),
                Quotes.Cell => FromJson(text, type) ?? text,
                _ => text,
            };
        }

        if (quotes != Quotes.Quoted && type == typeof(bool) && text is "true" or "false")
        {
            return text == "true";
        }

        if (
            quotes != Quotes.Quoted
            && (type == typeof(int) || type == typeof(long))
            && long.TryParse(
                text,
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var number
            )
        )
        {
            return number;
        }

        return
            quotes == Quotes.Cell
            && text[0] is '"' or '{' or '['
            && FromJson(text, type) is { } node
            ? node
            : text;
    }

    // Only what is written as JSON writes it: 007 is a text.
    private static JsonNode FromPlain(string text) =>
        text switch
        {
            "true" => true,
            "false" => false,
            _ when long.TryParse(
                    text,
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var n
                )
                    && n.ToString(CultureInfo.InvariantCulture) == text => n,
            _ => text,
        };

    // In a text only a string literal is JSON: a summary may begin with a bracket.
    private static JsonNode? FromJson(string text, Type type)
    {
        try
        {
            var node = JsonNode.Parse(text);
            return
                type == typeof(JsonElement)
                || node?.GetValueKind() == JsonValueKind.String
                || Info(type)?.Kind != JsonTypeInfoKind.None
                ? node
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsNumbered(Map map) =>
        map
            .Fields.Select(f => f.Key)
            .ToHashSet(StringComparer.Ordinal)
            .SetEquals(
                Enumerable
                    .Range(0, map.Fields.Count)
                    .Select(i => i.ToString(CultureInfo.InvariantCulture))
            );

    private static bool IsAny(Type? type) => Leaf(type) == typeof(JsonElement);

    private static Type Leaf(Type? type) =>
        type is null ? typeof(string) : Nullable.GetUnderlyingType(type) ?? type;

    private static JsonTypeInfo? Info(Type? type) =>
        type is null ? null : LedgerJson.Options.GetTypeInfo(Leaf(type));

    private static Type? Element(Type? type) =>
        Info(type) is { Kind: JsonTypeInfoKind.Enumerable } info ? info.ElementType : null;
}
