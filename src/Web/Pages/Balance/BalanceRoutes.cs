using Ledger.Recording;
using Projections.Past;
using Web.Pages.Shell;
using Web.Pages.Time;
using static Web.Pages.PageMapping;

namespace Web.Pages.Balance;

/// <summary>The balance of a year.</summary>
public static class BalanceRoutes
{
    public static void MapBalances(this IEndpointRouteBuilder app) =>
        app.MapPage($"{Town}/bilanz/{{year:int:min(1801):max(2199)}}", OneAsync)
            // The year is the day that counts.
            .ThroughTime(byOccurred: false);

    private static async Task<IResult> OneAsync(
        string municipality,
        int year,
        LedgerView view,
        PastReader past,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        return
            await BalanceModel.LoadAsync(
                municipality,
                year,
                view,
                past,
                clock.Today(),
                cancellation
            )
                is { } model
            ? Render<BalancePage>(new { Model = model })
            : await NotFoundInAsync(municipality, Section.Overview, view, cancellation);
    }
}
