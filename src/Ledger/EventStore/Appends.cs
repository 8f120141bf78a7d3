using Ledger.Recording;

namespace Ledger.EventStore;

/// <summary>Events to be recorded on one stream, at the version at which the writer last saw it.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="ExpectedVersion">Its version as last read; 0 = the stream must not exist yet.</param>
/// <param name="Events">At least one, in order.</param>
public sealed record Append(StreamKey Stream, long ExpectedVersion, IReadOnlyList<NewEvent> Events)
{
    /// <summary>One stream, events without ids or headers of their own.</summary>
    public static Append To(
        StreamKey stream,
        long expectedVersion,
        params IReadOnlyList<Event> events
    ) => new(stream, expectedVersion, [.. events.Select(e => new NewEvent(e))]);
}

/// <summary>An event that is not recorded yet, without its personal values: those are kept beside it.</summary>
public sealed record NewEvent
{
    public NewEvent(Event body) => (Body, Beside) = Disclosures.Conceal(body);

    /// <summary>Its fields as they are recorded.</summary>
    public Event Body { get; }

    /// <summary>Its personal values, stored in the same transaction and erasable.</summary>
    public IReadOnlyList<Disclosure> Beside { get; }

    /// <summary>Its UUIDv7; its public address once it is recorded.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>JSON object of the writer's own; kept, not sealed.</summary>
    public string? Headers { get; init; }
}

/// <summary>What an append says of itself beside its events.</summary>
public sealed record AppendContext
{
    public static AppendContext None { get; } = new();

    /// <summary>Ties together all that came of one request.</summary>
    public string? Correlation { get; init; }

    /// <summary>What caused it.</summary>
    public string? Causation { get; init; }

    /// <summary>Makes the append happen once, however often it is sent.</summary>
    public Idempotency? Idempotency { get; init; }
}

/// <summary>A key under which a request is carried out once.</summary>
/// <param name="Actor">Whose key it is; two actors may use the same key.</param>
/// <param name="Key">The writer's key.</param>
/// <param name="Request">SHA-256 of the request, 32 bytes: the same key with another request is refused.</param>
/// <param name="Answer">JSON kept with it and given back on a replay.</param>
public sealed record Idempotency(
    string Actor,
    string Key,
    ReadOnlyMemory<byte> Request,
    string? Answer = null
);

/// <summary>What an append answers.</summary>
/// <param name="FirstIndex">Log index of its first event; the others follow without a gap.</param>
/// <param name="Recorded">When it was recorded.</param>
/// <param name="Replayed">True when the idempotency key had been used before: nothing was recorded this time.</param>
/// <param name="Answer">The answer kept with the key.</param>
public sealed record Appended(
    long FirstIndex,
    DateTimeOffset Recorded,
    bool Replayed,
    string? Answer
);

/// <summary>The stream has moved on since the writer read it. Nothing was recorded.</summary>
public sealed class StaleVersionException(StreamKey stream, long expected, long actual)
    : Exception($"The stream {stream} is at version {actual}, not {expected}.")
{
    public StreamKey Stream { get; } = stream;

    public long Expected { get; } = expected;

    /// <summary>The current version; 0 when the stream does not exist.</summary>
    public long Actual { get; } = actual;
}

/// <summary>The idempotency key was used for another request. Nothing was recorded.</summary>
public sealed class IdempotencyKeyReusedException(string key)
    : Exception($"The idempotency key '{key}' was used for another request.");

/// <summary>The database refused an event that could never be sealed (or broke the order of a stream). Nothing was recorded.</summary>
public sealed class InadmissibleEventException(string reason, Exception? inner = null)
    : Exception(reason, inner);
