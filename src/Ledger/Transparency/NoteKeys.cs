using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Transparency;

/// <summary>What a signature says (C2SP signed-note, signature types).</summary>
public enum NoteAlgorithm : byte
{
    /// <summary>Ed25519 over the note's text: a log's.</summary>
    Ed25519 = 0x01,

    /// <summary>Ed25519 over time and text: a witness's <c>cosignature/v1</c>.</summary>
    Cosignature = 0x04,
}

/// <summary>A public key as verifiers get it: <c>name+8 hex digits+base64(type || key)</c>.</summary>
/// <param name="Name">Whose it is; a log's is its origin.</param>
/// <param name="PublicKey">32 bytes.</param>
public sealed record VerifierKey(
    string Name,
    NoteAlgorithm Algorithm,
    ReadOnlyMemory<byte> PublicKey
)
{
    /// <summary>First four bytes of SHA-256(name || 0x0A || type || key): by it a signature is found.</summary>
    public uint Id { get; } = IdOf(Name, Algorithm, PublicKey.Span);

    /// <summary>Reads one. Other types than the two that are known here are refused, as Go's reader does.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static VerifierKey Parse(string text)
    {
        var parts = text.Split('+', 3);
        if (
            parts.Length != 3
            || !IsName(parts[0])
            || !TryDecode(parts[2], out var algorithm, out var key)
        )
        {
            throw new FormatException("This is no verifier key.");
        }

        var parsed = new VerifierKey(parts[0], algorithm, key);
        return parts[1] == parsed.Id.ToString("x8", null)
            ? parsed
            : throw new FormatException("The verifier key's id is not that of its key.");
    }

    /// <summary>Whether a name can be a key's: not empty, no space, no plus.</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+');

    public bool Equals(VerifierKey? other) => other is not null && other.ToString() == ToString();

    public override int GetHashCode() => (int)Id;

    public override string ToString() =>
        $"{Name}+{Id:x8}+{Convert.ToBase64String([(byte)Algorithm, .. PublicKey.Span])}";

    internal static bool TryDecode(
        string base64,
        out NoteAlgorithm algorithm,
        [NotNullWhen(true)] out byte[]? key
    )
    {
        (algorithm, key) = (default, null);
        var bytes = new byte[Ed25519.KeySize + 2];
        if (
            !Convert.TryFromBase64String(base64, bytes, out var length)
            || length != Ed25519.KeySize + 1
            || !Enum.IsDefined((NoteAlgorithm)bytes[0])
        )
        {
            return false;
        }

        (algorithm, key) = ((NoteAlgorithm)bytes[0], bytes[1..length]);
        return true;
    }

    private static uint IdOf(string name, NoteAlgorithm algorithm, ReadOnlySpan<byte> key) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(
            SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)algorithm, .. key])
        );
}

/// <summary>A private key in the form that Go's tools use: <c>PRIVATE+KEY+name+8 hex digits+base64(type || seed)</c>.</summary>
public sealed class SigningKey
{
    private const string Prefix = "PRIVATE+KEY+";
    private readonly byte[] _seed;

    private SigningKey(string name, NoteAlgorithm algorithm, byte[] seed)
    {
        _seed = seed;
        Verifier = new VerifierKey(name, algorithm, Ed25519.PublicKey(seed));
    }

    /// <summary>The public half.</summary>
    public VerifierKey Verifier { get; }

    /// <summary>A new key from the system's random numbers.</summary>
    public static SigningKey Generate(
        string name,
        NoteAlgorithm algorithm = NoteAlgorithm.Ed25519
    ) =>
        VerifierKey.IsName(name)
            ? new SigningKey(name, algorithm, RandomNumberGenerator.GetBytes(Ed25519.KeySize))
            : throw new FormatException($"'{name}' cannot be a key's name.");

    /// <exception cref="FormatException">It is none. The message does not repeat it.</exception>
    public static SigningKey Parse(string text)
    {
        var parts = text.StartsWith(Prefix, StringComparison.Ordinal)
            ? text[Prefix.Length..].Split('+', 3)
            : [];
        if (
            parts.Length != 3
            || !VerifierKey.IsName(parts[0])
            || !VerifierKey.TryDecode(parts[2], out var algorithm, out var seed)
        )
        {
            throw new FormatException("This is no private key.");
        }

        var key = new SigningKey(parts[0], algorithm, seed);
        return parts[1] == key.Verifier.Id.ToString("x8", null)
            ? key
            : throw new FormatException("The private key's id is not that of its key.");
    }

    /// <summary>Signs a note's text as a log does.</summary>
    public NoteSignature Sign(string text) =>
        Verifier.Algorithm == NoteAlgorithm.Ed25519
            ? new NoteSignature(
                Verifier.Name,
                Verifier.Id,
                Ed25519.Sign(_seed, Encoding.UTF8.GetBytes(text))
            )
            : throw new InvalidOperationException("A witness's key does not sign notes.");

    /// <summary>Cosigns a checkpoint's text as a witness does.</summary>
    public NoteSignature Cosign(string text, DateTimeOffset time) =>
        Verifier.Algorithm == NoteAlgorithm.Cosignature
            ? NoteSignature.Cosignature(Verifier, time, m => Ed25519.Sign(_seed, m), text)
            : throw new InvalidOperationException("A log's key does not cosign.");

    /// <summary>The key itself, for the key file and nothing else.</summary>
    public string Export() =>
        $"{Prefix}{Verifier.Name}+{Verifier.Id:x8}+{Convert.ToBase64String([(byte)Verifier.Algorithm, .. _seed])}";
}
