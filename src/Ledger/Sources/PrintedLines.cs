using System.Globalization;
using System.Text.RegularExpressions;

namespace Ledger.Sources;

/// <summary>
/// The form <c>printed-lines/1</c>: text copied from a print whose lines are numbered, with each number at the end of its line, often glued
/// to a hyphen. Words are divided at the ends of lines; page breaks stand in the midst of sentences.
/// </summary>
internal static partial class PrintedLines
{
    /// <summary>Reads the lines by their printed numbers.</summary>
    /// <exception cref="UnreadableDocumentException">A line has no number, or not the next one.</exception>
    public static IReadOnlyList<DocumentLine> Lines(string text)
    {
        List<DocumentLine> lines = [];
        var physical = 0;
        var afterText = true;
        foreach (var raw in text.Split('\n'))
        {
            physical++;
            if (raw.All(DocumentLine.IsWhite))
            {
                afterText = false;
                continue;
            }

            if (Split(raw) is not var (content, number))
            {
                throw new UnreadableDocumentException(
                    $"Line {physical} of the file does not end with a printed line number, as the form printed-lines/1 needs."
                );
            }

            if (lines.Count > 0 && number != lines[^1].Number + 1)
            {
                throw new UnreadableDocumentException(
                    $"Line {physical} of the file has the printed number {number} after {lines[^1].Number}; the form printed-lines/1 needs them in order."
                );
            }

            lines.Add(
                new DocumentLine(number, DocumentLine.Clean(content))
                {
                    // Between lines of a page stands an empty one; the first of a page follows at once, set in by a blank.
                    OpensPage = afterText && DocumentLine.IsWhite(raw[0]),
                    HasColumns = Columns().IsMatch(content.Trim()),
                }
            );
            afterText = true;
        }

        return lines;
    }

    // All digits at the end are the number, even where the text before it ends with one: there a blank stands between.
    private static (string Text, int Number)? Split(string raw)
    {
        var end = raw.Length;
        while (DocumentLine.IsWhite(raw[end - 1]))
        {
            end--;
        }

        var begin = end;
        while (begin > 0 && char.IsAsciiDigit(raw[begin - 1]))
        {
            begin--;
        }

        return int.TryParse(
            raw.AsSpan(begin, end - begin),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? (raw[..begin], number)
            : null;
    }

    /// <summary>Joins lines: a hyphen before a lower-case letter divides a word and goes; any other stays.</summary>
    public static string Join(IEnumerable<string> lines)
    {
        var joined = "";
        foreach (var line in lines)
        {
            joined =
                joined.Length == 0 ? line
                : !joined.EndsWith('-') ? $"{joined} {line}"
                : char.IsLower(line, 0) ? joined[..^1] + line
                : joined + line;
        }

        return joined;
    }

    public static IEnumerable<Block> Blocks(IReadOnlyList<DocumentLine> lines)
    {
        var width = lines.Max(l => l.Text.Length);
        Block? open = null;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var starts =
                open is null
                || open.Kind == BlockKind.Heading
                || (line.OpensPage && EndsSentence(lines[i - 1].Text));
            BlockKind? begins =
                line.IsEmpty ? null
                : Block.IsBullet(line) ? BlockKind.Bullet
                : Item().IsMatch(line.Text) ? BlockKind.Numbered
                : starts && IsHeading(line, lines.ElementAtOrDefault(i + 1), width)
                    ? BlockKind.Heading
                : open is null or { Kind: BlockKind.Heading } ? BlockKind.Text
                : null;
            if ((line.IsEmpty || begins is not null) && open is not null)
            {
                yield return open;
                open = null;
            }

            if (begins is { } kind)
            {
                open = new Block(kind, new LineRange(line.Number, line.Number));
            }
            else if (!line.IsEmpty)
            {
                open = open! with { Lines = new LineRange(open.Lines.From, line.Number) };
            }
        }

        if (open is not null)
        {
            yield return open;
        }
    }

    // A heading has no mark. It stands alone without a full stop, or its line ends although the next word would still have fitted.
    private static bool IsHeading(DocumentLine line, DocumentLine? next, int width)
    {
        if (line.HasColumns || line.Text[^1] is '-' or ':' or ';' or ',')
        {
            return false;
        }

        if (next is null or { IsEmpty: true })
        {
            return !EndsSentence(line.Text);
        }

        var word = next.Text.Split(' ')[0];
        return !char.IsLower(next.Text, 0)
            && !(next.OpensPage && EndsSentence(line.Text))
            && !Block.IsBullet(next)
            && !Item().IsMatch(next.Text)
            && line.Text.Length + 1 + word.Length <= width * 9 / 10;
    }

    private static bool EndsSentence(string text) =>
        text.Length > 0 && text[^1] is '.' or '!' or '?';

    [GeneratedRegex("^\\([0-9]+\\) ", RegexOptions.None, 1000)]
    private static partial Regex Item();

    [GeneratedRegex("\\S {2,}\\S", RegexOptions.None, 1000)]
    private static partial Regex Columns();
}
