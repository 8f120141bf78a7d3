using System.Globalization;

namespace Projections.Timelines;

/// <summary>An order in which promises are listed. Its keys name a place in it, so that a page can begin where another ended.</summary>
/// <param name="Name">As in <c>?sort=</c>.</param>
/// <param name="Sql">The order of the rows.</param>
/// <param name="PastSql">Whether a row lies after the keys in parameters $8 and on.</param>
/// <param name="KeysOf">A promise's place.</param>
public sealed record PromiseOrder(
    string Name,
    string Sql,
    string PastSql,
    Func<PromiseRow, IReadOnlyList<string>> KeysOf
)
{
    /// <summary>As they stand in their sources.</summary>
    public static PromiseOrder Source { get; } =
        new(
            "source",
            """municipality collate "C", source collate "C", first_line, slug collate "C" """,
            """(municipality collate "C", source collate "C", first_line, slug collate "C") > ($8, $9, $10::bigint, $11)""",
            row => [row.Municipality, row.Source, Number(row.FirstLine), row.Slug]
        )
        {
            Keys = 4,
            Numeric = 2,
        };

    /// <summary>By German title, umlauts with their vowels.</summary>
    public static PromiseOrder Title { get; } =
        new(
            "title",
            $"""{TitleKeySql} collate "C", municipality collate "C", slug collate "C" """,
            $"""({TitleKeySql} collate "C", municipality collate "C", slug collate "C") > ($8, $9, $10)""",
            row => [TitleKey(row.Title.De), row.Municipality, row.Slug]
        )
        {
            Keys = 3,
        };

    /// <summary>The newest entry first.</summary>
    public static PromiseOrder Newest { get; } =
        new("newest", "last_index desc", "last_index < $8::bigint", row => [Number(row.LastIndex)])
        {
            Keys = 1,
            Numeric = 0,
            Descending = true,
        };

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<PromiseOrder> All { get; } = [Source, Title, Newest];

    private int Keys { get; init; }

    // Which of the keys is a number.
    private int Numeric { get; init; } = -1;

    private bool Descending { get; init; }

    /// <summary>Whether keys can be a place in this order.</summary>
    public bool Fits(IReadOnlyList<string> keys) =>
        keys.Count == Keys
        && (
            Numeric < 0
            || long.TryParse(keys[Numeric], NumberStyles.None, CultureInfo.InvariantCulture, out _)
        );

    /// <summary>The same order, for rows that were folded from the past.</summary>
    public int Compare(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        for (var i = 0; i < Keys; i++)
        {
            var order =
                i == Numeric
                    ? long.Parse(a[i], CultureInfo.InvariantCulture)
                        .CompareTo(long.Parse(b[i], CultureInfo.InvariantCulture))
                    : string.CompareOrdinal(a[i], b[i]);
            if (order != 0)
            {
                return Descending ? -order : order;
            }
        }

        return 0;
    }

    // Both sides fold alike, whatever the database's locale: ASCII case, umlauts to vowels.
    private const string TitleKeySql =
        "translate(title_de, 'ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜäöüß', 'abcdefghijklmnopqrstuvwxyzaouaous')";

    private static string TitleKey(string title) =>
        string.Create(
            title.Length,
            title,
            static (key, title) =>
            {
                for (var i = 0; i < key.Length; i++)
                {
                    key[i] = title[i] switch
                    {
                        'Ä' or 'ä' => 'a',
                        'Ö' or 'ö' => 'o',
                        'Ü' or 'ü' => 'u',
                        'ß' => 's',
                        >= 'A' and <= 'Z' and var c => (char)(c + 32),
                        var c => c,
                    };
                }
            }
        );

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
