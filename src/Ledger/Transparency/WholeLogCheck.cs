using System.Globalization;
using Ledger.EventStore;
using Npgsql;

namespace Ledger.Transparency;

/// <summary>One walk over the whole log, beside the record that it was made from.</summary>
internal sealed class WholeLogCheck(NpgsqlDataSource database, string origin, List<string> faults)
{
    private const int Page = 1_024;

    // Enough to see what is wrong; not a line for each of a million entries.
    private const int MostOfAKind = 20;

    private readonly EventStore.EventStore _store = new(database);
    private readonly LogReader _log = new(database);
    private readonly Dictionary<string, int> _told = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Level, long N), byte[]> _edge = [];
    private readonly List<(Tile Tile, byte[] Hashes)> _full = [];
    private readonly Tree _tree = new();

    public async Task RunAsync(Action<long, long>? progress, CancellationToken cancellation)
    {
        var head = await _log.HeadAsync(cancellation);
        var withheld = await _log.WithheldAsync(cancellation);
        var checkpoints = await CheckpointsAsync(cancellation);
        CheckCheckpoint(checkpoints);
        while (_tree.Size < head.Size)
        {
            var from = _tree.Size;
            var count = (int)Math.Min(Page, head.Size - from);
            var events = (await _store.ReadAllAsync(from, count, cancellation)).ToDictionary(e =>
                e.Index
            );
            var entries = (await _log.ReadEntriesAsync(from, count, cancellation)).ToDictionary(e =>
                e.Index
            );
            for (var index = from; index < from + count; index++)
            {
                var leaf = CheckEntry(index, events, entries, withheld);
                if (leaf is null)
                {
                    return; // Without this leaf no tree can be grown.
                }

                _tree.Add(leaf, Collect);
                CheckCheckpoint(checkpoints);
            }

            await CheckFullTilesAsync(cancellation);
            progress?.Invoke(_tree.Size, head.Size);
        }

        foreach (var ((level, n), hashes) in _edge)
        {
            await CheckTileAsync(
                new Tile(level, n, hashes.Length / Rfc6962.HashSize),
                hashes,
                cancellation
            );
        }

        if (!_tree.Root().AsSpan().SequenceEqual(head.Root))
        {
            faults.Add("The stored root is not that of the entries.");
        }

        foreach (var left in checkpoints)
        {
            Tell(
                "size",
                $"A checkpoint of {left.Key} entries was signed; the log has {head.Size}."
            );
        }
    }

    private byte[]? CheckEntry(
        long index,
        Dictionary<long, RecordedEvent> events,
        Dictionary<long, LogEntry> entries,
        IReadOnlyDictionary<long, WithheldEntry> withheld
    )
    {
        if (!entries.TryGetValue(index, out var entry))
        {
            Tell("missing", $"The log has no entry {index}, though later ones are sealed.");
            return null;
        }

        if (!events.TryGetValue(index, out var e))
        {
            Tell("event", $"The entry {index} has no event any more.");
        }
        else if (withheld.TryGetValue(index, out var declared))
        {
            CheckWithheld(e, entry, declared);
            return entry.LeafHash;
        }
        else if (!CanonicalEntry.Of(origin, e).AsSpan().SequenceEqual(entry.Bytes))
        {
            Tell(
                "row",
                $"The event {e.Id} at index {index} is no longer what its entry in the log says."
            );
        }

        if (!Rfc6962.LeafHash(entry.Bytes).AsSpan().SequenceEqual(entry.LeafHash))
        {
            Tell("leaf", $"The entry {index} is not what its leaf hash was made from.");
        }

        return entry.LeafHash;
    }

    private void CheckWithheld(RecordedEvent e, LogEntry entry, WithheldEntry declared)
    {
        if (entry.Bytes is not null || !e.Data.Span.SequenceEqual("{}"u8))
        {
            Tell("withheld", $"The entry {e.Index} is withheld, but its content is still there.");
        }

        if (declared.DeclaredBy is null)
        {
            Tell("declared", $"The entry {e.Index} is withheld, but no event declares it.");
        }
    }

    private void Collect(int level, long place, ReadOnlySpan<byte> hash)
    {
        var key = (level, place / Tile.FullWidth);
        byte[] hashes = [.. _edge.GetValueOrDefault(key, []), .. hash];
        _edge[key] = hashes;
        if (hashes.Length == Tile.FullWidth * Rfc6962.HashSize)
        {
            _full.Add((new Tile(level, place / Tile.FullWidth, Tile.FullWidth), hashes));
            _edge.Remove(key);
        }
    }

    private async Task CheckFullTilesAsync(CancellationToken cancellation)
    {
        foreach (var (tile, hashes) in _full)
        {
            await CheckTileAsync(tile, hashes, cancellation);
        }

        _full.Clear();
    }

    private async Task CheckTileAsync(Tile tile, byte[] hashes, CancellationToken cancellation)
    {
        var stored = await _log.TileAsync(tile, cancellation);
        if (!hashes.AsSpan().SequenceEqual(stored))
        {
            Tell("tile", $"The tile {tile.Path} does not hold the hashes of the entries.");
        }
    }

    private void CheckCheckpoint(Dictionary<long, byte[]> checkpoints)
    {
        if (
            checkpoints.Remove(_tree.Size, out var root)
            && !_tree.Root().AsSpan().SequenceEqual(root)
        )
        {
            Tell(
                "checkpoint",
                $"The checkpoint of {_tree.Size} entries was signed with another root than they have now."
            );
        }
    }

    private async Task<Dictionary<long, byte[]>> CheckpointsAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select size, root from ledger.log_checkpoint"
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        Dictionary<long, byte[]> checkpoints = [];
        while (await reader.ReadAsync(cancellation))
        {
            checkpoints[reader.GetInt64(0)] = reader.GetFieldValue<byte[]>(1);
        }

        return checkpoints;
    }

    private void Tell(string kind, FormattableString fault)
    {
        var told = _told[kind] = _told.GetValueOrDefault(kind) + 1;
        if (told <= MostOfAKind)
        {
            faults.Add(fault.ToString(CultureInfo.InvariantCulture));
        }
        else if (told == MostOfAKind + 1)
        {
            faults.Add("And more of this kind.");
        }
    }
}
