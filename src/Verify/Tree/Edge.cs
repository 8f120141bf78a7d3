namespace Verify.Tree;

/// <summary>
/// The right edge of a growing tree: one hash for each full subtree, largest first. All that is needed to go on, and to state the root at
/// any size that was passed (RFC 6962, section 2.1).
/// </summary>
public sealed class Edge
{
    private readonly List<(int Height, byte[] Hash)> _subtrees = [];

    /// <summary>Leaves so far.</summary>
    public long Size { get; private set; }

    /// <summary>Another edge that goes on by itself.</summary>
    public Edge Fork()
    {
        var fork = new Edge { Size = Size };
        fork._subtrees.AddRange(_subtrees);
        return fork;
    }

    /// <summary>Appends a full subtree of 2^<paramref name="height"/> leaves; the size so far is a multiple of that.</summary>
    public void Append(ReadOnlySpan<byte> root, int height = 0)
    {
        if (Size % (1L << height) != 0)
        {
            throw new InvalidOperationException("A full subtree begins at a multiple of its size.");
        }

        Size += 1L << height;
        var hash = root.ToArray();
        while (_subtrees.Count > 0 && _subtrees[^1].Height == height)
        {
            Hashing.Node(_subtrees[^1].Hash, hash, hash);
            _subtrees.RemoveAt(_subtrees.Count - 1);
            height++;
        }

        _subtrees.Add((height, hash));
    }

    /// <summary>Appends leaves, one after the other.</summary>
    public void AppendLeaves(ReadOnlySpan<byte> hashes)
    {
        for (; hashes.Length > 0; hashes = hashes[Hashing.Size..])
        {
            Append(hashes[..Hashing.Size]);
        }
    }

    /// <summary>Root hash at the present size.</summary>
    public byte[] Root()
    {
        if (_subtrees.Count == 0)
        {
            return Hashing.OfNothing();
        }

        var root = _subtrees[^1].Hash.ToArray();
        for (var i = _subtrees.Count - 2; i >= 0; i--)
        {
            Hashing.Node(_subtrees[i].Hash, root, root);
        }

        return root;
    }
}
