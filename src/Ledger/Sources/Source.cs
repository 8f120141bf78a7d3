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

    /// <summary>How many bullets and numbered items the document has, so that its coverage can be told without it; null = not counted.</summary>
    public int? Items { get; init; }

    /// <summary>How many of its lines carry text; null = not counted.</summary>
    public int? TextLines { get; init; }

    /// <summary>Lines between the first and the last that carry no text, in order; null = not noted.</summary>
    public IReadOnlyList<LineRange>? EmptyLines { get; init; }

    /// <summary>What the catalogue leaves out on purpose; null = nobody has said yet.</summary>
    public IReadOnlyList<LeftOut>? LeftOut { get; init; }

    /// <summary>What a reader must know of it, such as missing pages.</summary>
    public Text? Note { get; init; }

    // The document is its own evidence: its file's fingerprint.
    public override IEnumerable<Fault> Faults() =>
        [
            .. Check.Text("/title", Title),
            .. Check.Name("/municipality", Municipality),
            .. Check.Texts("/proponents", Proponents),
            .. Check.Name("/term", Term),
            .. Check.Text("/file/name", File.Name),
            .. Check.Sha256("/file/sha256", File.Sha256),
            .. Check.Within("/file/bytes", File.Bytes, 1, long.MaxValue),
            .. Check.Text("/normalisation", Normalisation),
            .. Check.Lines("/lines", Lines.From, Lines.To),
            .. Check.Within("/lines/to", Lines.To, 1, LineRange.Most),
            .. Check.Within("/items", Items, 0, Lines.To - Lines.From + 1),
            .. Check.Within("/textLines", TextLines, 1, Lines.To - Lines.From + 1),
            .. Check.Each("/emptyLines", EmptyLines ?? [], (at, e) => e.Faults(at, Lines)),
            .. Check.Each("/leftOut", LeftOut ?? [], (at, l) => l.Faults(at, Lines)),
        ];
}

/// <summary>The registered file.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="Bytes">Its length.</param>
public sealed record SourceFile(string Name, string Sha256, long Bytes);

/// <summary>Lines of a document, first and last included.</summary>
public sealed record LineRange(int From, int To)
{
    /// <summary>Lines that a document may have.</summary>
    public const int Most = 100_000;

    /// <summary>What is wrong with it.</summary>
    /// <param name="pointer">Where it stands in the event's data.</param>
    /// <param name="document">First and last line of the document.</param>
    internal IEnumerable<Fault> Faults(string pointer, LineRange document) =>
        [
            .. Check.Lines(pointer, From, To),
            .. Check.Within($"{pointer}/from", From, document.From, document.To),
            .. Check.Within($"{pointer}/to", To, document.From, document.To),
        ];

    /// <summary>The numbers of those of its lines that a document has, whatever else it names.</summary>
    public IEnumerable<int> NumbersIn(LineRange document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var first = Math.Max(From, document.From);
        return Enumerable.Range(first, Math.Max(0, Math.Min(To, document.To) - first + 1));
    }

    /// <summary>"127-130", or "127" for one line.</summary>
    public override string ToString() => From == To ? $"{From}" : $"{From}-{To}";
}

/// <summary>A source document as its stream tells it.</summary>
public sealed class Source
{
    private Source(IReadOnlyList<RecordedEvent> recorded)
    {
        Recorded = recorded;
        var effective = EffectiveEvents.Of(recorded).ConvertAll(e => e.Body);
        Registered = effective.OfType<SourceRegistered>().FirstOrDefault();
        ReplacedBy = effective.OfType<SourceReplaced>().FirstOrDefault()?.By;
    }

    public static Source From(IReadOnlyList<RecordedEvent> recorded) => new(recorded);

    public IReadOnlyList<RecordedEvent> Recorded { get; }

    public SourceRegistered? Registered { get; }

    /// <summary>Name of the source that took its place; null while it stands.</summary>
    public string? ReplacedBy { get; }

    /// <summary>Decides whether an event may be recorded on the source.</summary>
    /// <param name="stream">The source's stream.</param>
    /// <param name="candidate">The event.</param>
    public Decision Decide(StreamKey stream, Event candidate)
    {
        if (Decisions.RefuseAnywhere(StreamKind.Source, Recorded, candidate) is { } refused)
        {
            return refused;
        }

        if (candidate is SourceReplaced && ReplacedBy is not null)
        {
            return Objections.ReplacedAlready.Refuse();
        }

        return candidate is SourceReplaced { By: var by } && by == stream.Name
            ? Objections.NamesItself.Refuse()
            : Decision.Accept(candidate);
    }
}
