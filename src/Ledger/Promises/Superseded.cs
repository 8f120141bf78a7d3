using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>Another promise takes its place.</summary>
public sealed record Superseded : Event
{
    /// <summary>Name of the promise's stream.</summary>
    public required string By { get; init; }

    public override IEnumerable<Fault> Faults() => [.. base.Faults(), .. Check.Name("/by", By)];
}
