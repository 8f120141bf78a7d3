using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Recording;

namespace Ledger.Importing;

/// <summary>One JSON object a line.</summary>
internal static class JsonLines
{
    private static readonly JsonDocumentOptions s_options = new()
    {
        AllowDuplicateProperties = false,
    };

    public static IEnumerable<ImportRow> Read(TextReader reader)
    {
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return Parse(line, text);
            }
        }
    }

    public static async Task WriteAsync(TextWriter writer, IAsyncEnumerable<JsonObject> items)
    {
        await foreach (var item in items)
        {
            await writer.WriteAsync(item.ToJsonString(LedgerJson.Options));
            await writer.WriteAsync('\n');
        }
    }

    private static ImportRow Parse(long line, string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: s_options) is JsonObject item
                ? new ImportRow(line, item)
                : ImportRow.Unreadable(
                    line,
                    new Text("Erwartet wird ein JSON-Objekt.", "A JSON object is expected.")
                );
        }
        catch (JsonException e)
        {
            return ImportRow.Unreadable(line, e.Message.Split(" LineNumber:")[0]);
        }
    }
}
