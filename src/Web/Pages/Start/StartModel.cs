using Ledger.Promises;
using Projections.Committees;
using Projections.Timelines;
using Web.Pages.Time;

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
        CommitteeReader committees,
        LedgerView view,
        CancellationToken cancellation
    )
    {
        var latest = await view.LatestAsync(null, Newest, cancellation);
        List<Town> towns = [];
        foreach (var row in await view.TownsAsync(committees, cancellation))
        {
            towns.Add(new Town(row, await view.TallyAsync(row.Slug, cancellation)));
        }

        return new StartModel(towns, latest, view.Day);
    }

    private const int Newest = 8;
}

/// <summary>A municipality with how its promises stand.</summary>
public sealed record Town(MunicipalityRow Row, PromiseTally Tally);
