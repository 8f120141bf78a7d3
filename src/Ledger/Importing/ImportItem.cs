using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.EventStore;
using Ledger.Recording;

namespace Ledger.Importing;

/// <summary>An item with its three heads read; its fields wait until the events they refer to are known.</summary>
internal sealed record ImportItem(
    long Line,
    string? Id,
    StreamKey Stream,
    EventType? Type,
    JsonObject Fields,
    string RecordedBy,
    Decision.Refused? Refusal
)
{
    private const int LongestId = 200;

    /// <summary>Reads all rows; refuses what the rows show by themselves.</summary>
    public static IReadOnlyList<ImportItem> Read(IEnumerable<ImportRow> rows, string recordedBy)
    {
        List<ImportItem> items = [];
        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        var ofStream = new Dictionary<StreamKey, int>();
        foreach (var row in rows)
        {
            var item = Read(row, recordedBy);
            if (item is { Refusal: null, Id: { } id })
            {
                if (!lines.TryAdd(id, item.Line))
                {
                    item = item with { Refusal = Objections.IdTwice.Refuse(id, lines[id]) };
                }

                ofStream[item.Stream] = ofStream.GetValueOrDefault(item.Stream) + 1;
                if (ofStream[item.Stream] > ImportLimits.RowsOfOneStream)
                {
                    item = item with
                    {
                        Refusal = Objections.TooManyOfOneStream.Refuse(
                            ImportLimits.RowsOfOneStream
                        ),
                    };
                }
            }

            items.Add(item);
        }

        return items;
    }

    /// <summary>The ids of other events that it names.</summary>
    public IEnumerable<(string Field, string Id)> References =>
        ItemJson
            .References.Where(f => Text(Fields, f) is not null)
            .Select(f => (f, Text(Fields, f)!));

    private static ImportItem Read(ImportRow row, string recordedBy)
    {
        var fields = row.Item ?? [];
        var id = Take(fields, "id");
        var stream = Take(fields, "stream");
        var type = Take(fields, "type");
        var hasStream = StreamKey.TryParse(stream, out var key);
        var known = type is null ? null : Vocabulary.FindApi(type);
        return new ImportItem(
            row.Line,
            id,
            key,
            known,
            fields,
            recordedBy,
            row.Refusal ?? Refuse()
        );

        Decision.Refused? Refuse()
        {
            if (
                id is null
                || id.Length is 0 or > LongestId
                || id.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c))
            )
            {
                return Objections.IdMalformed.Refuse();
            }

            if (!hasStream)
            {
                return Objections.StreamMalformed.Refuse(stream ?? "");
            }

            return known is null ? Objections.TypeUnknown.Refuse(type ?? "") : null;
        }
    }

    private static string? Take(JsonObject fields, string name)
    {
        var text = Text(fields, name);
        fields.Remove(name);
        return text;
    }

    private static string? Text(JsonObject fields, string name)
    {
        if (fields[name] is not JsonValue value || value.GetValueKind() != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetValue<string>();
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair
        }
    }
}
