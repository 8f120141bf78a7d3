using System.Text;
using Ledger.Promises;
using Ledger.Recording;

namespace Ledger.Method;

/// <summary>
/// The tables of docs/method.md, made from what decides: the vocabulary, the status rules, the objections. The text around them is the
/// document's own.
/// </summary>
public static class MethodTables
{
    private static readonly (string Name, Func<string> Table)[] s_tables =
    [
        ("statuses", Statuses),
        ("rules", Rules),
        ("flags", Flags),
        ("events", Events),
        ("refusals", Refusals),
        ("versions", Versions),
    ];

    /// <summary>A document with each table made anew between its markers.</summary>
    /// <exception cref="FormatException">The document lacks a table's markers.</exception>
    public static string Fill(string document)
    {
        foreach (var (name, table) in s_tables)
        {
            var from = $"<!-- {name} -->\n";
            var to = $"<!-- /{name} -->";
            var start = document.IndexOf(from, StringComparison.Ordinal);
            var end = document.IndexOf(to, StringComparison.Ordinal);
            if (start < 0 || end < start)
            {
                throw new FormatException($"The document lacks the markers of the table '{name}'.");
            }

            document = string.Concat(
                document.AsSpan(0, start),
                $"{from}\n{table()}\n",
                document.AsSpan(end)
            );
        }

        return document;
    }

    private static string Statuses() =>
        Table(
            ["Status", "German", "English", "Meaning"],
            Enum.GetValues<PromiseStatus>()
                .Select(s =>
                    new[]
                    {
                        $"`{System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(s.ToString())}`",
                        s.Word().De,
                        s.Word().En!,
                        s.Meaning().En!,
                    }
                )
        );

    private static string Rules() =>
        Table(
            ["Event", "Leads to", "Refused when at that place"],
            StatusRules.All.Select(r =>
                new[]
                {
                    $"`{Vocabulary.OfRecord(r.Event).ApiName}`"
                        + (r.Case is { } c ? $" {c.Word.En}" : ""),
                    r.Leads.En!,
                    r.Bars.Count == 0 ? "–" : string.Join(", ", r.Bars.Select(b => b.Word().En)),
                }
            )
        );

    private static string Flags() =>
        Table(
            ["Flag", "German", "English", "Meaning"],
            StatusFlags.All.Select(f =>
                new[] { $"`{f.Name}`", f.Word.De, f.Word.En!, f.Meaning.En! }
            )
        );

    private static string Events() =>
        Table(
            ["Event", "On", "German", "English", "Meaning"],
            Vocabulary.All.Select(t =>
                new[]
                {
                    $"`{t.ApiName}`",
                    string.Join(", ", t.Streams.Select(s => s.Name))
                        + (t.IsReserved ? " (the ledger alone)" : ""),
                    t.Word.De,
                    t.Word.En!,
                    t.Meaning.En!,
                }
            )
        );

    private static string Refusals() =>
        Table(
            ["Code", "English", "German"],
            Objections
                .All.Where(o => o != Objections.Malformed)
                .Select(o => new[] { $"`{o.Code}`", o.Blank.En!, o.Blank.De })
        );

    private static string Versions() =>
        Table(
            ["Version", "What is new", "SHA-256 of its rules"],
            MethodVersions.All.Select(v =>
                new[] { $"{v.Number}", v.Change.En!, $"`{v.Fingerprint}`" }
            )
        );

    private static string Table(string[] head, IEnumerable<string[]> rows)
    {
        var table = new StringBuilder();
        Row(head);
        Row([.. head.Select(_ => "---")]);
        foreach (var row in rows)
        {
            Row(row);
        }

        return table.ToString();

        void Row(string[] cells) =>
            table
                .Append("| ")
                .AppendJoin(
                    " | ",
                    cells.Select(c => c.Replace("|", "\\|", StringComparison.Ordinal))
                )
                .Append(" |\n");
    }
}
