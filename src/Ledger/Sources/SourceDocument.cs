using System.Security.Cryptography;
using System.Text;
using Ledger.Recording;

namespace Ledger.Sources;

/// <summary>
/// A source document as its form is read: lines by their numbers, blocks, and passages with their fingerprints. The same text always reads
/// the same; docs/sources.md says how a stranger reads it.
/// </summary>
public sealed class SourceDocument
{
    private readonly DocumentForm _form;

    private SourceDocument(DocumentForm form, IReadOnlyList<DocumentLine> lines)
    {
        _form = form;
        Lines = lines;
        Blocks = [.. form.Blocks(lines)];
        var carrying = lines.Where(l => !l.IsEmpty).Select(l => l.Number).ToList();
        TextLines = carrying.Count;
        Range = new LineRange(carrying[0], carrying[^1]);
    }

    private sealed record DocumentForm(
        LocatorScheme Locators,
        Func<string, IReadOnlyList<DocumentLine>> Lines,
        Func<IReadOnlyList<DocumentLine>, IEnumerable<Block>> Blocks,
        Func<IEnumerable<string>, string> Join
    );

    private static readonly Dictionary<string, DocumentForm> s_forms = new(StringComparer.Ordinal)
    {
        ["physical-lines/1"] = new(
            LocatorScheme.PhysicalLine,
            PhysicalLines.Lines,
            PhysicalLines.Blocks,
            PhysicalLines.Join
        ),
        ["printed-lines/1"] = new(
            LocatorScheme.PrintedLine,
            PrintedLines.Lines,
            PrintedLines.Blocks,
            PrintedLines.Join
        ),
    };

    /// <summary>The names of the forms that can be read.</summary>
    public static IReadOnlyCollection<string> Forms => s_forms.Keys;

    /// <summary>Reads a text in a form.</summary>
    /// <exception cref="UnreadableDocumentException">The form is unknown or the text does not have it.</exception>
    public static SourceDocument Read(string form, string text)
    {
        if (!s_forms.TryGetValue(form, out var known))
        {
            throw new UnreadableDocumentException(
                $"The form '{form}' is unknown; there are {string.Join(", ", s_forms.Keys)}."
            );
        }

        var lines = known.Lines(text);
        return lines.Any(l => !l.IsEmpty)
            ? new SourceDocument(known, lines)
            : throw new UnreadableDocumentException("The document carries no text.");
    }

    /// <summary>All lines in order, also the empty ones.</summary>
    public IReadOnlyList<DocumentLine> Lines { get; }

    /// <summary>Headings, items and paragraphs in order.</summary>
    public IReadOnlyList<Block> Blocks { get; }

    /// <summary>How the form counts lines.</summary>
    public LocatorScheme Locators => _form.Locators;

    /// <summary>How many lines carry text.</summary>
    public int TextLines { get; }

    /// <summary>First and last line that carry text.</summary>
    public LineRange Range { get; }

    /// <summary>The lines between the first and the last with text that carry none, as ranges.</summary>
    public IEnumerable<LineRange> EmptyLines
    {
        get
        {
            LineRange? open = null;
            foreach (var line in Lines.Where(l => l.Number >= Range.From && l.Number <= Range.To))
            {
                if (line.IsEmpty)
                {
                    open = new LineRange(open?.From ?? line.Number, line.Number);
                }
                else if (open is not null)
                {
                    yield return open;
                    open = null;
                }
            }
        }
    }

    /// <summary>The bullets and the numbered items.</summary>
    public IEnumerable<Block> Items => Blocks.Where(b => b.IsItem);

    /// <summary>The text of lines, first and last included, joined as the form joins them.</summary>
    /// <returns>Null when the document does not have all these lines, or none of them carries text.</returns>
    public Passage? Passage(int from, int to)
    {
        var first = Lines[0].Number;
        if (from < first || to < from || to > Lines[^1].Number)
        {
            return null;
        }

        var text = _form.Join(
            Lines.Skip(from - first).Take(to - from + 1).Where(l => !l.IsEmpty).Select(l => l.Text)
        );
        return text.Length == 0 ? null : new Passage(text);
    }
}

/// <summary>A passage's normalised text.</summary>
public sealed record Passage(string Text)
{
    /// <summary>SHA-256 of the text in UTF-8, as 64 lower-case hexadecimal digits.</summary>
    public string Fingerprint { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
}

/// <summary>A document cannot be read; the message is one sentence for whoever holds the file.</summary>
public sealed class UnreadableDocumentException(string message) : Exception(message);
