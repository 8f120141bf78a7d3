using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Projections.Committees;
using Projections.Timelines;
using Web.Api.Wire;

namespace Web.Api.Reads;

/// <summary><c>GET /promises/{id}</c>: one promise, what happened in its order, and why it stands as it does.</summary>
public static class ReadPromise
{
    /// <param name="Summary">What is promised, in our own words.</param>
    /// <param name="Committees">Who answers for it, and whether the source names them.</param>
    /// <param name="Reason">The event that led to the status; null = nothing did.</param>
    /// <param name="Timeline">What happened, earliest first, with what each did to the status.</param>
    /// <param name="Retracted">Ids of events that count no more.</param>
    /// <param name="Disputed">Somebody contests the event that led to the status.</param>
    /// <param name="Version">Of its stream: what If-Match takes.</param>
    public sealed record PromiseDetail(
        PromiseSummary Overview,
        Text? Summary,
        PromiseKind Kind,
        Modality Modality,
        Standing Standing,
        Checkability Checkability,
        IReadOnlyList<string> Proponents,
        IReadOnlyList<Quantity> Quantities,
        IReadOnlyList<string> Conditions,
        SourceRef? SourceRef,
        IReadOnlyList<Responsibility> Committees,
        StatusReason? Reason,
        IReadOnlyList<TimelineEntry> Timeline,
        IReadOnlyList<Guid> Retracted,
        bool Disputed,
        long Version,
        AsOf AsOf
    );

    /// <param name="Sentence">Why the promise stands as it does, in a sentence.</param>
    public sealed record StatusReason(Guid Event, string Type, Edtf? Occurred, Text Sentence);

    /// <param name="StatusBefore">How the promise stood before it, by what had happened until then.</param>
    /// <param name="Entry">The event with its corrections applied.</param>
    /// <param name="Corrections">Ids of the events that corrected it.</param>
    public sealed record TimelineEntry(
        PromiseStatus StatusBefore,
        PromiseStatus StatusAfter,
        EventEntry Entry,
        IReadOnlyList<Guid> Corrections
    );

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapRead(
            "/promises/{id}",
            GetAsync,
            "readPromise",
            "One promise with its timeline and the reason of its status."
        );

    public static async Task<Read<PromiseDetail>> GetAsync(
        string id,
        [AsParameters] AsOfQuery query,
        EventStore store,
        CommitteeReader committees,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        var asOf = await query.ResolveAsync(store, cancellation);
        var key = Streams.Key("promise", id);
        var events = await store.ReadAsync(key, asOf, cancellation);
        var day = await asOf.DayAsync(store, clock, cancellation);
        var terms = await Terms.ReadAsync(committees, asOf, cancellation);
        var disclosed = await EventEntry.DisclosedAsync(store.Database, events, cancellation);
        return new(Of(new StreamHistory(key, events), asOf, day, terms, disclosed));
    }

    /// <summary>The promise of a history.</summary>
    public static PromiseDetail Of(
        StreamHistory history,
        AsOf asOf,
        DateOnly day,
        Terms terms,
        ILookup<Guid, Disclosure> disclosed
    )
    {
        var promise = Promise.From(history.Events);
        var row = PromiseRow.Of(history, asOf.HappenedBy);
        var first = promise.First!;
        return new PromiseDetail(
            PromiseSummary.Of(row, day, terms),
            first.Summary,
            first.Kind,
            first.Modality,
            first.Standing,
            first.Checkability,
            first.Proponents,
            first.Quantities,
            first.Conditions,
            first.SourceRef,
            promise.Committees,
            promise.StatusBy(asOf.HappenedBy) is (var status, { } reason)
                ? Reason(status, reason)
                : null,
            [
                .. promise
                    .Steps.Where(s => s.Event.From <= asOf.HappenedBy)
                    .Select(s => Entry(s, disclosed[s.Event.Recorded.Id])),
            ],
            [
                .. EffectiveEvents
                    .WithoutWithheld(history.Events)
                    .Select(e => (e.Body as Retracted)?.Event)
                    .OfType<Guid>(),
            ],
            promise.IsDisputed(day),
            history.Events[^1].Version,
            asOf
        );
    }

    private static TimelineEntry Entry(StatusStep step, IEnumerable<Disclosure> disclosed)
    {
        var e = step.Event.Recorded;
        var body = Disclosures.Reveal(step.Event.Body, disclosed);
        return new TimelineEntry(
            step.Before,
            step.After,
            EventEntry.Of(e.Index, e.Recorded, e.Id, e.Stream, e.Version, body, disclosed),
            [.. step.Event.Corrections.Select(c => c.Id)]
        );
    }

    private static StatusReason Reason(PromiseStatus status, EffectiveEvent e)
    {
        var word = Vocabulary.Of(e.Body).Word;
        var day = e.Body.Occurred?.ToString();
        return new StatusReason(
            e.Recorded.Id,
            ApiJson.NameOf(Vocabulary.Of(e.Body)),
            e.Body.Occurred,
            new Text(
                $"{status.Word().De}, wegen „{word.De}“{(day is null ? "" : $" ({day})")}.",
                $"{status.Word().En}, because of '{word.En}'{(day is null ? "" : $" ({day})")}."
            )
        );
    }
}
