using System.Globalization;
using System.Text;
using Ledger.Recording;
using Ledger.Transparency;
using Projections;
using Projections.Feed;
using Web.Pages;

namespace Web.Feeds;

/// <summary>Entries as a table for spreadsheets (RFC 4180), with the names that held at their index.</summary>
public static class EntryTable
{
    private const string Heading =
        "index,recorded,occurred,type,what,municipality,subject,title,status_before,status_after,committees,summary,evidence,address,id\r\n";

    public static string Write(IReadOnlyList<FeedEntry> entries, string root)
    {
        var table = new StringBuilder(Heading);
        foreach (var e in entries)
        {
            var body = e.Body;
            table.AppendJoin(
                ',',
                (
                    (string?[])
                        [
                            e.Index.ToString(CultureInfo.InvariantCulture),
                            CanonicalEntry.TimeOf(e.Recorded),
                            body?.Occurred?.ToString(),
                            Vocabulary.Find(e.Type)?.ApiName ?? e.Type,
                            EntryText.What(e),
                            e.Municipality,
                            e.Stream.ToString(),
                            e.Title.De,
                            e.StatusBefore is { } before ? EnumNames.Of(before) : null,
                            e.StatusAfter is { } after ? EnumNames.Of(after) : null,
                            string.Join("; ", e.CommitteesAfter),
                            body?.Summary?.De,
                            string.Join(" ", (body?.Evidence ?? []).Select(p => p.Url)),
                            root + Address.Event(e.Id),
                            e.Id.ToString("D"),
                        ]
                ).Select(Cell)
            );
            table.Append("\r\n");
        }

        return table.ToString();
    }

    // A cell that a spreadsheet would take for a formula begins with an apostrophe.
    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var safe = text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? $"'{text}" : text;
        return safe.AsSpan().ContainsAny(",\"\r\n")
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }
}
