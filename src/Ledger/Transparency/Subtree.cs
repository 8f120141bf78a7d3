using System.Numerics;
using System.Runtime.InteropServices;

namespace Ledger.Transparency;

/// <summary>A whole subtree of 2^height leaves, the N-th of its height. Its root never changes, so tiles hold it or what it is made of.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Subtree(int Height, long N)
{
    /// <summary>First leaf.</summary>
    public long From => N << Height;

    /// <summary>The tile that holds it, or from which it is computed, as narrow as will do.</summary>
    public Tile Tile
    {
        get
        {
            var level = Height / 8;
            var first = N << (Height % 8);
            var count = 1 << (Height % 8);
            return new Tile(
                level,
                first / Transparency.Tile.FullWidth,
                (int)(first % Transparency.Tile.FullWidth) + count
            );
        }
    }

    /// <summary>
    /// The largest whole subtrees that together make up the leaves from <paramref name="from"/> to before <paramref name="to"/>, from left to
    /// right. The range is one that occurs in RFC 6962: its start is a multiple of the largest power of two that fits into it.
    /// </summary>
    public static IEnumerable<Subtree> Cover(long from, long to)
    {
        while (from < to)
        {
            var height = BitOperations.Log2((ulong)(to - from));
            yield return new Subtree(height, from >> height);
            from += 1L << height;
        }
    }

    /// <summary>Its root, from the hashes of its tile.</summary>
    /// <param name="tile">The hashes of <see cref="Tile"/>, or of a wider one at the same place.</param>
    public byte[] RootFrom(ReadOnlySpan<byte> tile)
    {
        var count = 1 << (Height % 8);
        var first = (int)((N << (Height % 8)) % Transparency.Tile.FullWidth);
        var hashes = tile.Slice(first * Rfc6962.HashSize, count * Rfc6962.HashSize).ToArray();
        for (; count > 1; count /= 2)
        {
            for (var i = 0; i < count / 2; i++)
            {
                Rfc6962.NodeHash(At(hashes, 2 * i), At(hashes, (2 * i) + 1), At(hashes, i));
            }
        }

        return hashes[..Rfc6962.HashSize];
    }

    private static Span<byte> At(byte[] hashes, int i) =>
        hashes.AsSpan(i * Rfc6962.HashSize, Rfc6962.HashSize);
}
