using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Sources;
using Npgsql;
using Projections.Targets;
using Projections.Timelines;
using Web.Pages.Sources;
using Web.Pages.Time;
using Web.Pages.Wording;

namespace Web.Pages.Promises;

/// <summary>All that the page of one promise shows.</summary>
/// <param name="Related">The other promises it names, by the name of their stream.</param>
/// <param name="Disclosed">The personal values of its replies, by event, as far as they are not erased.</param>
public sealed record PromiseModel(
    string Municipality,
    string Slug,
    Council Council,
    Promise Promise,
    Promised First,
    Source? Source,
    PassageText? Passage,
    IReadOnlyDictionary<string, PromiseRow> Related,
    IReadOnlyList<TargetRow> Targets,
    ILookup<Guid, Disclosure> Disclosed,
    DateOnly Today
)
{
    /// <summary>The status today and the entry that led to it.</summary>
    public (PromiseStatus Status, EffectiveEvent? Reason) Standing { get; } =
        Promise.StatusBy(Today);

    public IReadOnlyList<TimelineItem> Timeline { get; } = Promises.Timeline.Of(Promise, Today);

    /// <summary>Whether anyone has looked what became of it.</summary>
    public bool IsLookedAfter =>
        Promise.Steps.Any(s => s.Event.Body is not (Promised or Assigned or Linked));

    /// <summary>The last thing that is known to have happened; null when nothing is, or when it is what the status is explained by.</summary>
    public EffectiveEvent? Newest =>
        Promise
            .Steps.Select(s => s.Event)
            .LastOrDefault(e =>
                e.Body is { Occurred: not null } and not (Promised or Assigned or Linked)
                && e.From <= Today
            )
            is { } newest
        && newest.Recorded.Id != Standing.Reason?.Recorded.Id
            ? newest
            : null;

    public bool IsOverdue => Promise.IsOverdue(Today);

    /// <summary>The replies that contest the entry on which the status rests.</summary>
    public IReadOnlyList<EffectiveEvent> Objections =>
        Promise.IsDisputed(Today)
            ?
            [
                .. Promise
                    .Steps.Select(s => s.Event)
                    .Where(e =>
                        e.Body is Stated { Stance: Stance.Contests } s
                        && s.About == Standing.Reason?.Recorded.Id
                        && e.From <= Today
                    ),
            ]
            : [];

    /// <summary>A reply with its name and text; null where they were erased.</summary>
    public Stated Said(EffectiveEvent reply) =>
        (Stated)Disclosures.Reveal(reply.Body, Disclosed[reply.Recorded.Id]);

    /// <summary>The promise's term if it ended before the promise did, with the status as it then stood.</summary>
    public (Term Term, PromiseStatus Status)? EndedTerm
    {
        get
        {
            if (
                Council.Terms.FirstOrDefault(t => t.Slug == First.Term) is not { } term
                || !term.IsOver(Today)
            )
            {
                return null;
            }

            var then = Promise.StatusBy(term.Ended!.LatestDay!.Value).Status;
            return
                then
                    is PromiseStatus.Fulfilled
                        or PromiseStatus.Abandoned
                        or PromiseStatus.Superseded
                ? null
                : (term, then);
        }
    }

    public IEnumerable<(Linked Link, RecordedEvent Recorded)> Links =>
        Promise
            .Steps.Where(s => s.Event.Body is Linked)
            .Select(s => ((Linked)s.Event.Body, s.Event.Recorded));

    /// <summary>One or two sentences for search results.</summary>
    public string Description =>
        Writing.Shortened(
            $"{Writing.Capital(StatusWording.Sentence(Standing.Status, Standing.Reason?.Body).TrimEnd('.'))}. {First.Summary?.Words()}".Trim(),
            240
        );

    public static async Task<PromiseModel?> LoadAsync(
        string municipality,
        string slug,
        LedgerView view,
        SourceTexts texts,
        NpgsqlDataSource database,
        CancellationToken cancellation
    )
    {
        if (
            !StreamKey.TryParse($"promise:{municipality}-{slug}", out var key)
            || await view.PromiseAsync(key, cancellation) is not { First: { } first } promise
            || first.Municipality != municipality
            || await view.CouncilAsync(municipality, cancellation) is not { } council
        )
        {
            return null;
        }

        var related = promise
            .Steps.Select(s => s.Event.Body)
            .Select(e => (e as Linked)?.To ?? (e as Superseded)?.By)
            .Where(name => StreamKey.TryParse($"promise:{name}", out _))
            .Select(name => StreamKey.Promise(name!))
            .ToHashSet();
        return new PromiseModel(
            municipality,
            slug,
            council,
            promise,
            first,
            first.SourceRef is { } passage
                ? await view.SourceAsync(StreamKey.Source(passage.Source), cancellation)
                : null,
            first.SourceRef is { } located
                ? await PassageText.LoadAsync(texts, located, cancellation)
                : null,
            (await view.NamedAsync(related, cancellation)).ToDictionary(
                r => $"{r.Municipality}-{r.Slug}",
                StringComparer.Ordinal
            ),
            await view.TargetsOfAsync(key.Name, cancellation),
            await Disclosures.ReadAsync(database, promise.Recorded, cancellation),
            view.Day
        );
    }
}
