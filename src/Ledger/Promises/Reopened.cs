using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>A final status no longer holds.</summary>
public sealed record Reopened : Event
{
    public required Text Reason { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [.. base.Faults(), .. Check.Text("/reason", Reason)];
}
