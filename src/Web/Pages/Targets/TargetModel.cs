using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Recording;
using Ledger.Sources;
using Ledger.Targets;
using Projections.Timelines;
using Web.Pages.Time;
using Web.Pages.Wording;

namespace Web.Pages.Targets;

/// <summary>All that the page of one target or reference series shows.</summary>
/// <param name="Council">Null for a reference series.</param>
/// <param name="Promise">The promise that sets it.</param>
/// <param name="References">Series of others to compare with; never used to judge the target.</param>
public sealed record TargetModel(
    string Slug,
    Council? Council,
    Target Target,
    TargetSet Set,
    Source? Source,
    PromiseRow? Promise,
    IReadOnlyList<Reference> References,
    DateOnly Today
)
{
    public Assessment Assessment { get; } = Target.Assess();

    /// <summary>The entry that set it.</summary>
    public Guid SetBy { get; } = Target.Effective.First(e => e.Body is TargetSet).Recorded.Id;

    public string Sentence => TargetWords.Sentence(Set, Assessment, Today);

    public IReadOnlyList<Measurement> Measurements { get; } = Target.Measurements();

    public Chart? Chart { get; } = Chart.Of(Set, Target.Measurements());

    /// <summary>Whether it is a balance of emissions, where boundary and gas matter.</summary>
    public bool IsBalance => TargetWords.IsAboutEmissions(Set);

    /// <summary>What else happened to it, besides being set and measured.</summary>
    public IEnumerable<EffectiveEvent> History =>
        Target.Effective.Where(e => e.Body is TargetRevised or Restated or Reported);

    public static async Task<TargetModel?> LoadAsync(
        string? municipality,
        string slug,
        LedgerView view,
        CancellationToken cancellation
    )
    {
        var name = municipality is null ? slug : $"{municipality}-{slug}";
        if (
            !StreamKey.TryParse($"target:{name}", out var key)
            || await view.TargetAsync(key, cancellation) is not { Set: { } set } target
            || set.Municipality != municipality
        )
        {
            return null;
        }

        var promise = StreamKey.TryParse($"promise:{set.Promise}", out var promiseKey)
            ? await view.NamedAsync([promiseKey], cancellation)
            : [];
        return new TargetModel(
            slug,
            municipality is null ? null : await view.CouncilAsync(municipality, cancellation),
            target,
            set,
            set.SourceRef is { } passage
                ? await view.SourceAsync(StreamKey.Source(passage.Source), cancellation)
                : null,
            promise.Count > 0 ? promise[0] : null,
            municipality is not null && TargetWords.IsAboutEmissions(set)
                ? await ReferencesAsync(municipality, view, cancellation)
                : [],
            view.Day
        );
    }

    // A series of the municipality's own is no comparison for it.
    private static async Task<IReadOnlyList<Reference>> ReferencesAsync(
        string municipality,
        LedgerView view,
        CancellationToken cancellation
    )
    {
        List<Reference> references = [];
        foreach (var row in await view.TargetsAsync(null, cancellation))
        {
            if (
                await view.TargetAsync(StreamKey.Target(row.Slug), cancellation)
                    is { Set: { } set } series
                && TargetWords.IsAboutEmissions(set)
                && set.Promise?.StartsWith($"{municipality}-", StringComparison.Ordinal) != true
            )
            {
                references.Add(
                    new Reference(
                        row.Slug,
                        set,
                        [.. series.Measurements().Where(m => !m.Measured.PerHead)]
                    )
                );
            }
        }

        return references;
    }
}

/// <summary>A series of another place, beside a target.</summary>
public sealed record Reference(string Slug, TargetSet Set, IReadOnlyList<Measurement> Measurements)
{
    /// <summary>Change from the first to the last value, in percent; null when there are not two.</summary>
    public decimal? ChangePercent =>
        Measurements is [{ Value: not 0 } first, .., var last]
            ? (last.Value - first.Value) / first.Value * 100
            : null;
}
