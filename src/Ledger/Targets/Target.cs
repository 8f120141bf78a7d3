using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;

namespace Ledger.Targets;

/// <summary>A measurable target, or a reference series: what was aimed at, what was measured, what was restated.</summary>
public sealed class Target
{
    private readonly List<EffectiveEvent> _effective;

    private Target(IReadOnlyList<RecordedEvent> recorded)
    {
        Recorded = recorded;
        _effective = EffectiveEvents.Of(recorded);
        Set = _effective.Select(e => e.Body).OfType<TargetSet>().FirstOrDefault();
    }

    public static Target From(IReadOnlyList<RecordedEvent> recorded) => new(recorded);

    public IReadOnlyList<RecordedEvent> Recorded { get; }

    /// <summary>The events that count, in the order in which they happened.</summary>
    public IReadOnlyList<EffectiveEvent> Effective => _effective;

    /// <summary>What was aimed at first, with its corrections; null while the stream is empty.</summary>
    public TargetSet? Set { get; }

    /// <summary>The measured values as they stand: restatements applied, by period.</summary>
    public IReadOnlyList<Measurement> Measurements()
    {
        var restatements = _effective
            .Where(e => e.Body is Restated)
            .ToLookup(e => ((Restated)e.Body).Measurement, e => e);
        return
        [
            .. _effective
                .Where(e => e.Body is Measured)
                .Select(e => new Measurement(
                    e.Recorded.Id,
                    (Measured)e.Body,
                    [.. restatements[e.Recorded.Id].Select(r => (Restated)r.Body)]
                ))
                .OrderBy(m => m.Measured.Period),
        ];
    }

    /// <summary>Whether it can be said how far the target is reached, and if not, what is missing.</summary>
    public Assessment Assess()
    {
        if (Set is not { } set)
        {
            return new Assessment(null, null, [Missing.Target]);
        }

        var series = Measurements()
            .Where(m => !m.Measured.PerHead && m.Measured.Unit != "%")
            .ToList();
        var latest = Measurements()
            .LastOrDefault(m => m.Measured.Unit == set.Unit || set.Direction == Direction.ReduceBy);
        List<Missing> missing = [];
        decimal? change = null;

        if (set.Value is null && set.Direction is not (Direction.Raise or Direction.Lower))
        {
            missing.Add(Missing.TargetValue);
        }

        if (set.Direction == Direction.ReduceBy)
        {
            var baseValue =
                set.Base?.Value
                ?? series.FirstOrDefault(m => set.Base?.Year is { } year && m.IsYear(year))?.Value;
            var last = series.LastOrDefault(m => set.Base?.Year is not { } year || !m.IsYear(year));
            if (baseValue is null or 0)
            {
                missing.Add(Missing.BaseValue);
            }

            if (set.Year is { } due && !series.Any(m => m.IsYear(due)))
            {
                missing.Add(Missing.TargetYearMeasurement);
            }

            if (last is null)
            {
                missing.Add(Missing.AnyMeasurement);
            }
            else if (baseValue is { } from && from != 0)
            {
                change = (last.Value - from) / from * 100;
            }

            if (set.Gas is null)
            {
                missing.Add(Missing.Gas);
            }

            if (set.Boundary is null)
            {
                missing.Add(Missing.Boundary);
            }

            return new Assessment(last, change, missing);
        }

        if (latest is null)
        {
            missing.Add(Missing.AnyMeasurement);
        }
        else if (set.Year is { } due && !latest.IsYear(due))
        {
            missing.Add(Missing.TargetYearMeasurement);
        }

        return new Assessment(latest, null, missing);
    }

    /// <summary>Decides whether an event may be recorded on the target.</summary>
    /// <param name="stream">The target's stream.</param>
    /// <param name="candidate">The event.</param>
    /// <param name="now">The moment at which it is decided.</param>
    public Decision Decide(StreamKey stream, Event candidate, DateTimeOffset now)
    {
        if (Decisions.RefuseAnywhere(StreamKind.Target, Recorded, candidate) is { } refused)
        {
            return refused;
        }

        // The whole resulting sequence must be legal: a correction can take away what a restatement rests on.
        var after = From([
            .. Recorded,
            RecordedEvent.Of(candidate, stream, Recorded.Count + 1, now),
        ]);
        return after.FirstRefusal() is { } illegal ? illegal : Decision.Accept(candidate);
    }

    private Decision.Refused? FirstRefusal()
    {
        var values = _effective
            .Where(e => e.Body is Measured)
            .ToDictionary(e => e.Recorded.Id, e => ((Measured)e.Body).Value);
        foreach (var restated in _effective.Select(e => e.Body).OfType<Restated>())
        {
            if (!values.TryGetValue(restated.Measurement, out var value))
            {
                return Objections.MeasurementUnknown.Refuse(restated.Measurement);
            }

            if (value != restated.From)
            {
                return Objections.MeasurementSaysOtherwise.Refuse(value, restated.From);
            }

            values[restated.Measurement] = restated.To;
        }

        return null;
    }
}

/// <summary>A measured value as it stands after restatements.</summary>
public sealed record Measurement(Guid Id, Measured Measured, IReadOnlyList<Restated> Restatements)
{
    public decimal Value => Restatements.Count > 0 ? Restatements[^1].To : Measured.Value;

    public bool IsYear(int year) =>
        Measured.Period.EarliestDay == new DateOnly(year, 1, 1)
        && Measured.Period.LatestDay == new DateOnly(year, 12, 31);
}

/// <summary>The honest answer to "is it reached?".</summary>
/// <param name="Latest">The last measurement that bears on it.</param>
/// <param name="ChangePercent">Change of the latest value against the base value, in percent, unrounded; null when it cannot be computed.</param>
/// <param name="Gaps">What is missing; while a value is missing, no gap can be stated.</param>
public sealed record Assessment(
    Measurement? Latest,
    decimal? ChangePercent,
    IReadOnlyList<Missing> Gaps
)
{
    /// <summary>Whether a verdict is possible at all. An unstated gas or boundary leaves doubt, but numbers could be compared.</summary>
    public bool IsPossible => Gaps.All(g => g is Missing.Gas or Missing.Boundary);
}

/// <summary>What a target lacks for an assessment.</summary>
public enum Missing
{
    Target,
    TargetValue,
    BaseValue,
    TargetYearMeasurement,
    AnyMeasurement,
    Gas,
    Boundary,
}
