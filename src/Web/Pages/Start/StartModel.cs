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
        TimelineReader timelines,
        CommitteeReader committees,
        LedgerView view,
        CancellationToken cancellation
    )
    {
        List<Town> towns = [];
        List<PromiseRow> past = [];
        foreach (var row in await view.TownsAsync(committees, cancellation))
        {
            if (view.Moment.IsNow)
            {
                towns.Add(
                    new Town(row, await timelines.CountByStatusAsync(row.Slug, cancellation))
                );
                continue;
            }

            var promises = await view.PromisesAsync(row.Slug, cancellation);
            towns.Add(new Town(row, promises.CountBy(p => p.Status).ToDictionary()));
            past.AddRange(promises);
        }

        return new StartModel(
            towns,
            view.Moment.IsNow
                ? await timelines.LatestAsync(null, Newest, cancellation)
                :
                [
                    .. past.Where(p => p.Events > 1)
                        .OrderByDescending(p => p.LastIndex)
                        .Take(Newest),
                ],
            view.Day
        );
    }

    private const int Newest = 8;
}

/// <summary>A municipality with how its promises stand.</summary>
public sealed record Town(MunicipalityRow Row, IReadOnlyDictionary<PromiseStatus, int> Counts);
