using System.Security.Cryptography;

namespace Ledger.Transparency;

/// <summary>The hashes of a Merkle tree (RFC 6962, section 2.1): SHA-256 with leaves and nodes kept apart.</summary>
public static class Rfc6962
{
    /// <summary>Bytes of a hash.</summary>
    public const int HashSize = 32;

    /// <summary>Root of the tree without leaves: the hash of nothing.</summary>
    public static byte[] EmptyRoot => SHA256.HashData([]);

    /// <summary>SHA-256(0x00 || entry).</summary>
    public static byte[] LeafHash(ReadOnlySpan<byte> entry)
    {
        var hash = new byte[HashSize];
        LeafHash(entry, hash);
        return hash;
    }

    /// <inheritdoc cref="LeafHash(ReadOnlySpan{byte})"/>
    public static void LeafHash(ReadOnlySpan<byte> entry, Span<byte> hash)
    {
        byte[]? rented = null;
        var input =
            entry.Length < 1024
                ? stackalloc byte[entry.Length + 1]
                : (rented = System.Buffers.ArrayPool<byte>.Shared.Rent(entry.Length + 1)).AsSpan(
                    0,
                    entry.Length + 1
                );
        input[0] = 0;
        entry.CopyTo(input[1..]);
        SHA256.HashData(input, hash);
        if (rented is not null)
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>SHA-256(0x01 || left || right).</summary>
    public static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var hash = new byte[HashSize];
        NodeHash(left, right, hash);
        return hash;
    }

    /// <inheritdoc cref="NodeHash(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>
    public static void NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> hash)
    {
        Span<byte> input = stackalloc byte[1 + (2 * HashSize)];
        input[0] = 1;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + HashSize)..]);
        SHA256.HashData(input, hash);
    }
}
