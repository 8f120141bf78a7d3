using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>It rests.</summary>
public sealed record Stalled : Event
{
    public Text? Reason { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [.. base.Faults(), .. Check.Text("/reason", Reason)];
}
