using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsvHelper;
using Ledger.Recording;

namespace Ledger.Importing;

/// <summary>
/// A table with a heading (RFC 4180; a semicolon may part the cells, as spreadsheets in German write it). An empty cell says nothing. A
/// cell that begins with a quotation mark is a JSON string: so a text can be empty, and none begins like a formula.
/// </summary>
internal static partial class CsvTable
{
    private static readonly CsvReaderOptions s_reading = new()
    {
        HasHeader = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = 4 * ImportLimits.Line,
        TrackLineNumbers = true,
    };

    private static readonly CsvWriterOptions s_writing = new()
    {
        NewLine = "\n",
        Quoting = CsvQuoting.WhenNeededOrWhitespace,
    };

    public static IEnumerable<ImportRow> Read(TextReader reader)
    {
        // The heading alone tells what parts the cells; guessing from the texts below it would go wrong.
        if (reader.ReadLine() is not { Length: > 0 } heading)
        {
            yield break;
        }

        var options = s_reading with
        {
            Separator = heading.Contains(';') && !heading.Contains(',') ? ';' : ',',
        };
        var columns = Heading(heading, options);
        if (
            columns
                .GroupBy(c => c, StringComparer.Ordinal)
                .FirstOrDefault(g => g.Count() > 1 || g.Key.Length == 0) is
            { } twin
        )
        {
            yield return ImportRow.Unreadable(
                1,
                new Text(
                    $"Die Spalte „{twin.Key}“ steht zweimal oder ohne Namen da.",
                    $"The column '{twin.Key}' stands there twice or without a name."
                )
            );
            yield break;
        }

        var paths = columns.ConvertAll(c => c.Split('.'));
        using var csv = CsvReader.Create(reader, options, leaveOpen: true);
        while (csv.Read())
        {
            var line = csv.LineNumber + 1;
            yield return csv.FieldCount == columns.Count
                ? ImportRow.Of(line, Row(csv, paths))
                : ImportRow.Unreadable(
                    line,
                    new Text(
                        $"Die Zeile hat {csv.FieldCount} Zellen statt {columns.Count}.",
                        $"The line has {csv.FieldCount} cells instead of {columns.Count}."
                    )
                );
        }
    }

    private static List<string> Heading(string line, CsvReaderOptions options)
    {
        using var csv = CsvReader.FromText(line, options);
        return csv.Read() ? [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)] : [];
    }

    private static Tree.Map Row(CsvReader csv, List<string[]> paths)
    {
        List<(string[] Path, string Text)> cells = [];
        for (var i = 0; i < paths.Count; i++)
        {
            if (!csv.IsEmpty(i))
            {
                cells.Add((paths[i], csv.GetString(i)));
            }
        }

        return cells.Count == 0 ? new Tree.Map([]) : (Tree.Map)Grow(cells, 0);
    }

    /// <summary>Writes a table. The items are read twice: first for the columns.</summary>
    public static async Task WriteAsync(TextWriter writer, Func<IAsyncEnumerable<JsonObject>> items)
    {
        var columns = new List<string> { "id", "stream", "type" };
        var known = columns.ToHashSet(StringComparer.Ordinal);
        await foreach (var item in items())
        {
            columns.AddRange(Cells(item).Select(c => c.Path).Where(known.Add));
        }

        await using var csv = CsvWriter.Create(writer, s_writing, leaveOpen: true);
        await csv.WriteRecordAsync([.. columns]);
        await foreach (var item in items())
        {
            var cells = Cells(item).ToDictionary(c => c.Path, c => c.Text, StringComparer.Ordinal);
            await csv.WriteRecordAsync([.. columns.Select(c => cells.GetValueOrDefault(c, ""))]);
        }
    }

    // The cells below one path; a cell at the path itself is a scalar.
    private static Tree Grow(List<(string[] Path, string Text)> cells, int depth) =>
        cells is [var only] && only.Path.Length == depth
            ? new Tree.Scalar(only.Text, Tree.Quotes.Cell)
            : new Tree.Map([
                .. cells
                    .GroupBy(
                        c => c.Path.Length > depth ? c.Path[depth] : "",
                        StringComparer.Ordinal
                    )
                    .Select(g =>
                        KeyValuePair.Create(
                            g.Key,
                            Grow([.. g], Math.Min(depth + 1, g.Max(c => c.Path.Length)))
                        )
                    ),
            ]);

    private static IEnumerable<(string Path, string Text)> Cells(JsonObject item)
    {
        // What a correction says is one cell of JSON, whatever field it is about.
        var isCorrection = item["type"]?.GetValue<string>() == "corrected";
        return item.SelectMany(f =>
            isCorrection && f.Key is "from" or "to"
                ? f.Value is null
                    ? []
                    : [(f.Key, f.Value.ToJsonString(LedgerJson.Options))]
                : Cells(f.Key, f.Value)
        );
    }

    private static IEnumerable<(string Path, string Text)> Cells(string path, JsonNode? node) =>
        node switch
        {
            null => [],
            JsonObject { Count: 0 } or JsonArray { Count: 0 } => [(path, node.ToJsonString())],
            JsonObject o => o.SelectMany(f => Cells($"{path}.{f.Key}", f.Value)),
            JsonArray a => a.SelectMany((n, i) => Cells($"{path}.{i}", n)),
            _ => [(path, Cell(node))],
        };

    private static string Cell(JsonNode value)
    {
        if (value.GetValueKind() != JsonValueKind.String)
        {
            return value.ToJsonString();
        }

        var text = value.GetValue<string>();
        return Bare().IsMatch(text) ? text : JsonSerializer.Serialize(text, LedgerJson.Options);
    }

    // A number, or a text that begins neither like JSON nor like a formula and has no space at its ends.
    [GeneratedRegex(
        @"^(?:-?[0-9]+(?:\.[0-9]+)?|[^\s""{\[=+\-@](?:.*\S)?)\z",
        RegexOptions.Singleline | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex Bare();
}
