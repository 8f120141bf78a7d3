using Ledger.Recording;

namespace Ledger.Transparency;

/// <summary>From here on another key signs the log. The old key says so in a statement that the event carries; so whoever has the log has it.</summary>
public sealed record KeyRotated : Event
{
    /// <summary>Verifier key that signed until now.</summary>
    public required string From { get; init; }

    /// <summary>Verifier key that signs from now on.</summary>
    public required string To { get; init; }

    /// <summary>Size of the last checkpoint of the old key.</summary>
    public required long Size { get; init; }

    /// <summary>The statement, a note signed by both keys (<see cref="KeyRotation"/>).</summary>
    public required string Statement { get; init; }

    // The ledger's own act needs no evidence from outside.
    public override IEnumerable<Fault> Faults() =>
        [
            .. Check.Text("/from", From),
            .. Check.Text("/to", To),
            .. Check.Text("/statement", Statement),
        ];
}
