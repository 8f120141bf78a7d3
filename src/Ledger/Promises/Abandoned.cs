using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>It is no longer pursued.</summary>
public sealed record Abandoned : Event
{
    public required AbandonmentReason Reason { get; init; }

    public Text? Explanation { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [.. base.Faults(), .. Check.Text("/explanation", Explanation)];
}

public enum AbandonmentReason
{
    NoMajority,
    NoMoney,
    ChangedMind,
    Legal,
    ThirdParty,
    Other,
}
