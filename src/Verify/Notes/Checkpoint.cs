using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Verify.Notes;

/// <summary>A log's state at one size (c2sp.org/tlog-checkpoint), with the note that says it.</summary>
/// <param name="Origin">The log's identity.</param>
/// <param name="Size">How many entries.</param>
/// <param name="Root">Root hash of the tree over them.</param>
/// <param name="Bytes">The note as it was read.</param>
public sealed record Checkpoint(
    string Origin,
    long Size,
    ReadOnlyMemory<byte> Root,
    SignedNote Note,
    ReadOnlyMemory<byte> Bytes
)
{
    /// <summary>The root as it stands in the note.</summary>
    public string RootText => Convert.ToBase64String(Root.Span);

    public bool IsSameAs(Checkpoint other) =>
        Size == other.Size && Root.Span.SequenceEqual(other.Root.Span);

    public static bool TryParse(byte[] bytes, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        if (
            !SignedNote.TryParse(bytes, out var note)
            || note.Text.Split('\n') is not [{ Length: > 0 } origin, var size, var root, ..]
            || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count.ToString(CultureInfo.InvariantCulture) != size
            || Base64.Decode(root) is not { Length: Tree.Hashing.Size } hash
        )
        {
            return false;
        }

        checkpoint = new Checkpoint(origin, count, hash, note, bytes);
        return true;
    }
}
