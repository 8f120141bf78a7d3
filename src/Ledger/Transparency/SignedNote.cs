using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Ledger.Transparency;

/// <summary>A text with signatures below it (C2SP signed-note).</summary>
/// <param name="Text">Its lines, each with its newline.</param>
/// <param name="Signatures">At least one; of some the key may be unknown here.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    // More than any log and all its witnesses need; a bound for what comes over the network.
    private const int MostSignatures = 100;

    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a note.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> bytes)
    {
        string note;
        try
        {
            note = s_strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException("A note is UTF-8.", e);
        }

        if (note.Any(c => c < ' ' && c != '\n'))
        {
            throw new FormatException("A note holds no control characters.");
        }

        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || split + 2 == note.Length || !note.EndsWith('\n'))
        {
            throw new FormatException("A note has a text, an empty line and signature lines.");
        }

        var lines = note[(split + 2)..^1].Split('\n');
        return lines.Length <= MostSignatures
            ? new SignedNote(note[..(split + 1)], [.. lines.Select(NoteSignature.Parse)])
            : throw new FormatException("The note has too many signatures.");
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static SignedNote Parse(string note) => Parse(Encoding.UTF8.GetBytes(note));

    /// <summary>The same text with further signatures; one of the same key takes the earlier one's place.</summary>
    public SignedNote With(IEnumerable<NoteSignature> signatures)
    {
        var all = Signatures.ToList();
        foreach (var s in signatures)
        {
            all.RemoveAll(o => o.Name == s.Name && o.KeyId == s.KeyId);
            all.Add(s);
        }

        return this with
        {
            Signatures = all,
        };
    }

    /// <summary>The first signature of that key that is right; null when there is none.</summary>
    public NoteSignature? By(VerifierKey key) => Signatures.FirstOrDefault(s => s.IsBy(key, Text));

    public override string ToString() => $"{Text}\n{string.Concat(Signatures)}";
}

/// <summary>One signature line of a note.</summary>
/// <param name="Name">The key's name.</param>
/// <param name="KeyId">Tells keys of one name apart.</param>
/// <param name="Bytes">What stands after the id: 64 bytes for a log, 8 bytes of time and 64 for a witness.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Bytes)
{
    private const string Dash = "— ";

    /// <summary>When a witness signed, to the second; null for a signature of another form.</summary>
    public DateTimeOffset? Time =>
        Bytes.Length == 8 + Ed25519.SignatureSize
        && BinaryPrimitives.ReadUInt64BigEndian(Bytes.Span) is <= 253_402_300_799 and var seconds
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;

    /// <exception cref="FormatException">The line is no signature.</exception>
    public static NoteSignature Parse(string line)
    {
        var parts = line.StartsWith(Dash, StringComparison.Ordinal)
            ? line[Dash.Length..].Split(' ')
            : [];
        return
            parts.Length == 2
            && VerifierKey.IsName(parts[0])
            && TryBytes(parts[1], out var bytes)
            && bytes.Length > 4
            ? new NoteSignature(
                parts[0],
                BinaryPrimitives.ReadUInt32BigEndian(bytes),
                bytes.AsMemory(4)
            )
            : throw new FormatException("A signature line is malformed.");
    }

    /// <summary>Whether it is that key's, over that text.</summary>
    public bool IsBy(VerifierKey key, string text)
    {
        if (Name != key.Name || KeyId != key.Id)
        {
            return false;
        }

        return key.Algorithm switch
        {
            NoteAlgorithm.Ed25519 => Ed25519.Verify(
                key.PublicKey.Span,
                Encoding.UTF8.GetBytes(text),
                Bytes.Span
            ),
            NoteAlgorithm.Cosignature => Time is { } time
                && Ed25519.Verify(key.PublicKey.Span, Cosigned(time, text), Bytes.Span[8..]),
            _ => false,
        };
    }

    public bool Equals(NoteSignature? other) => other is not null && other.ToString() == ToString();

    public override int GetHashCode() => (int)KeyId;

    /// <summary>The line, with its newline.</summary>
    public override string ToString()
    {
        var bytes = new byte[4 + Bytes.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Bytes.Span.CopyTo(bytes.AsSpan(4));
        return $"{Dash}{Name} {Convert.ToBase64String(bytes)}\n";
    }

    internal static NoteSignature Cosignature(
        VerifierKey key,
        DateTimeOffset time,
        Func<byte[], byte[]> sign,
        string text
    )
    {
        time = DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
        var bytes = new byte[8 + Ed25519.SignatureSize];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.ToUnixTimeSeconds());
        sign(Cosigned(time, text)).CopyTo(bytes, 8);
        return new NoteSignature(key.Name, key.Id, bytes);
    }

    // C2SP tlog-cosignature, "Ed25519 signed message".
    private static byte[] Cosigned(DateTimeOffset time, string text) =>
        Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"cosignature/v1\ntime {time.ToUnixTimeSeconds()}\n{text}"
            )
        );

    // Only the one base64 of the bytes, without white space.
    private static bool TryBytes(string base64, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = new byte[base64.Length];
        if (
            !Convert.TryFromBase64String(base64, bytes, out var length)
            || Convert.ToBase64String(bytes, 0, length) != base64
        )
        {
            bytes = null;
            return false;
        }

        bytes = bytes[..length];
        return true;
    }
}
