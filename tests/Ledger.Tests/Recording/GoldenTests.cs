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

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
