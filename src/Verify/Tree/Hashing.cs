using System.Security.Cryptography;

namespace Verify.Tree;

/// <summary>The hashes of RFC 6962, section 2.1. All are SHA-256: 32 bytes.</summary>
public static class Hashing
{
    /// <summary>Length of a hash in bytes.</summary>
    public const int Size = 32;

    /// <summary>Hash of the empty tree: that of nothing.</summary>
    public static byte[] OfNothing() => SHA256.HashData([]);

    /// <summary>SHA-256(0x00 || entry), where the zero byte already stands before the entry.</summary>
    public static void Leaf(ReadOnlySpan<byte> zeroAndEntry, Span<byte> hash) =>
        SHA256.HashData(zeroAndEntry, hash);

    /// <summary>SHA-256(0x01 || left || right). The result may lie over one of the two.</summary>
    public static void Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> hash)
    {
        Span<byte> text = stackalloc byte[1 + 2 * Size];
        text[0] = 1;
        left.CopyTo(text[1..]);
        right.CopyTo(text[(1 + Size)..]);
        SHA256.HashData(text, hash);
    }

    /// <summary>Root of a full subtree; the number of hashes is a power of two.</summary>
    public static byte[] RootOf(ReadOnlySpan<byte> hashes)
    {
        var level = hashes.ToArray();
        for (var width = level.Length / Size; width > 1; width /= 2)
        {
            for (var i = 0; i < width / 2; i++)
            {
                Node(
                    level.AsSpan(2 * i * Size, Size),
                    level.AsSpan((2 * i + 1) * Size, Size),
                    level.AsSpan(i * Size, Size)
                );
            }
        }

        return level[..Size];
    }
}
