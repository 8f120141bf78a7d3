using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>A criterion that the source itself sets was applied to the promise: by judgement, or by a value with its unit.</summary>
public sealed record Assessed : Event
{
    /// <summary>The source's criterion, such as tonnes of CO2 a year from the start.</summary>
    public required Text Criterion { get; init; }

    /// <summary>What was found, in our own words; null when it is a number.</summary>
    public Text? Judgement { get; init; }

    public decimal? Value { get; init; }

    public string? Unit { get; init; }

    /// <summary>Who applied it: an office, a body, an institute.</summary>
    public required string By { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [
            .. base.Faults(),
            .. Check.Text("/criterion", Criterion),
            .. Check.Text("/judgement", Judgement),
            .. Check.Text("/by", By),
            .. Check.That(
                Judgement is not null || Value is not null,
                Objections.FindingMissing,
                "/judgement"
            ),
            .. Check.Number("/value", Value),
            .. Check.That(
                Value is null || !string.IsNullOrWhiteSpace(Unit),
                Objections.UnitMissing,
                "/unit"
            ),
        ];
}
