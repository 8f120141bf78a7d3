using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>The date moved back.</summary>
public sealed record Delayed : Event
{
    /// <summary>The date as it stood; null = not published.</summary>
    public Edtf? From { get; init; }

    /// <summary>The new date; null = none named.</summary>
    public Edtf? To { get; init; }

    public Text? Reason { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [.. base.Faults(), .. Check.Text("/reason", Reason)];
}
