using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>Granted money no longer stands.</summary>
public sealed record FundingWithdrawn : Event
{
    public decimal? Amount { get; init; }

    public required Text Reason { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [
            .. base.Faults(),
            .. Check.That(Amount is not <= 0, Objections.AmountNotPositive, "/amount"),
            .. Check.Number("/amount", Amount),
            .. Check.Text("/reason", Reason),
        ];
}
