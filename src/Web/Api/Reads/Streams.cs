using Ledger.EventStore;
using Web.Api.Problems;

namespace Web.Api.Reads;

/// <summary>Reads one stream as of some state of the record.</summary>
public static class Streams
{
    /// <summary>The stream's key, from the last part of its address.</summary>
    /// <exception cref="ProblemException">No stream can have that name.</exception>
    public static StreamKey Key(string kind, string id) =>
        StreamKey.TryParse($"{kind}:{id}", out var key)
            ? key
            : throw Refuse.NotFound($"There is no {kind} '{Shown(id)}'.");

    /// <summary>Its events that count.</summary>
    /// <exception cref="ProblemException">There are none.</exception>
    public static async Task<IReadOnlyList<RecordedEvent>> ReadAsync(
        this EventStore store,
        StreamKey key,
        AsOf asOf,
        CancellationToken cancellation
    ) =>
        await store.ReadHistoriesAsync([key], asOf.Before, cancellation) is [var history]
            ? history.Events
            : throw Refuse.NotFound(
                asOf.Stand is null
                    ? $"There is no {key.Kind} '{key.Name}'."
                    : $"There was no {key.Kind} '{key.Name}' by that state of the record."
            );

    private static string Shown(string id) =>
        id.Length <= 80 ? id : string.Concat(id.AsSpan(0, 80), "…");
}
