using System.Text;
using CsvHelper;
using Ledger.Recording;
using YamlDotNet.Core;

namespace Ledger.Importing;

/// <summary>Reads the items of a file in any of the formats, one after another; what cannot be read is an item that says so.</summary>
internal static class ImportFile
{
    public static IEnumerable<ImportRow> Read(Stream file, ImportFormat format)
    {
        using var text = new StreamReader(
            file,
            new UTF8Encoding(false, throwOnInvalidBytes: true),
            leaveOpen: true
        );
        using var reader = new BoundedReader(text);
        using var rows = Rows(reader, format).GetEnumerator();
        for (var (line, read) = (0L, 0); ; read++)
        {
            var row = read == ImportLimits.Rows ? Surplus(rows) : Next(rows, line + 1);
            if (row is null)
            {
                yield break;
            }

            yield return row;
            line = row.Line;
            if (row.IsLast)
            {
                yield break;
            }
        }
    }

    private static IEnumerable<ImportRow> Rows(TextReader reader, ImportFormat format) =>
        format switch
        {
            ImportFormat.JsonLines => JsonLines.Read(reader),
            ImportFormat.Csv => CsvTable.Read(reader),
            _ => YamlList.Read(reader),
        };

    private static ImportRow? Surplus(IEnumerator<ImportRow> rows) =>
        Next(rows, 0) is { } row
            ? new ImportRow(row.Line, null, Objections.TooManyRows.Refuse(ImportLimits.Rows))
            {
                IsLast = true,
            }
            : null;

    // After a place that cannot be read, nobody knows where the next item begins.
    private static ImportRow? Next(IEnumerator<ImportRow> rows, long line)
    {
        try
        {
            return rows.MoveNext() ? rows.Current : null;
        }
        catch (ImportTooLargeException e)
        {
            return new ImportRow(line, null, e.Refusal) { IsLast = true };
        }
        catch (YamlException e)
        {
            return ImportRow.Unreadable(e.Start.Line, e.Message) with { IsLast = true };
        }
        catch (CsvFormatException e)
        {
            return ImportRow.Unreadable(
                e.LineNumber > 0 ? e.LineNumber + 1 : line,
                e.Message.Split('\n')[0]
            ) with
            {
                IsLast = true,
            };
        }
        catch (DecoderFallbackException)
        {
            return ImportRow.Unreadable(
                line,
                new Text("Die Datei ist nicht in UTF-8.", "The file is not UTF-8.")
            ) with
            {
                IsLast = true,
            };
        }
        catch (InvalidOperationException)
        {
            // What YamlDotNet throws, without a place, when the text ends inside of a bracket.
            return ImportRow.Unreadable(
                line,
                new Text("Eine Klammer ist nicht geschlossen.", "A bracket is not closed.")
            ) with
            {
                IsLast = true,
            };
        }
    }
}
