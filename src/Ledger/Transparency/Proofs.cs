using System.Numerics;

namespace Ledger.Transparency;

/// <summary>
/// Inclusion and consistency proofs (RFC 6962, sections 2.1.1 and 2.1.2). The names are those of Go's <c>sumdb/tlog</c>.
/// </summary>
public static class Proofs
{
    /// <summary>A range of leaves whose hash is one line of a proof.</summary>
    public sealed record Range(long From, long To)
    {
        /// <summary>Its hash.</summary>
        /// <param name="subtrees">Roots of whole subtrees.</param>
        public byte[] Hash(Func<Subtree, byte[]> subtrees)
        {
            byte[]? hash = null;
            foreach (var subtree in Subtree.Cover(From, To).Reverse())
            {
                hash = hash is null ? subtrees(subtree) : Rfc6962.NodeHash(subtrees(subtree), hash);
            }

            return hash ?? Rfc6962.EmptyRoot;
        }
    }

    /// <summary>What proves that the leaf at an index is in the tree of that size: from its sibling up to the child of the root.</summary>
    public static IReadOnlyList<Range> ProveRecord(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        List<Range> path = [];
        var (from, to) = (0L, size);
        while (to - from > 1)
        {
            var split = from + Split(to - from);
            if (index < split)
            {
                path.Add(new Range(split, to));
                to = split;
            }
            else
            {
                path.Add(new Range(from, split));
                from = split;
            }
        }

        path.Reverse();
        return path;
    }

    /// <summary>What proves that the tree of the old size is the beginning of the tree of the new size.</summary>
    public static IReadOnlyList<Range> ProveTree(long oldSize, long newSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        List<Range> proof = [];
        if (oldSize == 0 || oldSize == newSize)
        {
            return proof;
        }

        // PROOF(m, D[n]) = SUBPROOF(m, D[n], true), from the top down.
        var (from, to, m, isRoot) = (0L, newSize, oldSize, true);
        while (m != to - from)
        {
            var k = Split(to - from);
            if (m <= k)
            {
                proof.Add(new Range(from + k, to));
                to = from + k;
            }
            else
            {
                proof.Add(new Range(from, from + k));
                from += k;
                m -= k;
                isRoot = false;
            }
        }

        if (!isRoot)
        {
            proof.Add(new Range(from, to));
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>Whether a proof shows that the leaf is in the tree.</summary>
    public static bool CheckRecord(
        IReadOnlyList<byte[]> proof,
        long size,
        ReadOnlySpan<byte> root,
        long index,
        ReadOnlySpan<byte> leafHash
    )
    {
        if (index < 0 || index >= size)
        {
            return false;
        }

        // RFC 9162, section 2.1.3.2, which says the same of the same proofs as RFC 6962.
        var (fn, sn) = (index, size - 1);
        var hash = leafHash.ToArray();
        foreach (var sibling in proof)
        {
            if (sn == 0 || sibling.Length != Rfc6962.HashSize)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                hash = Rfc6962.NodeHash(sibling, hash);
                while ((fn & 1) == 0 && fn != 0)
                {
                    (fn, sn) = (fn >> 1, sn >> 1);
                }
            }
            else
            {
                hash = Rfc6962.NodeHash(hash, sibling);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && root.SequenceEqual(hash);
    }

    /// <summary>Whether a proof shows that the old tree is the beginning of the new one.</summary>
    public static bool CheckTree(
        IReadOnlyList<byte[]> proof,
        long newSize,
        ReadOnlySpan<byte> newRoot,
        long oldSize,
        ReadOnlySpan<byte> oldRoot
    )
    {
        if (oldSize < 0 || oldSize > newSize)
        {
            return false;
        }

        if (oldSize == newSize || oldSize == 0)
        {
            return proof.Count == 0
                && (
                    oldSize == 0
                        ? oldRoot.SequenceEqual(Rfc6962.EmptyRoot)
                        : oldRoot.SequenceEqual(newRoot)
                );
        }

        // RFC 9162, section 2.1.4.2.
        var path = BitOperations.IsPow2(oldSize) ? [oldRoot.ToArray(), .. proof] : proof.ToList();
        if (path.Count == 0 || path.Exists(h => h.Length != Rfc6962.HashSize))
        {
            return false;
        }

        var (fn, sn) = (oldSize - 1, newSize - 1);
        while ((fn & 1) == 1)
        {
            (fn, sn) = (fn >> 1, sn >> 1);
        }

        var (fr, sr) = (path[0], path[0]);
        foreach (var c in path.Skip(1))
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                fr = Rfc6962.NodeHash(c, fr);
                sr = Rfc6962.NodeHash(c, sr);
                while ((fn & 1) == 0 && fn != 0)
                {
                    (fn, sn) = (fn >> 1, sn >> 1);
                }
            }
            else
            {
                sr = Rfc6962.NodeHash(sr, c);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && oldRoot.SequenceEqual(fr) && newRoot.SequenceEqual(sr);
    }

    // The largest power of two below n.
    private static long Split(long n) => 1L << BitOperations.Log2((ulong)(n - 1));
}
