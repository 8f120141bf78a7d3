using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Verify.Notes;

/// <summary>
/// A signed statement by which a log's key names its successor: the lines <c>key-rotation/v1</c>, <c>size N</c>, <c>old KEY</c> and
/// <c>new KEY</c>, signed by both keys. From the size on the old key signs no checkpoint any more.
/// </summary>
/// <param name="Size">Size of the last checkpoint of the old key.</param>
/// <param name="Text">The note as it was read.</param>
public sealed record Rotation(VerifierKey Old, VerifierKey New, long Size, string Text)
{
    private const string Header = "key-rotation/v1";

    /// <summary>Whether the old key says so, and the new one agrees.</summary>
    public required bool IsSigned { get; init; }

    public static bool TryParse(string text, [NotNullWhen(true)] out Rotation? rotation)
    {
        rotation = null;
        if (
            !SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out var note)
            || note.Text.Split('\n') is not [Header, var size, var old, var next, ""]
            || Value(size, "size ") is not { } number
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            || n.ToString(CultureInfo.InvariantCulture) != number
            || Value(old, "old ") is not { } oldKey
            || Value(next, "new ") is not { } newKey
            || !VerifierKey.TryParse(oldKey, out var from)
            || !VerifierKey.TryParse(newKey, out var to)
            || from.Type != KeyType.Log
            || to.Type != KeyType.Log
            || from.Name != to.Name
            || from.IsSameAs(to)
        )
        {
            return false;
        }

        rotation = new Rotation(from, to, n, text)
        {
            IsSigned =
                note.StateOf(from) == SignatureState.Valid
                && note.StateOf(to) == SignatureState.Valid,
        };
        return true;
    }

    private static string? Value(string line, string word) =>
        line.StartsWith(word, StringComparison.Ordinal) ? line[word.Length..] : null;
}
