using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>It is related to another promise.</summary>
public sealed record Linked : Event
{
    public required Relation Relation { get; init; }

    /// <summary>Name of the other promise's stream.</summary>
    public required string To { get; init; }

    public override IEnumerable<Fault> Faults() => [.. base.Faults(), .. Check.Name("/to", To)];
}

public enum Relation
{
    Restates,
    Precedes,
    DependsOn,
    PartOf,
    ConflictsWith,
    Supports,
    FundedBy,
    MeasuredBy,
    SameTopic,
}
