using System.Globalization;
using System.Text.RegularExpressions;

namespace Ledger.Sources;

/// <summary>
/// The form <c>physical-lines/1</c>: text taken from a word processor or a web page, one paragraph a line, which are counted from 1. What the
/// program left behind (bookmarks, columns of tabulators, captions told twice, headings copied twice) stands among it.
/// </summary>
internal static partial class PhysicalLines
{
    // Longer lines without a full stop are sentences whose stop was forgotten.
    private const int LongestHeading = 80;

    public static IReadOnlyList<DocumentLine> Lines(string text) =>
        [
            .. text.Split('\n')
                .Select(
                    (raw, i) =>
                        new DocumentLine(i + 1, DocumentLine.Clean(raw))
                        {
                            HasColumns = Columns().IsMatch(raw),
                        }
                ),
        ];

    public static string Join(IEnumerable<string> lines) => string.Join(' ', lines);

    public static IEnumerable<Block> Blocks(IReadOnlyList<DocumentLine> lines)
    {
        var heading = "";
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].IsEmpty)
            {
                continue;
            }

            // What is repeated at once is a caption: first as the picture's description, then line by line below it.
            var repeated = Repeated(lines, i);
            var kind = repeated is null ? KindOf(lines, i) : BlockKind.Text;
            var last = i;
            if (kind is BlockKind.Bullet or BlockKind.Numbered)
            {
                // A line without a mark that follows an item at once goes on with it.
                while (IsContinued(lines, last + 1))
                {
                    last++;
                }
            }

            if (kind == BlockKind.Heading)
            {
                kind = lines[i].Text == heading ? BlockKind.Repetition : kind;
                heading = lines[i].Text;
            }

            yield return Of(kind, i, last);
            if (repeated is { } end)
            {
                yield return Of(BlockKind.Repetition, i + 1, end);
                last = end;
            }

            i = last;
        }

        Block Of(BlockKind kind, int from, int to) =>
            new(kind, new LineRange(lines[from].Number, lines[to].Number));
    }

    private static BlockKind KindOf(IReadOnlyList<DocumentLine> lines, int i) =>
        Block.IsBullet(lines[i]) ? BlockKind.Bullet
        : NumberOf(lines[i]) is not null
            ? (IsInList(lines, i) ? BlockKind.Numbered : BlockKind.Heading)
        : LooksLikeHeading(lines[i]) && IsFollowedByText(lines, i) ? BlockKind.Heading
        : BlockKind.Text;

    // A heading stands over sentences or a list; over words without a full stop it is a row of a table. A line that says when the page was
    // changed may stand between.
    private static bool IsFollowedByText(IReadOnlyList<DocumentLine> lines, int i)
    {
        for (var at = i + 1; at < lines.Count; at++)
        {
            var text = lines[at].Text;
            if (text.Length > 0 && !TimeOfDay().IsMatch(text))
            {
                return Block.IsBullet(lines[at])
                    || (
                        NumberOf(lines[at]) is null
                            ? !char.IsLetterOrDigit(text[^1])
                            : IsInList(lines, at)
                    );
            }
        }

        return false;
    }

    // A number alone between empty lines numbers a heading; those of a list stand together.
    private static bool IsInList(IReadOnlyList<DocumentLine> lines, int i)
    {
        var number = NumberOf(lines[i])!.Value;
        return Neighbour(-1) == number - 1 || Neighbour(+1) == number + 1;

        int? Neighbour(int step)
        {
            var at = i + step;
            while (IsContinued(lines, at))
            {
                at += step;
            }

            return at >= 0 && at < lines.Count ? NumberOf(lines[at]) : null;
        }
    }

    private static bool IsContinued(IReadOnlyList<DocumentLine> lines, int i) =>
        i >= 0
        && i < lines.Count
        && !lines[i].IsEmpty
        && !Block.IsBullet(lines[i])
        && NumberOf(lines[i]) is null
        && !LooksLikeHeading(lines[i]);

    private static bool LooksLikeHeading(DocumentLine line)
    {
        var text = Bookmark().Replace(line.Text, "");
        return text.Length is > 0 and <= LongestHeading
            && !line.HasColumns
            && !Block.IsBullet(line)
            && (char.IsLetterOrDigit(text[0]) || text[0] is '„' or '"')
            && (char.IsLetterOrDigit(text[^1]) || text[^1] is '“' or '"')
            && !TimeOfDay().IsMatch(text);
    }

    // The last of the lines that together say the same as this one; null when none do.
    private static int? Repeated(IReadOnlyList<DocumentLine> lines, int i)
    {
        var rest = lines[i].Text;
        for (var at = i + 1; at < lines.Count && !lines[at].IsEmpty; at++)
        {
            if (!rest.StartsWith(lines[at].Text, StringComparison.Ordinal))
            {
                return null;
            }

            rest = rest[lines[at].Text.Length..].TrimStart(' ');
            if (rest.Length == 0)
            {
                return at;
            }
        }

        return null;
    }

    private static int? NumberOf(DocumentLine line) =>
        Number().Match(line.Text) is { Success: true } found
            ? int.Parse(found.Groups["number"].Value, CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex("^(?<number>[0-9]{1,3})\\. ", RegexOptions.None, 1000)]
    private static partial Regex Number();

    [GeneratedRegex("\\t{2,}| {3,}", RegexOptions.None, 1000)]
    private static partial Regex Columns();

    [GeneratedRegex("\\[bookmark: [^]]*\\]", RegexOptions.None, 1000)]
    private static partial Regex Bookmark();

    [GeneratedRegex("[0-9]:[0-9]", RegexOptions.None, 1000)]
    private static partial Regex TimeOfDay();
}
