using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Targets;
using Projections.Targets;

namespace Web.Api.Reads;

/// <summary><c>GET /targets</c> and <c>/targets/{id}</c>: what was aimed at, what was measured, whether it can be assessed.</summary>
public static class ListTargets
{
    /// <param name="Id">Name of its stream.</param>
    /// <param name="Municipality">Null for a reference series of a state or a country.</param>
    /// <param name="Promise">Id of the promise that sets it.</param>
    /// <param name="Value">The number aimed at; null when the source names none.</param>
    /// <param name="Assessment">Whether it can be said how far it is reached, and what is missing if not.</param>
    /// <param name="Version">Of its stream: what If-Match takes.</param>
    public sealed record TargetDetail(
        string Id,
        string? Municipality,
        string? Publisher,
        Text Title,
        Text Indicator,
        string? Promise,
        Direction Direction,
        decimal? Value,
        string Unit,
        BaseValue? Base,
        int? Year,
        string? Boundary,
        string? Gas,
        Text? Note,
        IReadOnlyList<MeasuredValue> Measurements,
        TargetAssessment Assessment,
        long Version
    );

    /// <param name="Value">The value as it stands, after restatements.</param>
    /// <param name="Published">The value as first published.</param>
    public sealed record MeasuredValue(
        Guid Event,
        Edtf Period,
        decimal Value,
        decimal Published,
        string Unit,
        bool PerHead,
        bool Provisional,
        string? Method,
        string Publisher
    );

    /// <param name="Possible">Whether numbers can be compared at all.</param>
    /// <param name="ChangePercent">Change of the latest value against the base value.</param>
    public sealed record TargetAssessment(
        bool Possible,
        decimal? ChangePercent,
        Guid? Latest,
        IReadOnlyList<Missing> Missing
    );

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapRead(
            "/targets",
            ListAsync,
            "listTargets",
            "The measurable targets and the reference series beside them."
        );
        api.MapRead("/targets/{id}", GetAsync, "readTarget", "A target with what was measured.");
    }

    /// <param name="municipality">Only of this one; reference series belong to none.</param>
    public static async Task<Read<Page<TargetDetail>>> ListAsync(
        string? municipality,
        [AsParameters] AsOfQuery query,
        EventStore store,
        TargetReader reader,
        CancellationToken cancellation
    )
    {
        var asOf = await query.ResolveAsync(store, cancellation);
        List<TargetDetail> found = [];
        await foreach (var history in reader.HistoriesAsync(cancellation))
        {
            if (
                Of(history.Stream, asOf.Of(history.Events), asOf) is { } target
                && (municipality is null || target.Municipality == municipality)
            )
            {
                found.Add(target);
            }
        }

        return new(new Page<TargetDetail>(found, null, asOf));
    }

    public static async Task<Read<TargetDetail>> GetAsync(
        string id,
        [AsParameters] AsOfQuery query,
        EventStore store,
        CancellationToken cancellation
    )
    {
        var asOf = await query.ResolveAsync(store, cancellation);
        var key = Streams.Key("target", id);
        return new(Of(key, await store.ReadAsync(key, asOf, cancellation), asOf)!);
    }

    /// <summary>The target of a history; null while it says nothing.</summary>
    public static TargetDetail? Of(StreamKey key, IReadOnlyList<RecordedEvent> events, AsOf asOf)
    {
        var known = Target.From(events);
        if (known.Set is not { } set)
        {
            return null;
        }

        // A measurement is known from the day on which it was published, or else from its period's end.
        var target = asOf.Zum is null
            ? known
            : Target.From([
                .. events.Where(e =>
                    e.Version == 1 || e.Body.Occurred is not { } o || o.EarliestDay <= asOf.Zum
                ),
            ]);
        var assessment = target.Assess();
        return new TargetDetail(
            key.Name,
            set.Municipality,
            set.Publisher,
            set.Title,
            set.Indicator,
            set.Promise,
            set.Direction,
            set.Value,
            set.Unit,
            set.Base,
            set.Year,
            set.Boundary,
            set.Gas,
            set.Note,
            [.. target.Measurements().Select(Of)],
            new TargetAssessment(
                assessment.IsPossible,
                assessment.ChangePercent is { } change ? decimal.Round(change, 6) : null,
                assessment.Latest?.Id,
                assessment.Gaps
            ),
            events[^1].Version
        );
    }

    private static MeasuredValue Of(Measurement m) =>
        new(
            m.Id,
            m.Measured.Period,
            m.Value,
            m.Measured.Value,
            m.Measured.Unit,
            m.Measured.PerHead,
            m.Measured.Provisional,
            m.Measured.Method,
            m.Measured.Publisher
        );
}
