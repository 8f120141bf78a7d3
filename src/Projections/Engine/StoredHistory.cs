using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Ledger.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace Projections.Engine;

/// <summary>
/// A stream's events as one JSON array, the form in which a read model keeps them: a page needs one row and folds it with the domain's
/// own code, for now or for any moment before. The column is text: the database never looks into it, and parsing it there would cost more
/// than all the rest of writing the row.
/// </summary>
internal static class StoredHistory
{
    // One for each thread that writes: a rebuild writes tens of thousands of histories of some kilobytes.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? s_json;

    /// <summary>Writes a history into a column of type text.</summary>
    public static void History(this NpgsqlBinaryImporter row, IReadOnlyList<RecordedEvent> events)
    {
        var buffer = s_buffer ??= new ArrayBufferWriter<byte>(64 * 1024);
        var json = s_json ??= new Utf8JsonWriter(
            buffer,
            new JsonWriterOptions { SkipValidation = true }
        );
        buffer.ResetWrittenCount();
        json.Reset();
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
        json.Flush();
        row.Write(buffer.WrittenMemory, NpgsqlDbType.Text);
    }

    /// <summary>Reads a stream's history from its column, in the UTF-8 in which the database sends it.</summary>
    public static IReadOnlyList<RecordedEvent> History(
        this NpgsqlDataReader reader,
        int column,
        StreamKey stream
    )
    {
        using var document = JsonDocument.Parse(reader.GetFieldValue<byte[]>(column));
        return
        [
            .. document
                .RootElement.EnumerateArray()
                .Select(e => new RecordedEvent(
                    e.GetProperty("index"u8).GetInt64(),
                    e.GetProperty("recorded"u8).GetDateTimeOffset(),
                    e.GetProperty("id"u8).GetGuid(),
                    stream,
                    e.GetProperty("version"u8).GetInt64(),
                    e.GetProperty("type"u8).GetString()!,
                    JsonMarshal.GetRawUtf8Value(e.GetProperty("data"u8)).ToArray()
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
            yield return new StreamHistory(stream, reader.History(1, stream));
        }
    }

    /// <summary>Runs a query for one stream's history; null when it has none.</summary>
    public static async Task<IReadOnlyList<RecordedEvent>?> ReadOneAsync(
        NpgsqlCommand command,
        StreamKey stream,
        CancellationToken cancellation
    )
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? reader.History(0, stream) : null;
    }
}
