using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;

namespace Ledger.Sources;

/// <summary>A document is on record, with the fingerprint by which anyone can tell the same file. First event of its stream.</summary>
public sealed record SourceRegistered : Event
{
    public required Text Title { get; init; }

    public required Standing Kind { get; init; }

    public required string Municipality { get; init; }

    public required IReadOnlyList<string> Proponents { get; init; }

    public string? Term { get; init; }

    public required SourceFile File { get; init; }

    /// <summary>How its passages are located.</summary>
    public required LocatorScheme Locators { get; init; }

    /// <summary>Name and version of the normalisation from which fingerprints are made.</summary>
    public required string Normalisation { get; init; }

    /// <summary>First and last line that carry text.</summary>
    public required LineRange Lines { get; init; }

    /// <summary>What a reader must know of it, such as missing pages.</summary>
    public Text? Note { get; init; }

    // The document is its own evidence: its file's fingerprint.
    public override IEnumerable<Fault> Faults()
    {
        if (File.Sha256.Length != 64 || !File.Sha256.All(char.IsAsciiHexDigitLower))
        {
            yield return Objections.Fingerprint.At("/file/sha256");
        }

        if (Lines.From < 1 || Lines.To < Lines.From)
        {
            yield return Objections.LineRange.At("/lines");
        }
    }
}

/// <summary>The registered file.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="Bytes">Its length.</param>
public sealed record SourceFile(string Name, string Sha256, long Bytes);

public sealed record LineRange(int From, int To);

/// <summary>A source document as its stream tells it.</summary>
public sealed class Source
{
    private Source(IReadOnlyList<RecordedEvent> recorded)
    {
        Recorded = recorded;
        Registered = EffectiveEvents
            .Of(recorded)
            .Select(e => e.Body)
            .OfType<SourceRegistered>()
            .FirstOrDefault();
    }

    public static Source From(IReadOnlyList<RecordedEvent> recorded) => new(recorded);

    public IReadOnlyList<RecordedEvent> Recorded { get; }

    public SourceRegistered? Registered { get; }

    /// <summary>Decides whether an event may be recorded on the source.</summary>
    public Decision Decide(Event candidate) =>
        Decisions.RefuseAnywhere(StreamKind.Source, Recorded, candidate) is { } refused
            ? refused
            : Decision.Accept(candidate);
}
