using Ledger.EventStore;

namespace Ledger.Importing;

/// <summary>The events on record that the ids of a file stand for.</summary>
internal sealed class KnownEvents
{
    private readonly Dictionary<string, (Guid Event, byte[]? Sha256)> _byId;
    private readonly Dictionary<Guid, byte[]> _fingerprints = [];

    private KnownEvents(Dictionary<string, (Guid Event, byte[]? Sha256)> byId) => _byId = byId;

    public static async Task<KnownEvents> FindAsync(
        EventStore.EventStore store,
        IReadOnlyList<ImportItem> items,
        CancellationToken cancellation
    )
    {
        var ids = items
            .Where(i => i.Refusal is null)
            .SelectMany(i => i.References.Select(r => r.Id).Append(i.Id!))
            .ToHashSet(StringComparer.Ordinal);
        var known = new KnownEvents(await ImportItems.FindAsync(store.Database, ids, cancellation));

        // What has no fingerprint of its own is compared with what is recorded.
        var unmarked = items
            .Where(i =>
                i.Refusal is null && known._byId.TryGetValue(i.Id!, out var k) && k.Sha256 is null
            )
            .ToList();
        var wanted = unmarked.Select(i => known._byId[i.Id!].Event).ToHashSet();
        var streams = unmarked.Select(i => i.Stream).ToHashSet();
        foreach (
            var history in await store.ReadHistoriesAsync(streams, long.MaxValue, cancellation)
        )
        {
            foreach (var e in history.Events.Where(e => wanted.Contains(e.Id)))
            {
                known._fingerprints[e.Id] = ItemJson.Sha256(e.Stream, e.Body);
            }
        }

        return known;
    }

    /// <summary>The event of an id, and the fingerprint of what it says; null when the id is new.</summary>
    /// <remarks>An event on another stream than the item's has no fingerprint here, so that it says something else.</remarks>
    public (Guid Event, byte[]? Sha256)? Find(string id) =>
        _byId.TryGetValue(id, out var known)
            ? (known.Event, known.Sha256 ?? _fingerprints.GetValueOrDefault(known.Event))
            : null;
}
