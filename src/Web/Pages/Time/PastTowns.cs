using Projections.Committees;

namespace Web.Pages.Time;

/// <summary>Which municipalities were on record.</summary>
public static class PastTowns
{
    /// <summary>The municipalities by name, as of the view's moment.</summary>
    public static async Task<IReadOnlyList<MunicipalityRow>> TownsAsync(
        this LedgerView view,
        CommitteeReader committees,
        CancellationToken cancellation
    )
    {
        var towns = await committees.MunicipalitiesAsync(cancellation);
        if (view.Moment.IsNow)
        {
            return towns;
        }

        List<MunicipalityRow> then = [];
        foreach (var town in towns)
        {
            if (await view.CouncilAsync(town.Slug, cancellation) is { Registered: { } registered })
            {
                then.Add(town with { Name = registered.Name });
            }
        }

        return [.. then.OrderBy(t => t.Name, StringComparer.Ordinal)];
    }
}
