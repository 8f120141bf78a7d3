using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>It goes on after a rest.</summary>
public sealed record Resumed : Event
{
    public Text? Reason { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [.. base.Faults(), .. Check.Text("/reason", Reason)];
}
