using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>Someone looked on this date in these places and found nothing new.</summary>
public sealed record Checked : Event
{
    public required IReadOnlyList<string> Places { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [
            .. base.Faults(),
            .. Check.That(Places.Count > 0, Objections.PlacesMissing, "/places"),
            .. Check.Texts("/places", Places),
        ];
}
