using Ledger.EventStore;
using Ledger.Recording;
using Ledger.Sources;
using Projections.Coverage;
using Projections.Targets;
using Web.Pages.Time;
using Store = Ledger.EventStore.EventStore;

namespace Web.Pages.Sources;

/// <summary>What became of sources, as of the moment that the request names.</summary>
public sealed class SourceView(
    CoverageReader coverage,
    TargetReader targets,
    Store store,
    LedgerView view
)
{
    private Api.Reads.AsOf AsOf => view.Moment.AsOf;

    /// <summary>The view that this request asks for.</summary>
    public static async ValueTask<SourceView> BindAsync(HttpContext context)
    {
        var services = context.RequestServices;
        return new SourceView(
            services.GetRequiredService<CoverageReader>(),
            services.GetRequiredService<TargetReader>(),
            services.GetRequiredService<Store>(),
            await LedgerView.BindAsync(context)
        );
    }

    /// <summary>The sources of a municipality by title.</summary>
    public async Task<IReadOnlyList<SourceCoverage>> ListAsync(
        string municipality,
        CancellationToken cancellation
    )
    {
        var now = await coverage.ListAsync(municipality, cancellation);
        return AsOf.IsNow
            ? now
            :
            [
                .. (await ThenAsync(municipality, now, cancellation)).OrderBy(
                    c => c.Registered.Title.De,
                    StringComparer.Ordinal
                ),
            ];
    }

    /// <summary>A source; null when none of that name was on record.</summary>
    public async Task<SourceCoverage?> FindAsync(string slug, CancellationToken cancellation) =>
        await coverage.FindAsync(slug, cancellation) is not { } now ? null
        : AsOf.IsNow ? now
        : (await ThenAsync(now.Registered.Municipality, [now], cancellation)).SingleOrDefault();

    private async Task<IReadOnlyList<SourceCoverage>> ThenAsync(
        string municipality,
        IReadOnlyList<SourceCoverage> now,
        CancellationToken cancellation
    )
    {
        var slugs = now.Select(s => s.Slug).ToHashSet(StringComparer.Ordinal);
        var promises = await PromisesAsync(municipality, slugs, cancellation);
        var targetsThen = await TargetsAsync(slugs, cancellation);
        List<SourceCoverage> then = [];
        foreach (var (slug, source) in now.Select(s => (s.Slug, Then(s.Source))))
        {
            if (source.Registered is { } registered)
            {
                then.Add(
                    new SourceCoverage(
                        slug,
                        source,
                        registered,
                        [.. promises.Where(p => p.Source == slug)],
                        [.. targetsThen.Where(t => t.Source == slug)]
                    )
                );
            }
        }

        return then;
    }

    // A document is there whenever somebody looks at it; only what replaced it has its day.
    private Source Then(Source source) =>
        Source.From([
            .. AsOf.Of(source.Recorded)
                .Where(e =>
                    e.Body is not SourceReplaced
                    || e.Body.Occurred is not { } o
                    || !(o.EarliestDay > AsOf.HappenedBy)
                ),
        ]);

    private async Task<IReadOnlyList<CoveredPromise>> PromisesAsync(
        string municipality,
        HashSet<string> sources,
        CancellationToken cancellation
    )
    {
        var streams = (await view.PastAsync(municipality, null, cancellation))
            .Where(p => sources.Contains(p.Row.Source))
            .Select(p => StreamKey.Promise($"{p.Row.Municipality}-{p.Row.Slug}"))
            .ToList();
        var histories = await store.ReadHistoriesAsync(streams, AsOf.Before, cancellation);
        return
        [
            .. histories
                .Select(h => CoveredPromise.Of(h, AsOf.HappenedBy))
                .OrderBy(p => p.Lines.From)
                .ThenBy(p => p.Lines.To)
                .ThenBy(p => p.Slug, StringComparer.Ordinal),
        ];
    }

    private async Task<IReadOnlyList<CoveredTarget>> TargetsAsync(
        HashSet<string> sources,
        CancellationToken cancellation
    )
    {
        List<CoveredTarget> found = [];
        await foreach (var history in targets.HistoriesAsync(cancellation))
        {
            if (
                CoveredTarget.Of(history with { Events = AsOf.Of(history.Events) }) is { } target
                && sources.Contains(target.Source)
            )
            {
                found.Add(target);
            }
        }

        return
        [
            .. found
                .OrderBy(t => t.Lines.From)
                .ThenBy(t => t.Lines.To)
                .ThenBy(t => t.Slug, StringComparer.Ordinal),
        ];
    }
}
