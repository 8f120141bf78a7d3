using Ledger.Councils;
using Ledger.Promises;
using Ledger.Recording;
using Projections.Committees;
using Projections.Targets;
using Projections.Timelines;

namespace Web.Pages.Municipalities;

/// <summary>All that the page of one municipality shows.</summary>
public sealed record MunicipalityModel(
    string Municipality,
    Council Council,
    IReadOnlyDictionary<PromiseStatus, int> Counts,
    int Overdue,
    IReadOnlyList<TargetRow> Targets,
    IReadOnlyList<PromiseRow> Latest,
    IReadOnlyList<(string Slug, string Title, int Promises)> Sources,
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
        TimelineReader timelines,
        CommitteeReader committees,
        TargetReader targets,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        if (
            await committees.FindCouncilAsync(municipality, cancellation)
            is not { Registered: not null } council
        )
        {
            return null;
        }

        var promises = await timelines.ListAsync(new PromiseFilter(municipality), cancellation);
        return new MunicipalityModel(
            municipality,
            council,
            promises.CountBy(p => p.Status).ToDictionary(),
            promises.Count(p => p.IsOverdue(today)),
            await targets.ListAsync(municipality, cancellation),
            await timelines.LatestAsync(municipality, 6, cancellation),
            [
                .. (await timelines.SourcesAsync(municipality, cancellation)).Select(s =>
                    (s.Slug, s.Title, promises.Count(p => p.Source == s.Slug))
                ),
            ],
            today
        );
    }
}
