using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>A stated part is done.</summary>
public sealed record Progressed : Event
{
    /// <summary>Which part.</summary>
    public required Text Measure { get; init; }

    public decimal? Value { get; init; }

    public string? Unit { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [
            .. base.Faults(),
            .. Check.Text("/measure", Measure),
            .. Check.Number("/value", Value),
            .. Check.That(
                Value is null || !string.IsNullOrWhiteSpace(Unit),
                Objections.UnitMissing,
                "/unit"
            ),
        ];
}
