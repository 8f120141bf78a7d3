using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Targets;
using Projections.Past;
using Projections.Targets;
using Projections.Timelines;
using Web.Api.Reads;
using Web.Pages.Time;
using Store = Ledger.EventStore.EventStore;

namespace Web.Pages.Compare;

/// <summary>A promise that stands otherwise than before.</summary>
public sealed record StatusChange(PromiseRow Row, PromiseStatus Before);

/// <summary>An entry about a date, or a correction, with the promise it is on.</summary>
public sealed record PromiseEntry(PromiseRow Row, RecordedEvent Recorded, Event Body);

/// <summary>An entry of a target.</summary>
public sealed record TargetEntry(TargetSet Set, string Slug, RecordedEvent Recorded, Event Body);

/// <summary>What is different between two days, on one of the two clocks.</summary>
/// <param name="Recorded">By what was recorded; else by what happened.</param>
public sealed record CompareModel(
    Period Period,
    bool Recorded,
    IReadOnlyDictionary<string, string> Towns,
    string? Town,
    IReadOnlyList<PromiseRow> New,
    IReadOnlyList<StatusChange> Statuses,
    IReadOnlyList<PromiseEntry> Deadlines,
    IReadOnlyList<TargetEntry> Targets,
    IReadOnlyList<PromiseEntry> Corrections
)
{
    // Of these types are the entries that are shown; what else happened is told by the status.
    private static readonly string[] s_told =
    [
        .. new[] { typeof(Delayed), typeof(Revised), typeof(Corrected), typeof(Retracted) }.Select(
            t => Vocabulary.OfRecord(t).Name
        ),
    ];

    public static async Task<CompareModel> LoadAsync(
        Period period,
        bool recorded,
        string? town,
        Store store,
        PastReader past,
        TimelineReader timelines,
        TargetReader targets,
        IReadOnlyDictionary<string, string> towns,
        CancellationToken cancellation
    )
    {
        var (first, last) = recorded
            ? (
                await IndexAsync(period.Before, store, cancellation),
                await IndexAsync(period.To, store, cancellation)
            )
            : (-1, long.MaxValue);
        IReadOnlyList<IReadOnlyList<PastPromise>> states = recorded
            ?
            [
                await past.ListAsync(town, first, null, null, cancellation),
                await past.ListAsync(town, last, null, null, cancellation),
            ]
            : await past.ListOnAsync(town, null, [period.Before, period.To], cancellation);
        var (before, after) = (ByName(states[0]), ByName(states[1]));
        var entries = await EntriesAsync(
            after,
            period,
            recorded ? (first, last) : null,
            timelines,
            town,
            cancellation
        );
        return new CompareModel(
            period,
            recorded,
            towns,
            town,
            [.. after.Where(a => !before.ContainsKey(a.Key)).Select(a => a.Value)],
            [
                .. after
                    .Where(a => before.TryGetValue(a.Key, out var b) && b.Status != a.Value.Status)
                    .Select(a => new StatusChange(a.Value, before[a.Key].Status)),
            ],
            [.. entries.Where(e => e.Body is Delayed or Revised { What: RevisedAspect.Deadline })],
            await TargetsAsync(
                targets,
                town,
                e =>
                    recorded
                        ? e.Recorded.Index > first && e.Recorded.Index <= last
                        : Within(e, period),
                cancellation
            ),
            [.. entries.Where(e => e.Body is Corrected or Retracted)]
        );
    }

    private static async Task<long> IndexAsync(
        DateOnly day,
        Store store,
        CancellationToken cancellation
    ) =>
        (await new AsOfQuery(Period.Text(day), null).ResolveAsync(store, cancellation)).Stand ?? -1;

    private static Dictionary<string, PromiseRow> ByName(IReadOnlyList<PastPromise> promises) =>
        promises.ToDictionary(
            p => $"{p.Row.Municipality}-{p.Row.Slug}",
            p => p.Row,
            StringComparer.Ordinal
        );

    // By what was recorded only the promises whose newest entry lies in between; by what happened any.
    private static async Task<IReadOnlyList<PromiseEntry>> EntriesAsync(
        Dictionary<string, PromiseRow> after,
        Period period,
        (long First, long Last)? indexes,
        TimelineReader timelines,
        string? town,
        CancellationToken cancellation
    )
    {
        List<PromiseEntry> entries = [];
        await foreach (var history in timelines.PromiseHistoriesAsync(town, s_told, cancellation))
        {
            if (
                !after.TryGetValue(history.Stream.Name, out var row)
                || (indexes is { } i && row.LastIndex <= i.First)
            )
            {
                continue;
            }

            if (indexes is { } range)
            {
                entries.AddRange(
                    history
                        .Events.Where(e => e.Index > range.First && e.Index <= range.Last)
                        .Select(e => new PromiseEntry(row, e, e.Body))
                );
            }
            else
            {
                entries.AddRange(
                    EffectiveEvents
                        .Of(history.Events)
                        .Where(e => Within(e, period))
                        .Select(e => new PromiseEntry(row, e.Recorded, e.Body))
                );
            }
        }

        return entries;
    }

    private static async Task<IReadOnlyList<TargetEntry>> TargetsAsync(
        TargetReader reader,
        string? town,
        Func<EffectiveEvent, bool> lets,
        CancellationToken cancellation
    )
    {
        List<TargetEntry> entries = [];
        await foreach (var history in reader.HistoriesAsync(cancellation))
        {
            var target = Target.From(history.Events);
            if (target.Set is not { } set || (town is not null && set.Municipality != town))
            {
                continue;
            }

            var slug = set.Municipality is { } m
                ? Projections.Addresses.Slug(history.Stream, m)
                : history.Stream.Name;
            entries.AddRange(
                target
                    .Effective.Where(e =>
                        e.Body is TargetSet or TargetRevised or Measured or Restated && lets(e)
                    )
                    .Select(e => new TargetEntry(set, slug, e.Recorded, e.Body))
            );
        }

        return entries;
    }

    private static bool Within(EffectiveEvent e, Period period) =>
        e.Body.Occurred is not null && e.From >= period.From && e.From <= period.To;
}
