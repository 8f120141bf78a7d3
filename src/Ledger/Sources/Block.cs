namespace Ledger.Sources;

/// <summary>Lines of a document that belong together.</summary>
/// <param name="Lines">First and last line.</param>
public sealed record Block(BlockKind Kind, LineRange Lines)
{
    /// <summary>Whether it is an item of a list: what must become a promise or be left out with a reason.</summary>
    public bool IsItem => Kind is BlockKind.Bullet or BlockKind.Numbered;

    internal static readonly string[] Bullets = ["- ", "· ", "• "];

    internal static bool IsBullet(DocumentLine line) =>
        Bullets.Any(b => line.Text.StartsWith(b, StringComparison.Ordinal));
}

/// <summary>What a block is.</summary>
public enum BlockKind
{
    /// <summary>A paragraph, or whatever is nothing else.</summary>
    Text,

    Heading,

    Bullet,

    /// <summary>An item of a numbered list.</summary>
    Numbered,

    /// <summary>It says again what stands directly before it, such as a caption after its picture or a heading that was copied twice.</summary>
    Repetition,
}
