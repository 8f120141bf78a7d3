using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Verify.Entries;

/// <summary>Up to 256 entries as they are served: a big-endian 16-bit length before each (c2sp.org/tlog-tiles).</summary>
public sealed class Bundle
{
    /// <summary>The most bytes that a full bundle can have.</summary>
    public const int Longest = Tree.TilePath.Width * (2 + ushort.MaxValue);

    private readonly byte[] _bytes;
    private readonly (int Start, int Length)[] _entries;

    private Bundle(byte[] bytes, (int Start, int Length)[] entries)
    {
        _bytes = bytes;
        _entries = entries;
    }

    public int Count => _entries.Length;

    /// <summary>The entry's bytes.</summary>
    public ReadOnlyMemory<byte> this[int i] =>
        _bytes.AsMemory(_entries[i].Start, _entries[i].Length);

    /// <summary>The entry with a zero byte before it: what its leaf hash is made of, without copying it.</summary>
    public ReadOnlySpan<byte> Leaf(int i) =>
        _bytes.AsSpan(_entries[i].Start - 1, _entries[i].Length + 1);

    /// <summary>The bytes of the first entries; what cannot be divided stays as it is.</summary>
    public static byte[] FirstOf(byte[] bytes, int width)
    {
        var at = 0;
        for (var i = 0; i < width && bytes.Length - at >= 2; i++)
        {
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));
        }

        return at <= bytes.Length ? bytes[..at] : bytes;
    }

    /// <summary>Takes the bytes over and changes them.</summary>
    /// <param name="width">How many entries it must have, and nothing after them.</param>
    /// <param name="count">How many whole entries it has when they are too few and nothing else is wrong.</param>
    public static bool TryParse(
        byte[] bytes,
        int width,
        [NotNullWhen(true)] out Bundle? bundle,
        out int? count
    )
    {
        bundle = null;
        count = null;
        var entries = new (int, int)[width];
        var at = 0;
        for (var i = 0; i < width; i++)
        {
            if (bytes.Length == at)
            {
                count = i;
                return false;
            }

            if (bytes.Length - at < 2)
            {
                return false;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));
            at += 2;
            if (bytes.Length - at < length)
            {
                return false;
            }

            // The length has been read; its low byte becomes the leaf's prefix.
            bytes[at - 1] = 0;
            entries[i] = (at, length);
            at += length;
        }

        if (at != bytes.Length)
        {
            return false;
        }

        bundle = new Bundle(bytes, entries);
        return true;
    }
}
