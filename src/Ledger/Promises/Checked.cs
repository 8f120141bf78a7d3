using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>Someone looked on this date in these places and found nothing new.</summary>
public sealed record Checked : Event
{
    public required IReadOnlyList<string> Places { get; init; }

    public override IEnumerable<Fault> Faults() =>
        Places.Count == 0
            ? base.Faults().Append(Objections.PlacesMissing.At("/places"))
            : base.Faults();
}
