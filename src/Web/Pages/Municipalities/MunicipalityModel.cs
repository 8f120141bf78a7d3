using Ledger.Councils;
using Ledger.Promises;
using Ledger.Recording;
using Projections.Targets;
using Projections.Timelines;
using Web.Pages.Time;

namespace Web.Pages.Municipalities;

/// <summary>All that the page of one municipality shows.</summary>
public sealed record MunicipalityModel(
    string Municipality,
    Council Council,
    PromiseTally Tally,
    IReadOnlyList<TargetRow> Targets,
    IReadOnlyList<PromiseRow> Latest,
    IReadOnlyList<(string Slug, Text Title, int Promises)> Sources,
    DateOnly Today
)
{
    /// <summary>What happened to the council itself: terms and majorities, in the order in which it happened.</summary>
    public IEnumerable<EffectiveEvent> Facts =>
        Council.Effective.Where(e =>
            e.Body is TermBegan or TermEnded or MajorityChanged or Reported
        );

    public static async Task<MunicipalityModel?> LoadAsync(
        string municipality,
        LedgerView view,
        CancellationToken cancellation
    )
    {
        if (await view.CouncilAsync(municipality, cancellation) is not { } council)
        {
            return null;
        }

        var tally = await view.TallyAsync(municipality, cancellation);
        return new MunicipalityModel(
            municipality,
            council,
            tally,
            await view.TargetsAsync(municipality, cancellation),
            await view.LatestAsync(municipality, 6, cancellation),
            [
                .. (await view.SourcesAsync(municipality, cancellation)).Select(s =>
                    (s.Slug, s.Title, tally.Sources.GetValueOrDefault(s.Slug))
                ),
            ],
            view.Day
        );
    }
}
