using Ledger.EventStore;
using Ledger.Recording;

namespace Ledger.Catalogue;

/// <summary>One item of the catalogue: an event that the seeds say should be on record.</summary>
/// <param name="Id">Stable id, unique in all seeds: <c>promise:krefeld-x</c>, <c>event:KR-KLI-14</c>.</param>
/// <param name="Stream">The stream it belongs on.</param>
/// <param name="Fields">Its fields as event JSON; references to other items still by their ids.</param>
/// <param name="Type">Its event type.</param>
/// <param name="Sha256">Fingerprint of its content, whatever the layout of its file.</param>
internal sealed record Seed(
    string Id,
    StreamKey Stream,
    EventType Type,
    System.Text.Json.Nodes.JsonObject Fields,
    byte[] Sha256,
    SeedNode Node
);
