using Verify.Fetching;
using Verify.Tree;

namespace Verify.Checks;

/// <summary>The tiles above the leaves: each hash in them must be the root of the tile below it.</summary>
public sealed class TileTower(ISource source, List<Fault> faults)
{
    private sealed class Level
    {
        public long Full { get; set; }
        public List<byte> Hashes { get; } = [];
    }

    private readonly List<Level> _levels = [];

    /// <summary>Adds the root of the next full tile below the lowest of these levels, which is level 1.</summary>
    public Task AddAsync(byte[] root, CancellationToken cancellation) =>
        AddAsync(1, root, cancellation);

    private async Task AddAsync(int level, byte[] root, CancellationToken cancellation)
    {
        if (_levels.Count < level)
        {
            _levels.Add(new Level());
        }

        var here = _levels[level - 1];
        here.Hashes.AddRange(root);
        if (here.Hashes.Count < TilePath.Width * Hashing.Size)
        {
            return;
        }

        await CompareAsync(level, here, cancellation);
        var above = Hashing.RootOf([.. here.Hashes]);
        here.Hashes.Clear();
        here.Full++;
        await AddAsync(level + 1, above, cancellation);
    }

    /// <summary>Compares the tiles that are not full yet.</summary>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        for (var level = 1; level <= _levels.Count; level++)
        {
            if (_levels[level - 1].Hashes.Count > 0)
            {
                await CompareAsync(level, _levels[level - 1], cancellation);
            }
        }
    }

    private async Task CompareAsync(int level, Level here, CancellationToken cancellation)
    {
        var width = here.Hashes.Count / Hashing.Size;
        var tile = await BundleCheck.TileAsync(source, level, here.Full, width, cancellation);
        if (!tile.AsSpan().SequenceEqual([.. here.Hashes]))
        {
            faults.Add(
                Faults.TileAltered(LogPath.Prefix + TilePath.Hashes(level, here.Full, width))
            );
        }
    }
}
