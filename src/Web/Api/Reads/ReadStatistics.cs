using Ledger.EventStore;
using Ledger.Promises;
using Projections.Timelines;

namespace Web.Api.Reads;

/// <summary><c>GET /statistics</c>: how much is on record, and how it stands.</summary>
public static class ReadStatistics
{
    /// <param name="Events">How many events the record had.</param>
    /// <param name="ByStatus">How many promises have which status.</param>
    public sealed record Statistics(
        long Events,
        int Promises,
        IReadOnlyDictionary<string, int> ByStatus,
        IReadOnlyList<MunicipalityStatistics> Municipalities,
        AsOf AsOf
    );

    /// <param name="ByTopic">How many promises stand under which topic.</param>
    public sealed record MunicipalityStatistics(
        string Municipality,
        int Promises,
        IReadOnlyDictionary<string, int> ByStatus,
        IReadOnlyDictionary<string, int> ByTopic
    );

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapRead(
            "/statistics",
            GetAsync,
            "readStatistics",
            "How much is on record, and how it stands."
        );

    public static async Task<Read<Statistics>> GetAsync(
        [AsParameters] AsOfQuery query,
        EventStore store,
        TimelineReader timelines,
        CancellationToken cancellation
    )
    {
        var asOf = await query.ResolveAsync(store, cancellation);
        List<(string Municipality, string Topic, PromiseStatus Status)> rows = [];
        await foreach (var history in timelines.PromiseHistoriesAsync(null, cancellation))
        {
            if (asOf.Of(history.Events) is { Count: > 0 } events)
            {
                var row = PromiseRow.Of(history with { Events = events }, asOf.HappenedBy);
                rows.Add((row.Municipality, row.Topic, row.Status));
            }
        }

        return new(
            new Statistics(
                Math.Min(asOf.Before, await store.NextIndexAsync(cancellation)),
                rows.Count,
                StatusCounts.Of(rows.Select(r => r.Status)),
                [
                    .. rows.GroupBy(r => r.Municipality, StringComparer.Ordinal)
                        .OrderBy(g => g.Key, StringComparer.Ordinal)
                        .Select(g => new MunicipalityStatistics(
                            g.Key,
                            g.Count(),
                            StatusCounts.Of(g.Select(r => r.Status)),
                            g.CountBy(r => r.Topic, StringComparer.Ordinal)
                                .OrderBy(c => c.Key, StringComparer.Ordinal)
                                .ToDictionary(c => c.Key, c => c.Value)
                        )),
                ],
                asOf
            )
        );
    }
}
