using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.EventStore;
using Ledger.Recording;

namespace Ledger.Catalogue;

/// <summary>One item of the catalogue: an event that the seeds say should be on record.</summary>
/// <param name="Id">Stable id, unique in all seeds: <c>promise:krefeld-x</c>, <c>event:KR-KLI-14</c>.</param>
/// <param name="Stream">The stream it belongs on.</param>
/// <param name="Type">Its event type.</param>
/// <param name="Fields">Its fields as event JSON; references to other items still by their ids.</param>
/// <param name="Sha256">Fingerprint of its content, whatever the layout of its file.</param>
/// <param name="Node">Where it stands.</param>
internal sealed record Seed(
    string Id,
    StreamKey Stream,
    EventType Type,
    JsonObject Fields,
    byte[] Sha256,
    SeedNode Node
)
{
    /// <summary>The item that this one corrects; null when it is no correction.</summary>
    public Seed? Corrects { get; init; }

    public static Seed Of(
        string id,
        StreamKey stream,
        EventType type,
        JsonObject fields,
        SeedNode node
    ) => new(id, stream, type, fields, Fingerprint(stream, type, fields), node);

    /// <summary>The same item with other content.</summary>
    public Seed With(JsonObject fields) => Of(Id, Stream, Type, fields, Node);

    private static byte[] Fingerprint(StreamKey stream, EventType type, JsonObject fields) =>
        SHA256.HashData(
            Encoding.UTF8.GetBytes($"{stream}\n{type.Name}\n{Sorted(fields)!.ToJsonString()}")
        );

    // A field that is null and one that is missing say the same.
    private static JsonNode? Sorted(JsonNode? node) =>
        node switch
        {
            JsonObject o => new JsonObject(
                o.Where(f => f.Value is not null)
                    .OrderBy(f => f.Key, StringComparer.Ordinal)
                    .Select(f => KeyValuePair.Create(f.Key, Sorted(f.Value)))
            ),
            JsonArray a => new JsonArray([.. a.Select(Sorted)]),
            _ => node?.DeepClone(),
        };
}
