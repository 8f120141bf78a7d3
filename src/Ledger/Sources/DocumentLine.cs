using System.Text;

namespace Ledger.Sources;

/// <summary>A line of a source document.</summary>
/// <param name="Number">Its number as the document's form counts: printed beside it, or from 1 in the file.</param>
/// <param name="Text">Its text, with white space as <see cref="Clean"/> leaves it; empty when it carries none.</param>
public sealed record DocumentLine(int Number, string Text)
{
    /// <summary>It is the first of a page.</summary>
    internal bool OpensPage { get; init; }

    /// <summary>Its text stands in columns, as signatures do.</summary>
    internal bool HasColumns { get; init; }

    public bool IsEmpty => Text.Length == 0;

    /// <summary>White space of a source: blank, tabulator, carriage return, no-break space. Nothing else is.</summary>
    internal static bool IsWhite(char c) => c is ' ' or '\t' or '\r' or '\u00a0';

    /// <summary>Makes every run of white space one blank and takes it away at both ends.</summary>
    public static string Clean(string raw)
    {
        var text = new StringBuilder(raw.Length);
        foreach (var c in raw)
        {
            if (!IsWhite(c))
            {
                text.Append(c);
            }
            else if (text.Length > 0 && text[^1] != ' ')
            {
                text.Append(' ');
            }
        }

        return text.ToString().TrimEnd(' ');
    }
}
