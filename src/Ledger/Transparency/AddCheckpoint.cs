using System.Globalization;
using System.Text;

namespace Ledger.Transparency;

/// <summary>The body of a request to a witness (C2SP tlog-witness, add-checkpoint).</summary>
/// <param name="OldSize">Size of the checkpoint that the witness cosigned last.</param>
/// <param name="Proof">Shows that it is the beginning of the new one; empty from 0.</param>
/// <param name="Note">The new checkpoint.</param>
public sealed record AddCheckpoint(long OldSize, IReadOnlyList<byte[]> Proof, SignedNote Note)
{
    /// <summary>What a witness says of its own size in a 409.</summary>
    public const string SizeType = "text/x.tlog.size";

    /// <summary>Lines of a proof that a witness reads.</summary>
    public const int MostLines = 63;

    /// <exception cref="FormatException">The body is malformed.</exception>
    public static AddCheckpoint Parse(string body)
    {
        var end = body.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = end < 0 ? [] : body[..end].Split('\n');
        if (
            lines.Length is 0 or > MostLines + 1
            || !lines[0].StartsWith("old ", StringComparison.Ordinal)
            || !Checkpoint.TryParseSize(lines[0][4..], out var old)
        )
        {
            throw new FormatException(
                "The request has no line 'old' with a size, or too many lines."
            );
        }

        var proof = lines.Skip(1).Select(Convert.FromBase64String).ToList();
        return proof.TrueForAll(h => h.Length == Rfc6962.HashSize)
            ? new AddCheckpoint(old, proof, SignedNote.Parse(body[(end + 2)..]))
            : throw new FormatException("A line of the proof is no hash.");
    }

    public override string ToString()
    {
        var body = new StringBuilder().Append(CultureInfo.InvariantCulture, $"old {OldSize}\n");
        foreach (var hash in Proof)
        {
            body.Append(Convert.ToBase64String(hash)).Append('\n');
        }

        return body.Append('\n').Append(Note).ToString();
    }
}
