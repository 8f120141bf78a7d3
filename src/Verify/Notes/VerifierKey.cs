using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Verify.Notes;

/// <summary>What a key signs, in the type byte of its encoding (c2sp.org/signed-note, c2sp.org/tlog-cosignature).</summary>
public enum KeyType : byte
{
    /// <summary>A log's own key, which signs the note's text.</summary>
    Log = 0x01,

    /// <summary>A witness's key, which signs the note's text with a time.</summary>
    Witness = 0x04,
}

/// <summary>A public key with its name: <c>name+8 hex digits+base64(type || key)</c>.</summary>
/// <param name="Name">Name as it stands in signature lines; a log's is its origin.</param>
/// <param name="Id">First four bytes of SHA-256(name || 0x0A || type || key), big-endian.</param>
public sealed record VerifierKey(string Name, uint Id, KeyType Type, ReadOnlyMemory<byte> Public)
{
    /// <summary>The id in hexadecimal, as people compare it.</summary>
    public string IdText => Id.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The key as it is typed.</summary>
    public string Text => $"{Name}+{IdText}+{Convert.ToBase64String([(byte)Type, .. Public.Span])}";

    public bool IsSameAs(VerifierKey other) => Text == other.Text;

    public static bool TryParse(string text, [NotNullWhen(true)] out VerifierKey? key)
    {
        key = null;
        // Neither name nor id may hold a plus sign; base64 may.
        var parts = text.Trim().Split('+', 3);
        if (
            parts.Length != 3
            || parts[0].Length == 0
            || parts[0].Any(char.IsWhiteSpace)
            || parts[1].Length != 8
            || !uint.TryParse(
                parts[1],
                System.Globalization.NumberStyles.AllowHexSpecifier,
                System.Globalization.CultureInfo.InvariantCulture,
                out var id
            )
            || Base64.Decode(parts[2]) is not { Length: 1 + Ed25519.KeySize } bytes
            || bytes[0] is not ((byte)KeyType.Log or (byte)KeyType.Witness)
            || IdOf(parts[0], bytes) != id
        )
        {
            return false;
        }

        key = new VerifierKey(parts[0], id, (KeyType)bytes[0], bytes.AsMemory(1));
        return true;
    }

    private static uint IdOf(string name, ReadOnlySpan<byte> typeAndKey) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(
            SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. typeAndKey])
        );
}

/// <summary>Base64 of RFC 4648, section 4, exactly: no white space, nothing left over.</summary>
public static class Base64
{
    /// <summary>The bytes; null when the text is none.</summary>
    public static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return
            Convert.TryFromBase64String(text, bytes, out var length)
            && Convert.ToBase64String(bytes, 0, length) == text
            ? bytes[..length]
            : null;
    }
}
