using System.Collections.Concurrent;
using Ledger.Transparency;

namespace Web.Log;

/// <summary>Tiles up to the published size. Full ones never change, so those that were asked for are kept in memory, up to a bound.</summary>
public sealed class PublishedTiles(LogReader log)
{
    // Of 8 kB each.
    private const int MostKept = 4_096;

    private readonly ConcurrentDictionary<Tile, byte[]> _kept = [];
    private long _published = -1;

    /// <summary>The hashes; null when they are not published.</summary>
    public async Task<byte[]?> FindAsync(Tile tile, CancellationToken cancellation)
    {
        if (_kept.TryGetValue(tile, out var kept))
        {
            return kept;
        }

        if (!await IsPublishedAsync(tile, cancellation))
        {
            return null;
        }

        var hashes = await log.TileAsync(tile, cancellation);
        if (hashes is not null && tile.IsFull)
        {
            if (_kept.Count >= MostKept)
            {
                _kept.Clear();
            }

            _kept[tile] = hashes;
        }

        return hashes;
    }

    /// <summary>Whether a published checkpoint covers a tile.</summary>
    public async Task<bool> IsPublishedAsync(Tile tile, CancellationToken cancellation)
    {
        // The published size only grows: what it once covered needs no question.
        if (tile.IsIn(Interlocked.Read(ref _published)))
        {
            return true;
        }

        var size = (await log.PublishedAsync(cancellation))?.Size ?? -1;
        Interlocked.Exchange(ref _published, Math.Max(size, Interlocked.Read(ref _published)));
        return tile.IsIn(size);
    }
}
