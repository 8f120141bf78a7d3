using Ledger.Recording;

namespace Web.Api.Recording;

/// <summary>Where the streams of a kind are in the API.</summary>
/// <param name="Path">First part of the address below <c>/api/v1</c>.</param>
/// <param name="Kind">Which streams.</param>
/// <param name="Name">In the names of operations.</param>
public sealed record StreamPath(string Path, StreamKind Kind, string Name)
{
    public static IReadOnlyList<StreamPath> All { get; } =
    [
        new("promises", StreamKind.Promise, "Promise"),
        new("targets", StreamKind.Target, "Target"),
        new("councils", StreamKind.Council, "Council"),
        new("sources", StreamKind.Source, "Source"),
    ];

    /// <summary>Address of a stream's events.</summary>
    public static string EventsOf(Ledger.EventStore.StreamKey key) =>
        $"/api/v1/{All.First(p => p.Kind.Name == key.Kind).Path}/{key.Name}/events";
}
