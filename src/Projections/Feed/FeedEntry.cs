using System.Text.Json;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;

namespace Projections.Feed;

/// <summary>A sealed entry with all that is said of it: names and statuses as they were at its own index.</summary>
/// <param name="Bytes">The canonical entry; null when it is withheld.</param>
/// <param name="Town">Name of the municipality; null when it belongs to none.</param>
public sealed record FeedEntry(
    long Index,
    Guid Id,
    DateTimeOffset Recorded,
    StreamKey Stream,
    long Version,
    string Type,
    string? Municipality,
    string? Town,
    string Slug,
    Text Title,
    byte[]? Bytes
)
{
    private Event? _body;

    /// <summary>Status before and after it; null for what is no promise, and before the first entry.</summary>
    public PromiseStatus? StatusBefore { get; init; }

    /// <inheritdoc cref="StatusBefore"/>
    public PromiseStatus? StatusAfter { get; init; }

    /// <summary>Names of the committees that answered for the promise before and after it.</summary>
    public IReadOnlyList<string> CommitteesBefore { get; init; } = [];

    /// <inheritdoc cref="CommitteesBefore"/>
    public IReadOnlyList<string> CommitteesAfter { get; init; } = [];

    /// <summary>The earlier event that it corrects, retracts, replies to or restates.</summary>
    public EarlierEvent? About { get; init; }

    /// <summary>Another promise or source that it names.</summary>
    public NamedSubject? Other { get; init; }

    /// <summary>German title of the source that shows it.</summary>
    public string? SourceTitle { get; init; }

    /// <summary>Whether it changed the promise's status.</summary>
    public bool ChangesStatus => StatusBefore is { } before && before != StatusAfter;

    /// <summary>What it says; null when it is withheld.</summary>
    /// <exception cref="UnfoldableEventException">This version cannot read it.</exception>
    public Event? Body => _body ??= CanonicalBody.Read(Stream, Type, Bytes);
}

/// <summary>An earlier event of the same stream.</summary>
/// <param name="Type">Its type's name on the wire.</param>
/// <param name="Occurred">When it was said to have happened until then; null = unknown.</param>
/// <param name="Bytes">Its canonical entry; null when it is withheld.</param>
public sealed record EarlierEvent(
    Guid Id,
    StreamKey Stream,
    string Type,
    Edtf? Occurred,
    byte[]? Bytes
)
{
    /// <summary>What it said when it was recorded; null when it is withheld.</summary>
    public Event? Body => CanonicalBody.Read(Stream, Type, Bytes);
}

file static class CanonicalBody
{
    public static Event? Read(StreamKey stream, string type, byte[]? entry)
    {
        if (entry is null)
        {
            return null;
        }

        using var json = JsonDocument.Parse(entry);
        return new RecordedEvent(
            0,
            default,
            default,
            stream,
            1,
            type,
            JsonSerializer.SerializeToUtf8Bytes(json.RootElement.GetProperty("data"))
        ).Body;
    }
}

/// <summary>Another stream, as it was called at the index.</summary>
public sealed record NamedSubject(StreamKey Stream, string? Municipality, string Slug, Text? Title);

/// <summary>A sealed entry as streams and tails pass it on.</summary>
/// <param name="Bytes">The canonical entry; null when it is withheld.</param>
public sealed record RawEntry(long Index, IReadOnlyList<string> Marks, byte[]? Bytes);
