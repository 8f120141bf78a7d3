using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>Granted money no longer stands.</summary>
public sealed record FundingWithdrawn : Event
{
    public decimal? Amount { get; init; }

    public required Text Reason { get; init; }
}
