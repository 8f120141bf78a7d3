using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Ledger.EventStore;
using Npgsql;

namespace Projections.Engine;

/// <summary>
/// A stream's events as one JSON array, the form in which a read model keeps them: a page needs one row and folds it with the domain's
/// own code, for now or for any moment before.
/// </summary>
internal static class StoredHistory
{
    public static byte[] Write(IReadOnlyList<RecordedEvent> events)
    {
        var buffer = new ArrayBufferWriter<byte>(events.Sum(e => e.Data.Length + 192));
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartArray();
            foreach (var e in events)
            {
                json.WriteStartObject();
                json.WriteNumber("index"u8, e.Index);
                json.WriteString("recorded"u8, e.Recorded);
                json.WriteString("id"u8, e.Id);
                json.WriteNumber("version"u8, e.Version);
                json.WriteString("type"u8, e.Type);
                json.WritePropertyName("data"u8);
                json.WriteRawValue(e.Data.Span, skipInputValidation: true);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static IReadOnlyList<RecordedEvent> Read(StreamKey stream, string json)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. document
                .RootElement.EnumerateArray()
                .Select(e => new RecordedEvent(
                    e.GetProperty("index").GetInt64(),
                    e.GetProperty("recorded").GetDateTimeOffset(),
                    e.GetProperty("id").GetGuid(),
                    stream,
                    e.GetProperty("version").GetInt64(),
                    e.GetProperty("type").GetString()!,
                    JsonSerializer.SerializeToUtf8Bytes(e.GetProperty("data"))
                )),
        ];
    }

    /// <summary>Runs a query for stream keys and histories; memory holds one stream at a time.</summary>
    public static async IAsyncEnumerable<StreamHistory> ReadAllAsync(
        NpgsqlCommand command,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await using var _ = command;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var stream = StreamKey.Parse(reader.GetString(0));
            yield return new StreamHistory(stream, Read(stream, reader.GetString(1)));
        }
    }
}
