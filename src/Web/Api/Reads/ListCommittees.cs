using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Promises;
using Projections;
using Projections.Committees;
using Projections.Timelines;

namespace Web.Api.Reads;

/// <summary><c>GET /committees</c>: who answers for how many promises, and how those stand.</summary>
public static class ListCommittees
{
    /// <param name="Slug">Its name within the municipality, for <c>/promises?committee=</c>.</param>
    /// <param name="Successors">Slugs of those that took over when it was dissolved.</param>
    /// <param name="ByStatus">How many of its promises have which status.</param>
    public sealed record CommitteeSummary(
        string Municipality,
        string Slug,
        string Name,
        string? Code,
        string? Term,
        bool Dissolved,
        IReadOnlyList<string> Successors,
        int Promises,
        IReadOnlyDictionary<string, int> ByStatus
    );

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapRead(
            "/committees",
            ListAsync,
            "listCommittees",
            "The committees and how their promises stand."
        );

    /// <param name="municipality">Only of this one.</param>
    public static async Task<Read<Page<CommitteeSummary>>> ListAsync(
        string? municipality,
        [AsParameters] AsOfQuery query,
        EventStore store,
        CommitteeReader committees,
        TimelineReader timelines,
        CancellationToken cancellation
    )
    {
        var asOf = await query.ResolveAsync(store, cancellation);
        Dictionary<(string, string), List<PromiseStatus>> statuses = [];
        await foreach (var history in timelines.PromiseHistoriesAsync(municipality, cancellation))
        {
            if (asOf.Of(history.Events) is { Count: > 0 } events)
            {
                var row = PromiseRow.Of(history with { Events = events }, asOf.HappenedBy);
                foreach (var committee in row.Committees)
                {
                    (
                        statuses.TryGetValue((row.Municipality, committee), out var list)
                            ? list
                            : statuses[(row.Municipality, committee)] = []
                    ).Add(row.Status);
                }
            }
        }

        List<CommitteeSummary> found = [];
        await foreach (var history in committees.CouncilHistoriesAsync(cancellation))
        {
            if (municipality is null || history.Stream.Name == municipality)
            {
                found.AddRange(
                    Council
                        .From(asOf.Of(history.Events))
                        .Committees.Select(c =>
                            Of(
                                history.Stream.Name,
                                c,
                                statuses.GetValueOrDefault((history.Stream.Name, c.Slug)) ?? []
                            )
                        )
                );
            }
        }

        return new(new Page<CommitteeSummary>(found, null, asOf));
    }

    private static CommitteeSummary Of(
        string municipality,
        Committee c,
        List<PromiseStatus> statuses
    ) =>
        new(
            municipality,
            c.Slug,
            c.Name,
            c.Code,
            c.Term,
            c.Dissolved,
            c.Successors,
            statuses.Count,
            StatusCounts.Of(statuses)
        );
}

/// <summary>How many promises have which status; a status that none has is left out.</summary>
public static class StatusCounts
{
    public static IReadOnlyDictionary<string, int> Of(IEnumerable<PromiseStatus> statuses) =>
        statuses
            .CountBy(s => s)
            .OrderBy(c => c.Key)
            .ToDictionary(c => EnumNames.Of(c.Key), c => c.Value);
}
