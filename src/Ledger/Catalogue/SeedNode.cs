using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ledger.Catalogue;

/// <summary>Something is wrong in a seed file; one line that names file and line.</summary>
public sealed class SeedException(string file, long line, string message)
    : Exception($"{file}:{line}: {message}");

/// <summary>A mapping in a seed file that knows where it stands, so that every complaint can name file and line.</summary>
/// <param name="File">The file, relative to the seeds folder.</param>
internal sealed record SeedNode(string File, YamlMappingNode Yaml)
{
    public long Line => Yaml.Start.Line;

    /// <summary>Reads a file whose top is one mapping.</summary>
    /// <exception cref="SeedException">It is no YAML, or no mapping.</exception>
    public static SeedNode Load(string folder, string path)
    {
        var file = Path.Combine("seeds", Path.GetRelativePath(folder, path)).Replace('\\', '/');
        try
        {
            using var reader = new StreamReader(path, new System.Text.UTF8Encoding(false, true));
            var stream = new YamlStream();
            stream.Load(reader);
            return stream.Documents is [{ RootNode: YamlMappingNode top }]
                ? new SeedNode(file, top)
                : throw new SeedException(
                    file,
                    1,
                    "expected one document with named fields at its top"
                );
        }
        catch (YamlException e)
        {
            throw new SeedException(file, e.Start.Line, $"this is no valid YAML: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            // What YamlDotNet throws, without a place, when the text ends inside a bracket.
            throw new SeedException(
                file,
                1,
                "this is no valid YAML: a bracket, a brace or a quotation mark is not closed"
            );
        }
        catch (System.Text.DecoderFallbackException)
        {
            throw new SeedException(file, 1, "the file is not UTF-8");
        }
    }

    public SeedException Fault(string message) => new(File, Line, message);

    /// <summary>A complaint about one field, at its line.</summary>
    public SeedException Fault(string field, string message) =>
        new(File, Find(field)?.Start.Line ?? Line, $"{field}: {message}");

    public bool Has(string field) => Find(field) is not null;

    /// <exception cref="SeedException">The field is missing or no text.</exception>
    public string Text(string field) =>
        OptionalText(field) ?? throw Fault($"the field '{field}' is missing");

    public string? OptionalText(string field) =>
        Find(field) switch
        {
            null => null,
            YamlScalarNode scalar => IsNull(scalar) ? null : scalar.Value,
            _ => throw Fault(field, "expected one value"),
        };

    public SeedNode Child(string field) =>
        Find(field) as YamlMappingNode is { } child
            ? this with
            {
                Yaml = child,
            }
            : throw Fault($"the field '{field}' is missing or has no fields of its own");

    /// <summary>The items of a list of mappings; none when the field is missing.</summary>
    public IEnumerable<SeedNode> Items(string field) =>
        Find(field) switch
        {
            null => [],
            YamlSequenceNode list => list.Children.Select(item =>
                item is YamlMappingNode mapping
                    ? this with
                    {
                        Yaml = mapping,
                    }
                    : throw new SeedException(
                        File,
                        item.Start.Line,
                        $"an item of '{field}' has no named fields"
                    )
            ),
            _ => throw Fault(field, "expected a list"),
        };

    /// <summary>A range of lines such as <c>127-130</c> or <c>127</c>.</summary>
    public (int From, int To) Lines(string field)
    {
        var parts = Text(field).Split('-');
        return
            parts.Length is 1 or 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var to)
            && from >= 1
            && to >= from
            ? (from, to)
            : throw Fault(field, $"'{Text(field)}' is no range of lines; write 127-130");
    }

    /// <summary>The line on which a field stands, for an error found later.</summary>
    public long LineOf(string? field) => (field is null ? null : Find(field))?.Start.Line ?? Line;

    /// <summary>The mapping as JSON: quoted scalars are texts; plain ones may be null, true, false or an integer.</summary>
    public JsonObject ToJson() => (JsonObject)Convert(Yaml)!;

    private YamlNode? Find(string field) =>
        Yaml.Children.TryGetValue(new YamlScalarNode(field), out var node) ? node : null;

    private static bool IsNull(YamlScalarNode scalar) =>
        scalar.Style == ScalarStyle.Plain && scalar.Value is null or "" or "null" or "~";

    private static JsonNode? Convert(YamlNode node) =>
        node switch
        {
            YamlMappingNode mapping => new JsonObject(
                mapping.Children.Select(c =>
                    KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, Convert(c.Value))
                )
            ),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
            YamlScalarNode scalar when IsNull(scalar) => null,
            YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" } => true,
            YamlScalarNode { Style: ScalarStyle.Plain, Value: "false" } => false,
            YamlScalarNode { Style: ScalarStyle.Plain } scalar
                when long.TryParse(
                    scalar.Value,
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var number
                ) => number,
            YamlScalarNode scalar => scalar.Value,
            _ => throw new InvalidOperationException("anchors are not used in seeds"),
        };
}
