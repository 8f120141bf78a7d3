using System.Text.Json;
using Ledger.EventStore;
using Ledger.Recording;

namespace Bench;

/// <summary>A row of <c>mt_events</c> as the reference gets it: ready, so that only the database is measured.</summary>
internal sealed record ReadyEvent(
    Guid Id,
    StreamKey Stream,
    long Version,
    string Type,
    string DotnetType,
    string Data
)
{
    public static ReadyEvent Of(StreamKey stream, long version, Event body)
    {
        var record = body.GetType();
        return new ReadyEvent(
            Guid.CreateVersion7(),
            stream,
            version,
            Vocabulary.Of(body).Name,
            $"{record.FullName}, {record.Assembly.GetName().Name}",
            JsonSerializer.Serialize(body, record, LedgerJson.Options)
        );
    }
}
