using System.Globalization;

namespace Ledger.Transparency;

/// <summary>A tree's head (C2SP tlog-checkpoint): whose log, how many entries, which root.</summary>
/// <param name="Root">32 bytes.</param>
public sealed record Checkpoint(string Origin, long Size, ReadOnlyMemory<byte> Root)
{
    /// <summary>The note's text. We write no extension lines.</summary>
    public string Text =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.Span)}\n"
        );

    /// <summary>Reads a note's text; extension lines of others are passed over.</summary>
    /// <exception cref="FormatException">It is no checkpoint.</exception>
    public static Checkpoint Parse(string text)
    {
        var lines = text.Split('\n');
        var root = new byte[Rfc6962.HashSize + 1];
        return
            lines.Length >= 4
            && lines[^1].Length == 0
            && lines[..^1].All(l => l.Length > 0)
            && TryParseSize(lines[1], out var size)
            && Convert.TryFromBase64String(lines[2], root, out var length)
            && length == Rfc6962.HashSize
            && Convert.ToBase64String(root, 0, length) == lines[2]
            ? new Checkpoint(lines[0], size, root.AsMemory(0, length))
            : throw new FormatException("This is no checkpoint.");
    }

    /// <summary>Reads a size: decimal digits without a leading zero.</summary>
    public static bool TryParseSize(string text, out long size) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size)
        && (text == "0" || text[0] != '0');

    /// <summary>Signed by the log.</summary>
    public SignedNote Sign(SigningKey key) => new(Text, [key.Sign(Text)]);

    public bool Equals(Checkpoint? other) => other is not null && other.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}
