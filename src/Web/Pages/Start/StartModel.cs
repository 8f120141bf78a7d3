using Ledger.Promises;
using Projections.Committees;
using Projections.Timelines;

namespace Web.Pages.Start;

/// <summary>All that the first page shows.</summary>
public sealed record StartModel(
    IReadOnlyList<Town> Towns,
    IReadOnlyList<PromiseRow> Latest,
    DateOnly Today
)
{
    public IReadOnlyDictionary<string, string> Names { get; } =
        Towns.ToDictionary(t => t.Row.Slug, t => t.Row.Name, StringComparer.Ordinal);

    public static async Task<StartModel> LoadAsync(
        TimelineReader timelines,
        CommitteeReader committees,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        List<Town> towns = [];
        foreach (var row in await committees.MunicipalitiesAsync(cancellation))
        {
            towns.Add(new Town(row, await timelines.CountByStatusAsync(row.Slug, cancellation)));
        }

        return new StartModel(towns, await timelines.LatestAsync(null, 8, cancellation), today);
    }
}

/// <summary>A municipality with how its promises stand.</summary>
public sealed record Town(MunicipalityRow Row, IReadOnlyDictionary<PromiseStatus, int> Counts);
