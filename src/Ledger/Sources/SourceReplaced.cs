using Ledger.EventStore;
using Ledger.Recording;

namespace Ledger.Sources;

/// <summary>
/// Its publisher put another version in the document's place. Passages are tied to the lines of a file, so the new version is a source of
/// its own; what was located in this one stays located in this one.
/// </summary>
public sealed record SourceReplaced : Event
{
    /// <summary>Name of the new version's stream.</summary>
    public required string By { get; init; }

    public required Text Reason { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [.. base.Faults(), .. Check.Name("/by", By), .. Check.Text("/reason", Reason)];
}
