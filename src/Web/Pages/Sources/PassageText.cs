using Ledger.Recording;
using Ledger.Sources;
using Web.Pages.Wording;

namespace Web.Pages.Sources;

/// <summary>A passage's wording between the lines around it, from the operator's copy of the document.</summary>
public sealed record PassageText(
    IReadOnlyList<DocumentLine> Before,
    IReadOnlyList<DocumentLine> Lines,
    IReadOnlyList<DocumentLine> After
)
{
    // Of a paragraph that only stands around the passage.
    private const int LongestContext = 220;

    /// <summary>Reads it; null when the document is not held.</summary>
    public static async Task<PassageText?> LoadAsync(
        SourceTexts texts,
        SourceRef passage,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(passage);
        var (scheme, from, to) = passage.Locator;
        var around = scheme == LocatorScheme.PrintedLine ? 3 : 2;
        var lines = await texts.LinesAsync(
            passage.Source,
            from - around,
            to + around,
            cancellation
        );
        var own = lines.Where(l => l.Number >= from && l.Number <= to).ToList();
        return own.Count == 0
            ? null
            : new PassageText(
                [
                    .. Near(lines.Where(l => l.Number < from).Reverse(), from)
                        .Reverse()
                        .Select(l => l with { Text = End(l.Text) }),
                ],
                own,
                [
                    .. Near(lines.Where(l => l.Number > to), to)
                        .Select(l => l with { Text = Writing.Shortened(l.Text, LongestContext) }),
                ]
            );
    }

    // What stands beyond two empty lines is another matter, such as signatures.
    private static IEnumerable<DocumentLine> Near(IEnumerable<DocumentLine> lines, int number)
    {
        foreach (var line in lines)
        {
            if (Math.Abs(line.Number - number) > 2)
            {
                yield break;
            }

            yield return line;
            number = line.Number;
        }
    }

    private static string End(string text)
    {
        if (text.Length <= LongestContext)
        {
            return text;
        }

        var cut = text.IndexOf(' ', text.Length - LongestContext);
        return $"… {text[(cut < 0 ? text.Length - LongestContext : cut + 1)..]}";
    }
}
