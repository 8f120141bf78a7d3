namespace Ledger.Transparency;

/// <summary>
/// A growing Merkle tree, of which only the right edge is held: the root of each whole subtree that is not part of a larger one. Adding a leaf
/// costs one node hash on average, however large the tree is.
/// </summary>
public sealed class Tree
{
    // By height; the subtree of height h is there exactly when bit h of the size is set.
    private readonly byte[] _edge = new byte[64 * Rfc6962.HashSize];

    /// <summary>Number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>The root (RFC 6962, section 2.1).</summary>
    public byte[] Root()
    {
        byte[]? root = null;
        for (var height = 0; height < 63; height++)
        {
            if ((Size >> height & 1) != 0)
            {
                root = root is null ? Edge(height).ToArray() : Rfc6962.NodeHash(Edge(height), root);
            }
        }

        return root ?? Rfc6962.EmptyRoot;
    }

    /// <summary>Adds a leaf.</summary>
    /// <param name="leafHash">Its hash.</param>
    /// <param name="added">Told each hash that now stands in a tile: its level, its place on that level, the hash.</param>
    public void Add(ReadOnlySpan<byte> leafHash, TileHash? added = null)
    {
        Span<byte> hash = stackalloc byte[Rfc6962.HashSize];
        leafHash.CopyTo(hash);
        added?.Invoke(0, Size, hash);
        var height = 0;
        for (; (Size >> height & 1) != 0; height++)
        {
            Rfc6962.NodeHash(Edge(height), hash, hash);
            if ((height + 1) % 8 == 0)
            {
                added?.Invoke((height + 1) / 8, Size >> (height + 1), hash);
            }
        }

        hash.CopyTo(Edge(height));
        Size++;
    }

    /// <summary>A tree of that size, from its tiles.</summary>
    /// <param name="subtrees">Roots of whole subtrees.</param>
    public static Tree Load(long size, Func<Subtree, byte[]> subtrees)
    {
        var tree = new Tree { Size = size };
        foreach (var subtree in Subtree.Cover(0, size))
        {
            subtrees(subtree).CopyTo(tree.Edge(subtree.Height));
        }

        return tree;
    }

    private Span<byte> Edge(int height) =>
        _edge.AsSpan(height * Rfc6962.HashSize, Rfc6962.HashSize);
}

/// <summary>A hash that stands in a tile from now on.</summary>
/// <param name="place">Its place on the level, from 0: tile <c>place / 256</c>, position <c>place % 256</c>.</param>
public delegate void TileHash(int level, long place, ReadOnlySpan<byte> hash);
