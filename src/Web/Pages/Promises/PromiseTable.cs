using System.Globalization;
using System.Text;
using Ledger.Councils;
using Ledger.Promises;
using Projections.Timelines;
using Web.Pages.Wording;

namespace Web.Pages.Promises;

/// <summary>A list of promises as a table (RFC 4180, UTF-8), for a spreadsheet.</summary>
public static class PromiseTable
{
    /// <summary>More than that is the full export's.</summary>
    public const int Most = 20_000;

    private static readonly string[] s_head =
    [
        "adresse",
        "titel",
        "stand",
        "stand_seit",
        "frist",
        "thema",
        "quelle",
        "kapitel",
        "ausschuesse",
        "eintraege",
        "berichtigt",
        "zuletzt_vermerkt",
    ];

    /// <param name="site">Scheme and host that the addresses begin with.</param>
    public static byte[] Of(
        IReadOnlyList<PromiseRow> rows,
        Council council,
        Func<string, string> title,
        string site
    )
    {
        var names = council.Committees.ToDictionary(
            c => c.Slug,
            c => c.Name,
            StringComparer.Ordinal
        );
        var csv = new StringBuilder();
        Line(csv, s_head);
        foreach (var row in rows)
        {
            Line(
                csv,
                [
                    site + Address.Promise(row.Municipality, row.Slug),
                    row.Title.De,
                    row.Status.Word().De,
                    row.Since?.ToString() ?? "",
                    row.DueBinding is null ? "" : row.Due!.ToString(),
                    PromiseWords.Topic(row.Topic),
                    title(row.Source),
                    row.Chapter ?? "",
                    string.Join("; ", row.Committees.Select(c => names.GetValueOrDefault(c, c))),
                    row.Events.ToString(CultureInfo.InvariantCulture),
                    row.Corrected ? "ja" : "nein",
                    row
                        .LastRecorded.ToUniversalTime()
                        .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                ]
            );
        }

        // Spreadsheets take a file for UTF-8 only with a byte order mark.
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(csv.ToString())];
    }

    private static void Line(StringBuilder csv, IEnumerable<string> fields) =>
        csv.AppendJoin(',', fields.Select(Quoted)).Append("\r\n");

    // A cell must not become a formula where somebody opens the file.
    private static string Quoted(string field)
    {
        var plain = field is ['=' or '+' or '-' or '@' or '\t', ..] ? $"'{field}" : field;
        return plain.AsSpan().ContainsAny("\",\r\n")
            ? $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : plain;
    }
}
