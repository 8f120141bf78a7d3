using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Verify.Tests.Log;

/// <summary>A log of invented events in memory, honest until a test makes it otherwise.</summary>
public sealed class FakeLog
{
    public static readonly DateTimeOffset Begin = new(2026, 1, 2, 8, 0, 0, TimeSpan.Zero);

    public FakeLog()
        : this([]) { }

    private FakeLog(Dictionary<string, int> versions) => _versions = new(versions);

    /// <summary>The entries' bytes, in the order of the log.</summary>
    public List<byte[]> Entries { get; init; } = [];

    /// <summary>Indexes that are listed as withheld, and of the event that declares each.</summary>
    public Dictionary<int, int> Withheld { get; init; } = [];

    /// <summary>Leaf hashes of entries whose bytes are gone.</summary>
    public Dictionary<int, byte[]> Kept { get; init; } = [];

    /// <summary>When the next entry is recorded.</summary>
    public DateTimeOffset Clock { get; set; } = Begin;

    private readonly Dictionary<string, int> _versions;

    public FakeLog Copy() =>
        new(_versions)
        {
            Entries = [.. Entries],
            Withheld = new(Withheld),
            Kept = new(Kept),
            Clock = Clock,
        };

    public Rfc6962 Tree() =>
        new(Entries.Select((e, i) => Kept.GetValueOrDefault(i) ?? Rfc6962.Leaf(e)));

    /// <summary>Records so many events on ten promises.</summary>
    public FakeLog Record(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Add(
                $"promise:musterstadt-zusage-{Entries.Count % 10}",
                Entries.Count < 10 ? "promised" : "reported",
                $$$"""{"occurred":"2025","recordedBy":"catalogue","reviewedBy":null,"scope":"promise","summary":{"de":"Etwas Erfundenes für Müßiggänger, Nr. {{{Entries.Count}}}."}}"""
            );
        }

        return this;
    }

    /// <summary>Records one event a minute after the one before.</summary>
    /// <param name="data">In canonical form.</param>
    public int Add(string subject, string type, string data, int? index = null)
    {
        var at = index ?? Entries.Count;
        Clock += TimeSpan.FromMinutes(1);
        var version = _versions[subject] = _versions.GetValueOrDefault(subject) + 1;
        Entries.Add(Entry(at, subject, version, type, data, Clock));
        return at;
    }

    public static byte[] Entry(
        int index,
        string subject,
        int version,
        string type,
        string data,
        DateTimeOffset time
    ) =>
        Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"data":{{data}},"datacontenttype":"application/json","dataschema":"urn:zusagenbuch:{{type}}:1","id":"{{new Guid(index, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0)}}","sequence":"{{index:D20}}","source":"https://musterstadt.example/musterstadt","specversion":"1.0","streamversion":{{version}},"subject":"{{subject}}","time":"{{time:yyyy-MM-ddTHH:mm:ss.ffffff}}Z","type":"zusagenbuch.{{subject.Split(':')[0]}}.{{type}}.v1"}"""
            )
        );

    /// <summary>Takes an entry's text away, as the operator does who withholds it.</summary>
    /// <param name="declared">Whether an event says so.</param>
    public void Withhold(int index, bool declared = true)
    {
        var entry = JsonNode.Parse(Entries[index])!;
        var subject = (string)entry["subject"]!;
        if (declared)
        {
            Withheld[index] = Add(
                subject,
                "withheld",
                $$"""{"event":"{{entry["id"]}}","ground":{"de":"Gerichtsbeschluss"},"index":{{index}},"occurred":null,"recordedBy":"catalogue","reviewedBy":null}"""
            );
        }

        Kept[index] = Rfc6962.Leaf(Entries[index]);
        Entries[index] = [];
    }

    /// <summary>The body of a checkpoint over all entries.</summary>
    public string Body(string origin) =>
        $"{origin}\n{Entries.Count}\n{Convert.ToBase64String(Tree().Root(0, Entries.Count))}\n";

    /// <summary>The API's view of the events, as this product writes it.</summary>
    public List<JsonObject> Views()
    {
        List<JsonObject> views = [];
        for (var i = 0; i < Entries.Count; i++)
        {
            if (Entries[i].Length == 0)
            {
                continue;
            }

            var entry = JsonNode.Parse(Entries[i])!;
            var body = (JsonObject)entry["data"]!.DeepClone();
            var (by, reviewer) = (body["recordedBy"]?.DeepClone(), body["reviewedBy"]?.DeepClone());
            body.Remove("recordedBy");
            body.Remove("reviewedBy");
            body["type"] = ((string)entry["type"]!).Split('.')[2];
            body["notSaid"] = null;
            views.Add(
                new JsonObject
                {
                    ["id"] = entry["id"]!.DeepClone(),
                    ["index"] = i,
                    ["recorded"] = ((string)entry["time"]!).Replace(
                        "Z",
                        "+00:00",
                        StringComparison.Ordinal
                    ),
                    ["stream"] = entry["subject"]!.DeepClone(),
                    ["version"] = entry["streamversion"]!.DeepClone(),
                    ["recordedBy"] = by,
                    ["reviewedBy"] = reviewer,
                    ["event"] = body,
                    ["unreadable"] = null,
                }
            );
        }

        return views;
    }
}
