using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Recording;

namespace Ledger.Tests.Recording;

/// <summary>
/// One sample of each type and shape. What is recorded is never rewritten, so a sample that was once here must be readable for ever: a
/// change that breaks one is a new shape, not an edit of the sample.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string s_folder = Path.Combine(Folder(), "golden");

    public static TheoryData<string> Names => [.. Vocabulary.All.Select(t => t.Name)];

    [Fact]
    public void Every_type_has_one_sample_and_every_sample_a_type() =>
        Directory
            .EnumerateFiles(s_folder)
            .Select(Path.GetFileName)
            .ShouldBe(Vocabulary.All.Select(t => $"{t.Name}.json"), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_is_read_and_written_as_it_stands(string name)
    {
        var json = File.ReadAllText(Path.Combine(s_folder, $"{name}.json"));
        var type = Vocabulary.Find(name)!.Record;
        var body = (Event)JsonSerializer.Deserialize(json, type, LedgerJson.Options)!;
        body.Faults().ShouldBeEmpty();
        var written = JsonSerializer.SerializeToNode(body, type, LedgerJson.Options);
        JsonNode
            .DeepEquals(written, JsonNode.Parse(json))
            .ShouldBeTrue($"{name} is written as {written}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_names_every_field_of_its_type(string name)
    {
        // Text and name are the shape in which a statement is sent, never that in which it is recorded; evidence and a passage
        // stand for each other.
        string[] elsewhere = ["sourceRef", "evidence", "occurredBasis", "summary", "name", "text"];
        var json = JsonNode
            .Parse(File.ReadAllText(Path.Combine(s_folder, $"{name}.json")))!
            .AsObject();
        var info = LedgerJson.Options.GetTypeInfo(Vocabulary.Find(name)!.Record);
        info.Properties.Select(p => p.Name)
            .Except(json.Select(f => f.Key))
            .Except(elsewhere)
            .ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_may_be_unknown_is_read_again_when_it_is(string name)
    {
        var type = Vocabulary.Find(name)!.Record;
        foreach (var path in Nullable(LedgerJson.Options.GetTypeInfo(type)))
        {
            var json = Sample(name);
            if (Parent(json, path) is not { } parent)
            {
                continue;
            }

            parent[path[^1]] = null;
            var body = json.Deserialize(type, LedgerJson.Options);
            var written = JsonSerializer.SerializeToNode(body, type, LedgerJson.Options);
            Should.NotThrow(
                () => written.Deserialize(type, LedgerJson.Options),
                string.Join('/', path)
            );
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_is_missing_or_null_inside_is_refused_and_breaks_nothing(string name)
    {
        var type = Vocabulary.Find(name)!.Record;
        foreach (var damage in Damages(Sample(name)))
        {
            var json = Sample(name);
            damage(json);
            try
            {
                _ = ((Event)json.Deserialize(type, LedgerJson.Options)!).Faults().Count();
            }
            catch (JsonException)
            {
                // Refused as malformed, with its place: that is what shall happen.
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_field_that_the_type_does_not_know_is_refused(string name)
    {
        var json = JsonNode
            .Parse(File.ReadAllText(Path.Combine(s_folder, $"{name}.json")))!
            .AsObject();
        json["colour"] = "red";
        Should.Throw<JsonException>(() =>
            json.Deserialize(Vocabulary.Find(name)!.Record, LedgerJson.Options)
        );
    }

    private static JsonObject Sample(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(s_folder, $"{name}.json")))!.AsObject();

    private static IEnumerable<string[]> Nullable(
        System.Text.Json.Serialization.Metadata.JsonTypeInfo type
    ) =>
        type.Properties.SelectMany(p =>
            (
                p.IsGetNullable
                    ? (string[][])
                        [
                            [p.Name],
                        ]
                    : []
            ).Concat(
                p.PropertyType.Namespace!.StartsWith("Ledger", StringComparison.Ordinal)
                && !p.PropertyType.IsEnum
                    ? Nullable(LedgerJson.Options.GetTypeInfo(p.PropertyType))
                        .Select(inner => (string[])[p.Name, .. inner])
                    : []
            )
        );

    private static JsonObject? Parent(JsonObject json, string[] path) =>
        path[..^1].Aggregate((JsonNode?)json, (node, field) => (node as JsonObject)?[field])
        as JsonObject;

    // Each place of a sample once removed and once null, also inside of lists.
    private static IEnumerable<Action<JsonNode>> Damages(JsonNode json)
    {
        switch (json)
        {
            case JsonObject o:
                foreach (var (field, value) in o)
                {
                    yield return n => n.AsObject().Remove(field);
                    yield return n => n[field] = null;
                    foreach (var inner in value is null ? [] : Damages(value))
                    {
                        yield return n => inner(n[field]!);
                    }
                }

                break;
            case JsonArray a:
                for (var i = 0; i < a.Count; i++)
                {
                    var at = i;
                    yield return n => n[at] = null;
                    foreach (var inner in a[at] is null ? [] : Damages(a[at]!))
                    {
                        yield return n => inner(n[at]!);
                    }
                }

                break;
        }
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
