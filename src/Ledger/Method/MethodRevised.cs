using Ledger.Recording;

namespace Ledger.Method;

/// <summary>From here on statuses follow these rules. The stream <c>method</c> holds nothing else.</summary>
public sealed record MethodRevised : Event
{
    /// <summary>Number of the rules, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>SHA-256 of the rules (<see cref="Promises.StatusRules.Fingerprint"/>).</summary>
    public required string Fingerprint { get; init; }

    /// <summary>What changed, and why.</summary>
    public required Text Change { get; init; }

    // The rules come with the program; its source is their evidence.
    public override IEnumerable<Fault> Faults() =>
        [
            .. Check.Within("/version", Version, 1, int.MaxValue),
            .. Check.Sha256("/fingerprint", Fingerprint),
            .. Check.Text("/change", Change),
        ];
}
