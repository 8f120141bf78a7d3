using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>Someone looked on this date in these places and found nothing new.</summary>
public sealed record Checked : Event
{
    public required IReadOnlyList<string> Places { get; init; }

    public override IEnumerable<string> Faults() =>
        Places.Count == 0 ? base.Faults().Append("A check needs the places that were looked at.") : base.Faults();
}
