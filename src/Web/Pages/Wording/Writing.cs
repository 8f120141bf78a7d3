using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Web.Pages.Wording;

/// <summary>Numbers and lists as readers of the spoken language write them.</summary>
public static partial class Writing
{
    /// <summary>Joins a number and its unit on one line.</summary>
    public const char NoBreak = '\u00a0';

    /// <summary>The order of words: Ärzte stands with Arbeit.</summary>
    public static StringComparer Alphabet =>
        StringComparer.Create(Language.Culture, ignoreCase: true);

    private static readonly CompositeFormat s_grouped = CompositeFormat.Parse(
        "{0:#,##0.##########}"
    );

    /// <summary>"1.790", "2,15", in English "1,790", "2.15": all digits that are there and none that are not.</summary>
    public static string Number(decimal value) => string.Format(Language.Culture, s_grouped, value);

    /// <summary>A number with its unit: "60 %", "1.790 kWp"; a year stays a plain year.</summary>
    public static string Number(decimal value, string unit) =>
        unit is "Jahr" ? $"{value:0}"
        : Language.IsEnglish && unit.StartsWith('%') ? $"{Number(value)}{Unit(unit)}"
        : $"{Number(value)}{NoBreak}{Unit(unit)}";

    /// <summary>A unit as people print it: "CO₂", "Euro".</summary>
    public static string Unit(string unit) =>
        Units
            .Words(unit)
            .Replace("CO2", "CO₂", StringComparison.Ordinal)
            .Replace("EUR", Language.Say("Euro", "euros"), StringComparison.Ordinal);

    /// <summary>"1 Zusage", "216 Zusagen".</summary>
    public static string Count(long count, string one, string many) =>
        $"{count.ToString("#,##0", Language.Culture)} {(count == 1 ? one : many)}";

    public static string Count(int count) => count.ToString("#,##0", Language.Culture);

    /// <summary>"a, b und c", in English "a, b and c".</summary>
    public static string List(IReadOnlyList<string> parts) =>
        parts.Count switch
        {
            0 => "",
            1 => parts[0],
            _ =>
                $"{string.Join(", ", parts.Take(parts.Count - 1))} {Language.Say("und", "and")} {parts[^1]}",
        };

    /// <summary>The first letter as a capital, the rest as it is.</summary>
    public static string Capital(string text) =>
        text.Length == 0 ? text : string.Concat(text[..1].ToUpper(Language.Culture), text[1..]);

    /// <summary>The first letter as a small one, for a heading that becomes part of an English sentence.</summary>
    public static string Small(string text) =>
        text.Length == 0 ? text : string.Concat(text[..1].ToLower(Language.Culture), text[1..]);

    /// <summary>
    /// With soft hyphens where a long word is joined, for large headings on a phone: few browsers have a German dictionary to hyphenate with.
    /// </summary>
    public static string Breakable(string title) => Joint().Replace(title, "\u00ad");

    // "Rechnungs|prüfungs|ausschuss": the joints that can be told by their form.
    [GeneratedRegex(
        @"(?<=\p{L}{3}(?:ungs|ions|täts|heits|keits|schafts|lings))(?=\p{Ll}{5})",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Joint();

    /// <summary>Cut at a word, for descriptions in search results.</summary>
    public static string Shortened(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var cut = text.LastIndexOf(' ', length - 1);
        return $"{text[..(cut > 0 ? cut : length - 1)].TrimEnd(',', ';', ':', ' ')} …";
    }
}
