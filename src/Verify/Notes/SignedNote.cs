using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Verify.Notes;

/// <summary>A signature line of a note.</summary>
/// <param name="Signature">What follows the four bytes of the key's id.</param>
public sealed record NoteSignature(string Name, uint Id, ReadOnlyMemory<byte> Signature);

/// <summary>A text and signatures over it (c2sp.org/signed-note).</summary>
/// <param name="Text">What is signed, with its last newline.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    private const int MostSignatures = 100;
    private const string Dash = "\u2014 ";
    private static readonly UTF8Encoding s_strict = new(false, true);

    /// <summary>Reads a note without looking at any signature.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SignedNote? note)
    {
        note = null;
        string all;
        try
        {
            all = s_strict.GetString(bytes);
        }
        catch (ArgumentException)
        {
            return false;
        }

        var split = all.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 1 || !all.EndsWith('\n') || all.Any(c => c < ' ' && c != '\n'))
        {
            return false;
        }

        var lines = all[(split + 2)..^1].Split('\n');
        if (lines.Length > MostSignatures)
        {
            return false;
        }

        List<NoteSignature> signatures = [];
        foreach (var line in lines)
        {
            if (
                !line.StartsWith(Dash, StringComparison.Ordinal)
                || line[Dash.Length..].Split(' ') is not [{ Length: > 0 } name, var encoded]
                || name.Contains('+', StringComparison.Ordinal)
                || Base64.Decode(encoded) is not { Length: > 4 } signed
            )
            {
                return false;
            }

            signatures.Add(
                new NoteSignature(
                    name,
                    BinaryPrimitives.ReadUInt32BigEndian(signed),
                    signed.AsMemory(4)
                )
            );
        }

        note = new SignedNote(all[..(split + 1)], signatures);
        return true;
    }

    /// <summary>What the signatures say about one key. Signatures of unknown keys are passed over.</summary>
    public SignatureState StateOf(VerifierKey key)
    {
        var own = Signatures.FirstOrDefault(s => s.Name == key.Name && s.Id == key.Id);
        return own is null
            ? Signatures.Any(s => s.Name == key.Name)
                ? SignatureState.AnotherKey
                : SignatureState.Absent
            : Ed25519.Verify(key.Public.Span, Encoding.UTF8.GetBytes(Text), own.Signature.Span)
                ? SignatureState.Valid
                : SignatureState.Forged;
    }

    /// <summary>When a witness cosigned; null when it did not, or not validly (c2sp.org/tlog-cosignature).</summary>
    public DateTimeOffset? CosignedAt(VerifierKey witness)
    {
        DateTimeOffset? latest = null;
        foreach (var s in Signatures.Where(s => s.Name == witness.Name && s.Id == witness.Id))
        {
            if (s.Signature.Length != 8 + Ed25519.SignatureSize)
            {
                continue;
            }

            var time = BinaryPrimitives.ReadUInt64BigEndian(s.Signature.Span);
            if (
                time <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds()
                && Ed25519.Verify(
                    witness.Public.Span,
                    Encoding.UTF8.GetBytes($"cosignature/v1\ntime {time}\n{Text}"),
                    s.Signature.Span[8..]
                )
                && DateTimeOffset.FromUnixTimeSeconds((long)time) is var at
                && !(latest > at)
            )
            {
                latest = at;
            }
        }

        return latest;
    }
}

/// <summary>What a note's signatures say about a key.</summary>
public enum SignatureState
{
    /// <summary>No line bears the key's name.</summary>
    Absent,

    /// <summary>A line bears the name, but is of another key.</summary>
    AnotherKey,

    /// <summary>A line claims to be of this key and is not.</summary>
    Forged,

    Valid,
}
