using Ledger.EventStore;

namespace Ledger.Importing;

/// <summary>An event that an id of a file stands for.</summary>
/// <param name="Sha256">Fingerprint of what it says; null where the event itself must be asked.</param>
/// <param name="Waits">It is no event yet, but proposed to a second person.</param>
internal sealed record KnownEvent(Guid Event, byte[]? Sha256, bool Waits);

/// <summary>The events on record, or waiting, that the ids of a file stand for.</summary>
internal sealed class KnownEvents
{
    private readonly Dictionary<string, KnownEvent> _byId;
    private readonly Dictionary<Guid, byte[]> _fingerprints = [];

    private KnownEvents(Dictionary<string, KnownEvent> byId) => _byId = byId;

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
    public KnownEvent? Find(string id) =>
        _byId.TryGetValue(id, out var known)
            ? known with
            {
                Sha256 = known.Sha256 ?? _fingerprints.GetValueOrDefault(known.Event),
            }
            : null;
}
