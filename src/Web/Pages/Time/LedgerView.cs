using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Sources;
using Ledger.Targets;
using Projections;
using Projections.Committees;
using Projections.Past;
using Projections.Targets;
using Projections.Timelines;
using Web.Api.Reads;
using Web.Pages.Shell;

namespace Web.Pages.Time;

/// <summary>What pages read of the ledger, as of the moment that the request names. Every page that shows an earlier state reads through this.</summary>
public sealed class LedgerView(
    TimelineReader timelines,
    CommitteeReader committees,
    TargetReader targets,
    PastReader past,
    PageMoment moment
)
{
    private readonly Dictionary<
        (string? Municipality, string? Query),
        Task<IReadOnlyList<PastPromise>>
    > _past = [];

    private AsOf AsOf => moment.AsOf;

    public PageMoment Moment => moment;

    /// <summary>The day for which a page says what is overdue.</summary>
    public DateOnly Day => moment.Day;

    /// <summary>The view that this request asks for.</summary>
    public static ValueTask<LedgerView> BindAsync(HttpContext context)
    {
        var services = context.RequestServices;
        return ValueTask.FromResult(
            new LedgerView(
                services.GetRequiredService<TimelineReader>(),
                services.GetRequiredService<CommitteeReader>(),
                services.GetRequiredService<TargetReader>(),
                services.GetRequiredService<PastReader>(),
                context.Features.Get<PageMoment>()
                    ?? new PageMoment(
                        AsOf.Now,
                        new AsOfQuery(null, null),
                        services.GetRequiredService<TimeProvider>().Today(),
                        -1
                    )
            )
        );
    }

    /// <summary>How the promises of a municipality stand, counted.</summary>
    public async Task<PromiseTally> TallyAsync(
        string municipality,
        CancellationToken cancellation
    ) =>
        AsOf.IsNow
            ? await timelines.TallyAsync(municipality, Day, cancellation)
            : PromiseTally.Of(
                (await PastAsync(municipality, null, cancellation)).Select(p => p.Row),
                Day
            );

    /// <summary>The promises of a municipality as they stood at an earlier moment, in the order of their sources.</summary>
    /// <param name="municipality">Null = of all.</param>
    /// <param name="query">A text search in PostgreSQL's own form.</param>
    public Task<IReadOnlyList<PastPromise>> PastAsync(
        string? municipality,
        string? query,
        CancellationToken cancellation
    )
    {
        // Several parts of one page ask for the same, or for one town of what was read of all.
        var key = (municipality, query);
        if (!_past.TryGetValue(key, out var reading))
        {
            _past[key] = reading = _past.TryGetValue((null, query), out var all)
                ? OfAsync(all)
                : past.ListAsync(municipality, AsOf.Stand, AsOf.Zum, query, cancellation);
        }

        return reading;

        async Task<IReadOnlyList<PastPromise>> OfAsync(Task<IReadOnlyList<PastPromise>> all) =>
            [.. (await all).Where(p => p.Row.Municipality == municipality)];
    }

    /// <summary>A promise with the events that count; null when there was none.</summary>
    public async Task<Promise?> PromiseAsync(StreamKey key, CancellationToken cancellation)
    {
        var promise = await timelines.FindAsync(key, cancellation);
        if (promise is null || AsOf.IsNow)
        {
            return promise;
        }

        promise = Promise.From(AsOf.Of(promise.Recorded));
        return AsOf.Zum is { } day ? Promise.From(promise.HappenedBy(day)) : promise;
    }

    /// <summary>The promises of these streams, as far as they were on record.</summary>
    public async Task<IReadOnlyList<PromiseRow>> NamedAsync(
        IReadOnlyCollection<StreamKey> promises,
        CancellationToken cancellation
    ) =>
        AsOf.IsNow || promises.Count == 0
            ? await timelines.NamedAsync(promises, cancellation)
            :
            [
                .. (await past.NamedAsync(promises, AsOf.Stand, AsOf.Zum, cancellation)).Select(p =>
                    p.Row
                ),
            ];

    /// <summary>The promises with the newest entries, newest first.</summary>
    /// <param name="municipality">Null = of all.</param>
    public async Task<IReadOnlyList<PromiseRow>> LatestAsync(
        string? municipality,
        int limit,
        CancellationToken cancellation
    ) =>
        AsOf.IsNow
            ? await timelines.LatestAsync(municipality, limit, cancellation)
            :
            [
                .. (await PastAsync(municipality, null, cancellation))
                    .Select(p => p.Row)
                    .Where(p => p.Events > 1)
                    .OrderByDescending(p => p.LastIndex)
                    .Take(limit),
            ];

    /// <summary>A source with the events that count; null when there was none.</summary>
    public async Task<Source?> SourceAsync(StreamKey source, CancellationToken cancellation) =>
        await timelines.FindSourceAsync(source, cancellation) is { } found
            ? AsOf.IsNow
                ? found
                : Source.From(AsOf.Of(found.Recorded))
            : null;

    /// <summary>Slug and title of each source of a municipality.</summary>
    public async Task<IReadOnlyList<(string Slug, Text Title)>> SourcesAsync(
        string municipality,
        CancellationToken cancellation
    )
    {
        if (AsOf.IsNow)
        {
            return await timelines.SourcesAsync(municipality, cancellation);
        }

        List<(string, Text)> sources = [];
        await foreach (var history in timelines.SourceHistoriesAsync(municipality, cancellation))
        {
            if (Source.From(AsOf.Of(history.Events)).Registered is { } registered)
            {
                sources.Add((history.Stream.Name, registered.Title));
            }
        }

        return sources;
    }

    /// <summary>A municipality's council; null when it was not on record.</summary>
    public async Task<Council?> CouncilAsync(string municipality, CancellationToken cancellation)
    {
        var council = await committees.FindCouncilAsync(municipality, cancellation);
        if (council is not null && !AsOf.IsNow)
        {
            council = Council.From(AsOf.KnownAndHappened(council.Recorded));
        }

        return council is { Registered: not null } ? council : null;
    }

    /// <summary>A part of a municipality's pages; null when nothing is on record of the municipality, not even now.</summary>
    public async Task<Place?> PlaceAsync(
        string municipality,
        Section section,
        CancellationToken cancellation
    ) =>
        await committees.FindCouncilAsync(municipality, cancellation) is { Registered: { } town }
            ? new Place(municipality, town.Name, section)
            : null;

    /// <summary>The committees of a council in the order of record.</summary>
    public async Task<IReadOnlyList<CommitteeRow>> CommitteesAsync(
        string municipality,
        Council council,
        CancellationToken cancellation
    )
    {
        if (AsOf.IsNow)
        {
            return await committees.ListAsync(municipality, cancellation);
        }

        var promises = await PastAsync(municipality, null, cancellation);
        return
        [
            .. council.Committees.Select(c =>
            {
                var own = promises
                    .Where(p => p.Row.Committees.Contains(c.Slug, StringComparer.Ordinal))
                    .ToList();
                return new CommitteeRow(
                    municipality,
                    c.Slug,
                    c.Name,
                    c.Code,
                    c.Term,
                    c.Dissolved,
                    c.Successors,
                    own.Count,
                    own.CountBy(p => p.Row.Status).ToDictionary()
                );
            }),
        ];
    }

    /// <summary>What a committee answers for, by title.</summary>
    public async Task<IReadOnlyList<ResponsibilityRow>> ResponsibilitiesAsync(
        string municipality,
        string committee,
        CancellationToken cancellation
    ) =>
        AsOf.IsNow
            ? await committees.ResponsibilitiesAsync(municipality, committee, cancellation)
            :
            [
                .. (await PastAsync(municipality, null, cancellation))
                    .Where(p => p.Row.Committees.Contains(committee, StringComparer.Ordinal))
                    .Select(p => p.For(committee))
                    .OrderBy(r => r.Title.De, StringComparer.Ordinal),
            ];

    /// <summary>A target with the events that count; null when there was none.</summary>
    public async Task<Target?> TargetAsync(StreamKey key, CancellationToken cancellation)
    {
        var target = await targets.FindAsync(key, cancellation);
        return target is null || AsOf.IsNow
            ? target
            : Target.From(AsOf.KnownAndHappened(target.Recorded));
    }

    /// <summary>A municipality's targets, those with measurements first; for null the reference series.</summary>
    public async Task<IReadOnlyList<TargetRow>> TargetsAsync(
        string? municipality,
        CancellationToken cancellation
    ) =>
        AsOf.IsNow
            ? await targets.ListAsync(municipality, cancellation)
            : await FoldTargetsAsync(s => s.Municipality == municipality, cancellation);

    /// <summary>The targets that a promise sets.</summary>
    /// <param name="promise">Name of the promise's stream.</param>
    public async Task<IReadOnlyList<TargetRow>> TargetsOfAsync(
        string promise,
        CancellationToken cancellation
    ) =>
        AsOf.IsNow
            ? await targets.OfPromiseAsync(promise, cancellation)
            : await FoldTargetsAsync(s => s.Promise == promise, cancellation);

    private async Task<IReadOnlyList<TargetRow>> FoldTargetsAsync(
        Func<TargetSet, bool> lets,
        CancellationToken cancellation
    )
    {
        List<TargetRow> rows = [];
        await foreach (var history in targets.HistoriesAsync(cancellation))
        {
            var target = Target.From(AsOf.KnownAndHappened(history.Events));
            if (target.Set is { } set && lets(set))
            {
                rows.Add(
                    new TargetRow(
                        set.Municipality,
                        set.Municipality is { } m
                            ? Addresses.Slug(history.Stream, m)
                            : history.Stream.Name,
                        set.Title,
                        set.Promise,
                        set.Direction,
                        set.Year,
                        target.Measurements().Count,
                        target.Assess().IsPossible
                    )
                );
            }
        }

        return
        [
            .. rows.OrderByDescending(r => r.Measurements > 0)
                .ThenBy(r => r.Title.De, StringComparer.Ordinal),
        ];
    }
}
