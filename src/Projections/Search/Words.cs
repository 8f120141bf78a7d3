using System.Globalization;
using System.Text;

namespace Projections.Search;

/// <summary>Words, and how alike two of them are. What the extension pg_trgm does, which not every server has, for a small vocabulary.</summary>
public static class Words
{
    /// <summary>Below this two words are not taken for the same with a slip.</summary>
    public const double Alike = 0.5;

    private static readonly CultureInfo s_german = CultureInfo.GetCultureInfo("de-DE");

    /// <summary>The words of a text in small letters, each once, in their order.</summary>
    public static IReadOnlyList<string> Of(string text, int shortest = 3)
    {
        List<string> words = [];
        var word = new StringBuilder();
        foreach (var c in text.Normalize().ToLower(s_german).Append(' '))
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(c);
                continue;
            }

            if (word.Length >= shortest && word.ToString() is var found && !words.Contains(found))
            {
                words.Add(found);
            }

            word.Clear();
        }

        return words;
    }

    /// <summary>Every run of three letters, with two blanks before the word and one behind, as pg_trgm counts them.</summary>
    public static string[] Trigrams(string word) => Runs($"  {word} ");

    /// <summary>The runs of three letters inside it: every word that contains it has them.</summary>
    public static string[] Inner(string word) => Runs(word);

    /// <summary>From 0 (nothing in common) to 1 (the same): twice the common runs by all runs (Dice).</summary>
    public static double Likeness(string a, string b)
    {
        var (one, other) = (Trigrams(a).ToHashSet(StringComparer.Ordinal), Trigrams(b));
        return 2.0 * other.Count(one.Contains) / (one.Count + other.Length);
    }

    private static string[] Runs(string text) =>
        [
            .. Enumerable
                .Range(0, Math.Max(0, text.Length - 2))
                .Select(i => text.Substring(i, 3))
                .Distinct(StringComparer.Ordinal),
        ];
}
