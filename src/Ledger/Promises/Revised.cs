using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>Those responsible changed the promise itself.</summary>
public sealed record Revised : Event
{
    public required RevisedAspect What { get; init; }

    public Text? From { get; init; }

    public required Text To { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [.. base.Faults(), .. Check.Text("/from", From), .. Check.Text("/to", To)];
}

public enum RevisedAspect
{
    Scope,
    Quantity,
    Deadline,
    Place,
}
