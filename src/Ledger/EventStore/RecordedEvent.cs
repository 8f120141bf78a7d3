using System.Text.Json;
using Ledger.Recording;

namespace Ledger.EventStore;

/// <summary>An event as it stands in the record: what it says, and where and when it was recorded.</summary>
/// <param name="Index">Its place in the one order of the record, from 0, without a gap.</param>
/// <param name="Recorded">When the ledger wrote it down (UTC); never decreases with the index.</param>
/// <param name="Id">Its UUID, which is its public address.</param>
/// <param name="Stream">The stream it is on.</param>
/// <param name="Version">Its place on that stream, from 1.</param>
/// <param name="Type">Its type's name on the wire.</param>
/// <param name="Data">Its fields, as UTF-8 JSON.</param>
public sealed record RecordedEvent(
    long Index,
    DateTimeOffset Recorded,
    Guid Id,
    StreamKey Stream,
    long Version,
    string Type,
    ReadOnlyMemory<byte> Data
)
{
    private Event? _body;

    /// <summary>Correlation and causation ids as the writer gave them; null when it gave none.</summary>
    public string? Correlation { get; init; }

    /// <inheritdoc cref="Correlation"/>
    public string? Causation { get; init; }

    /// <summary>The fields as their record.</summary>
    /// <exception cref="UnfoldableEventException">The type is unknown or the fields do not fit it (a foreign writer's mistake).</exception>
    public Event Body => _body ??= Read(Data.Span);

    /// <summary>The day on which it was recorded, in the municipality's time zone.</summary>
    public DateOnly RecordedDay => BerlinTime.DayOf(Recorded);

    /// <summary>An event as it would stand in the record if it were recorded now as the last one: what decisions judge.</summary>
    public static RecordedEvent Of(
        Event body,
        StreamKey stream,
        long version,
        DateTimeOffset now,
        Guid id = default
    ) =>
        new(long.MaxValue, now, id, stream, version, Vocabulary.Of(body).Name, default)
        {
            _body = body,
        };

    /// <summary>Reads other JSON as this event's type: how a corrected event is read.</summary>
    /// <exception cref="UnfoldableEventException">The JSON does not fit the type.</exception>
    public Event Read(ReadOnlySpan<byte> json)
    {
        var type =
            Vocabulary.Find(Type)
            ?? throw new UnfoldableEventException(
                this,
                $"its type '{Type}' is unknown to this version"
            );
        try
        {
            return (Event?)JsonSerializer.Deserialize(json, type.Record, LedgerJson.Options)
                ?? throw new UnfoldableEventException(this, "its data is null");
        }
        catch (JsonException e)
        {
            throw new UnfoldableEventException(
                this,
                $"its data does not fit the type '{Type}' ({e.Message})",
                e
            );
        }
    }

    public bool Equals(RecordedEvent? other) =>
        other is not null && other.Id == Id && other.Index == Index;

    public override int GetHashCode() => Id.GetHashCode();
}

/// <summary>An event that this version cannot fold. A projection that meets one stops and says so; nothing is skipped.</summary>
public sealed class UnfoldableEventException(
    RecordedEvent @event,
    string reason,
    Exception? inner = null
)
    : Exception(
        $"Event {@event.Id} (index {@event.Index}, stream {@event.Stream}) cannot be folded: {reason}.",
        inner
    )
{
    public RecordedEvent Event { get; } = @event;
}
