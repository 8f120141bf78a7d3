using System.Security.Cryptography;

namespace Verify.Tests.Log;

/// <summary>The tree of RFC 6962, section 2.1, as the definition says it: for the tests, and by another way than Verify's.</summary>
public sealed class Rfc6962
{
    // All full subtrees: [height][number].
    private readonly List<List<byte[]>> _full = [];

    public Rfc6962(IEnumerable<byte[]> leafHashes)
    {
        _full.Add([.. leafHashes]);
        while (_full[^1].Count > 1)
        {
            var below = _full[^1];
            _full.Add([
                .. Enumerable
                    .Range(0, below.Count / 2)
                    .Select(i => Node(below[2 * i], below[2 * i + 1])),
            ]);
        }
    }

    public static byte[] Leaf(byte[] entry) => SHA256.HashData([0, .. entry]);

    private static byte[] Node(byte[] left, byte[] right) =>
        SHA256.HashData([1, .. left, .. right]);

    /// <summary>MTH(D[from:to]).</summary>
    public byte[] Root(int from, int to)
    {
        var count = to - from;
        if (count == 0)
        {
            return SHA256.HashData([]);
        }

        var height = System.Numerics.BitOperations.Log2((uint)count);
        if (count == 1 << height && from % count == 0)
        {
            return _full[height][from >> height];
        }

        var k = count == 1 << height ? count / 2 : 1 << height;
        return Node(Root(from, from + k), Root(from + k, to));
    }

    /// <summary>Hashes of a tile; null when the tree of this size has no such.</summary>
    public byte[]? Tile(int level, int n, int width, int size)
    {
        var has = level < 4 ? size >> (8 * level) : 0;
        return (long)n * 256 + width > has
            ? null
            : [.. _full[8 * level].Skip(n * 256).Take(width).SelectMany(h => h)];
    }
}
