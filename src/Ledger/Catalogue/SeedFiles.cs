using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.EventStore;
using Ledger.Recording;
using Ledger.Sources;

namespace Ledger.Catalogue;

/// <summary>Reads <c>seeds/</c>: YAML that a non-programmer can edit, turned into the events it stands for.</summary>
internal sealed class SeedFiles
{
    private readonly string _folder;
    private readonly List<SeedException> _faults = [];
    private readonly List<Seed> _seeds = [];
    private readonly List<(SeedNode Node, JsonObject Fields)> _corrections = [];
    private readonly Dictionary<string, SeedNode> _sources = new(StringComparer.Ordinal);
    private readonly HashSet<string> _committees = new(StringComparer.Ordinal);
    private readonly HashSet<string> _councils = new(StringComparer.Ordinal);
    private readonly LeftOutFiles _leftOut = new();

    private SeedFiles(string folder) => _folder = folder;

    /// <summary>Fingerprint of every byte of every file: equal means that nothing has to be read.</summary>
    public static byte[] Digest(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in Files(folder, "").Concat(Freeze.Files(folder)))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, path) + "\0"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(path)));
        }

        return hash.GetHashAndReset();
    }

    /// <summary>Reads everything; every fault is found before anything is recorded.</summary>
    /// <exception cref="CatalogueException">At least one file is wrong.</exception>
    public static IReadOnlyList<Seed> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new CatalogueException([
                $"The folder {folder} with the catalogue's seeds is missing.",
            ]);
        }

        var files = new SeedFiles(folder);
        files.Each("left-out", files.LeftOut);
        files.Each("sources", files.Source);
        files.Each("councils", files.Council);
        files.Each("promises", files.Promises);
        files.Each("targets", files.Targets);
        files.Each("events", files.Events);
        files.Each("corrections", files.Corrections);
        var seeds = SeedCorrections.Apply(files._seeds, files._corrections, files._faults.Add);
        files.RefuseDuplicates(seeds);
        files.RefuseUnknownLeftOut();
        return files._faults.Count == 0
            ? seeds
            : throw new CatalogueException([.. files._faults.Select(f => f.Message)]);
    }

    private void Each(string part, Action<SeedNode> read)
    {
        foreach (var path in Files(_folder, part))
        {
            Try(() => read(SeedNode.Load(_folder, path)));
        }
    }

    private void EachItem(IEnumerable<SeedNode> items, Action<SeedNode> read)
    {
        foreach (var item in items)
        {
            Try(() => read(item));
        }
    }

    private void Try(Action read)
    {
        try
        {
            read();
        }
        catch (SeedException e)
        {
            _faults.Add(e);
        }
    }

    private void Source(SeedNode file)
    {
        var id = Name(file, "id");
        _sources[id] = file;
        var fields = file.ToJson();
        var published = Take(fields, "published") as JsonObject;
        fields.Remove("id");
        fields["lines"] = Range(file.Lines("lines"));
        fields["occurred"] = published?["date"]?.DeepClone();
        fields["occurredBasis"] = published?["date"] is null
            ? null
            : published["basis"]?.DeepClone();
        fields["leftOut"] = _leftOut.Of(id);
        if (file.OptionalText("emptyLines") is { } empty)
        {
            fields["emptyLines"] = new JsonArray([
                .. empty.Split(',').Select(part => Range(Lines(file, part.Trim()))),
            ]);
        }

        Add($"source:{id}", StreamKey.Source(id), "source_registered", fields, file);
    }

    private void LeftOut(SeedNode file) =>
        EachItem(LeftOutFiles.ItemsOf(file), item => _leftOut.Add(file, item));

    private void RefuseUnknownLeftOut() =>
        _faults.AddRange(
            _leftOut.Unknown(
                id => _sources.GetValueOrDefault(id),
                id => _seeds.Any(s => s.Id == $"promise:{id}")
            )
        );

    private void Council(SeedNode file)
    {
        var municipality = Name(file, "municipality");
        _councils.Add(municipality);
        var stream = StreamKey.Council(municipality);
        EachItem(
            file.Items("events"),
            item =>
            {
                var fields = Event(item, out var type);
                if (type == "council_registered")
                {
                    fields["name"] = file.Text("name");
                    fields["ags"] = file.Text("ags");
                    fields["state"] = file.Text("state");
                }

                Add($"event:{item.Text("id")}", stream, type, fields, item);
            }
        );
        EachItem(
            file.Items("committees"),
            item =>
            {
                var slug = Name(item, "id");
                _committees.Add($"{municipality}/{slug}");
                var fields = item.ToJson();
                fields.Remove("id");
                Rename(fields, "established", "occurred");
                fields["occurredBasis"] = fields["occurred"] is null ? null : "derived";
                fields["committee"] = slug;
                fields["scope"] = "context";
                if (Take(fields, "source") is JsonObject source)
                {
                    fields["sourceRef"] = SourceRef(item, source);
                }

                Add(
                    $"committee:{municipality}/{slug}",
                    stream,
                    "committee_established",
                    fields,
                    item
                );
            }
        );
    }

    private void Promises(SeedNode file)
    {
        var source = Source(file, file.Text("source"));
        var municipality = source.Text("municipality");
        EachItem(
            file.Items("promises"),
            item =>
            {
                var id = Name(item, "id");
                var fields = item.ToJson();
                fields.Remove("id");
                fields["municipality"] = municipality;
                fields["standing"] = source.Text("kind");
                fields["proponents"] = source.ToJson()["proponents"]?.DeepClone();
                fields["term"] = source.OptionalText("term");
                fields["chapter"] = file.OptionalText("chapter");
                Occurred(fields, source);
                fields["sourceRef"] = SourceRef(
                    item,
                    new JsonObject
                    {
                        ["id"] = file.Text("source"),
                        ["lines"] = item.Text("lines"),
                        ["fingerprint"] = Take(fields, "fingerprint"),
                    }
                );
                fields.Remove("lines");
                foreach (var committee in item.Items("committees"))
                {
                    if (!_committees.Contains($"{municipality}/{committee.Text("id")}"))
                    {
                        throw committee.Fault(
                            "id",
                            $"the committee '{committee.Text("id")}' is unknown; see seeds/councils/{municipality}.yaml"
                        );
                    }
                }

                foreach (
                    var committee in (fields["committees"] as JsonArray ?? []).OfType<JsonObject>()
                )
                {
                    Rename(committee, "id", "committee");
                }

                Add($"promise:{id}", StreamKey.Promise(id), "promised", fields, item);
            }
        );
    }

    private void Targets(SeedNode file) =>
        EachItem(
            file.Items("targets"),
            item =>
            {
                var id = Name(item, "id");
                var fields = item.ToJson();
                fields.Remove("id");
                fields.Remove("reference");
                if (Take(fields, "source") is { } slug)
                {
                    var source = Source(item, slug.GetValue<string>());
                    fields["municipality"] = source.Text("municipality");
                    Occurred(fields, source);
                    fields["sourceRef"] = SourceRef(
                        item,
                        new JsonObject
                        {
                            ["id"] = slug.DeepClone(),
                            ["lines"] = item.Text("lines"),
                            ["fingerprint"] = Take(fields, "fingerprint"),
                        }
                    );
                    fields.Remove("lines");
                }

                Add($"target:{id}", StreamKey.Target(id), "target_set", fields, item);
            }
        );

    private void Events(SeedNode file) =>
        EachItem(
            file.Items("events"),
            item =>
            {
                var fields = Event(item, out var type);
                if (!StreamKey.TryParse(item.Text("on"), out var stream))
                {
                    throw item.Fault(
                        "on",
                        $"'{item.Text("on")}' names no stream; write promise:krefeld-…"
                    );
                }

                fields.Remove("on");
                Add($"event:{item.Text("id")}", stream, type, fields, item);
            }
        );

    private void Corrections(SeedNode file) =>
        EachItem(
            file.Items("corrections"),
            item =>
            {
                _ = (item.Text("id"), item.Text("item"), item.Text("field"));
                _corrections.Add((item, Event(item)));
            }
        );

    private JsonObject Event(SeedNode item, out string type)
    {
        var fields = Event(item);
        fields.Remove("type");
        type = JsonNamingPolicy.SnakeCaseLower.ConvertName(item.Text("type"));
        return fields;
    }

    private JsonObject Event(SeedNode item)
    {
        var fields = item.ToJson();
        fields.Remove("id");
        Rename(fields, "basis", "occurredBasis");
        if (Take(fields, "source") is JsonObject source)
        {
            fields["sourceRef"] = SourceRef(item, source);
        }

        return fields;
    }

    private JsonObject SourceRef(SeedNode item, JsonObject source)
    {
        var id = source["id"]?.GetValue<string>() ?? throw item.Fault("source", "it has no id");
        var document = Source(item, id);
        var (from, to) =
            source["lines"] is JsonValue lines && lines.ToString() is { } text
                ? Lines(item, text)
                : throw item.Fault("source", "it has no lines");
        var (first, last) = document.Lines("lines");
        return from < first || to > last
            ? throw item.Fault(
                "lines",
                $"lines {from}-{to} are outside of the source, which has {first}-{last}"
            )
            : new JsonObject
            {
                ["source"] = id,
                ["locator"] = new JsonObject
                {
                    ["scheme"] = document.Text("locators"),
                    ["from"] = from,
                    ["to"] = to,
                },
                ["fingerprint"] = source["fingerprint"]?.DeepClone(),
            };
    }

    private static (int From, int To) Lines(SeedNode item, string text)
    {
        var parts = text.Split('-');
        return
            int.TryParse(parts[0], out var from)
            && int.TryParse(parts[^1], out var to)
            && parts.Length <= 2
            && from >= 1
            && to >= from
            ? (from, to)
            : throw item.Fault("lines", $"'{text}' is no range of lines; write 127-130");
    }

    private SeedNode Source(SeedNode item, string id) =>
        _sources.TryGetValue(id, out var source)
            ? source
            : throw item.Fault("source", $"the source '{id}' is unknown; see seeds/sources/");

    private void Add(string id, StreamKey stream, string type, JsonObject fields, SeedNode node)
    {
        var known =
            Vocabulary.Find(type)
            ?? throw node.Fault("type", $"the event type '{node.OptionalText("type")}' is unknown");
        _seeds.Add(Seed.Of(id, stream, known, fields, node));
    }

    private void RefuseDuplicates(IReadOnlyList<Seed> seeds)
    {
        foreach (
            var twins in seeds.GroupBy(s => s.Id, StringComparer.Ordinal).Where(g => g.Count() > 1)
        )
        {
            var first = twins.First().Node;
            _faults.AddRange(
                twins
                    .Skip(1)
                    .Select(t =>
                        t.Node.Fault("id", $"'{t.Id}' stands already in {first.File}:{first.Line}")
                    )
            );
        }
    }

    private static void Occurred(JsonObject fields, SeedNode source)
    {
        var published = source.Child("published");
        fields["occurred"] = published.OptionalText("date");
        fields["occurredBasis"] = published.OptionalText("date") is null
            ? null
            : published.OptionalText("basis");
    }

    private static string Name(SeedNode item, string field)
    {
        var name = item.Text(field);
        return StreamKey.IsName(name)
            ? name
            : throw item.Fault(
                field,
                $"'{name}' is no id: lower-case letters a to z, digits and single hyphens"
            );
    }

    private static JsonNode? Take(JsonObject fields, string field)
    {
        var node = fields[field];
        fields.Remove(field);
        return node;
    }

    private static void Rename(JsonObject fields, string from, string to)
    {
        if (fields.ContainsKey(from))
        {
            fields[to] = Take(fields, from);
        }
    }

    private static JsonObject Range((int From, int To) lines) =>
        new() { ["from"] = lines.From, ["to"] = lines.To };

    private static IEnumerable<string> Files(string folder, string part)
    {
        var path = Path.Combine(folder, part);
        return Directory.Exists(path)
            ? Directory
                .EnumerateFiles(path, "*.yaml", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
            : [];
    }
}
