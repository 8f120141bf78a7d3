using System.Text.Json;
using Store = Ledger.EventStore.EventStore;

namespace Web.Pages.Data;

/// <summary>
/// Every event that is recorded, one JSON object a line, in the order of the record and as it stands there: personal values are the digests
/// that stand in the record, never what they disclose, so that an erasure reaches every copy.
/// </summary>
public static class FullExport
{
    public const string Address = "/daten/zusagenbuch.jsonl";
    public const string MediaType = "application/x-ndjson";
    private const int Page = 1_000;

    public static async Task WriteAsync(Stream body, Store store, CancellationToken cancellation)
    {
        // What is recorded while it is written belongs to the next copy.
        var end = await store.NextIndexAsync(cancellation);
        using var line = new MemoryStream();
        for (var from = 0L; from < end; from += Page)
        {
            foreach (
                var e in await store.ReadAllAsync(
                    from,
                    (int)Math.Min(Page, end - from),
                    cancellation
                )
            )
            {
                line.SetLength(0);
                await using (var json = new Utf8JsonWriter(line))
                {
                    json.WriteStartObject();
                    json.WriteNumber("index", e.Index);
                    json.WriteString("recorded", e.Recorded);
                    json.WriteString("id", e.Id);
                    json.WriteString("stream", e.Stream.ToString());
                    json.WriteNumber("version", e.Version);
                    json.WriteString("type", e.Type);
                    json.WritePropertyName("data");
                    json.WriteRawValue(e.Data.Span, skipInputValidation: true);
                    json.WriteEndObject();
                }

                line.WriteByte((byte)'\n');
                line.Position = 0;
                await line.CopyToAsync(body, cancellation);
            }

            await body.FlushAsync(cancellation);
        }
    }
}
