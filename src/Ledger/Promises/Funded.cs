using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>Money was granted for it.</summary>
public sealed record Funded : Event
{
    /// <summary>The sum; null when none is published.</summary>
    public required decimal? Amount { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; init; } = "EUR";

    public IReadOnlyList<int> BudgetYears { get; init; } = [];

    public required FundingKind Kind { get; init; }

    public string? Funder { get; init; }

    public override IEnumerable<Fault> Faults()
    {
        foreach (var fault in base.Faults())
        {
            yield return fault;
        }

        if (Amount is <= 0)
        {
            yield return Objections.AmountNotPositive.At("/amount");
        }
    }
}

public enum FundingKind
{
    Own,
    Grant,
    Donation,
    Private,
}
