using System.Text.Json.Serialization;

namespace Ledger.Recording;

/// <summary>What every event carries, whatever stream it is on. The rest of its JSON is the fields of its own type.</summary>
public abstract record Event
{
    /// <summary>When it happened in the world, at its true precision; null = unknown. Not when we wrote it down.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Edtf? Occurred { get; init; }

    /// <summary>What <see cref="Occurred"/> rests on; null when the day is unknown.</summary>
    public OccurredBasis? OccurredBasis { get; init; }

    /// <summary>Whether it bears on the whole, on a part, or is only context. A part never completes the whole.</summary>
    public Scope Scope { get; init; }

    /// <summary>How sure the recorder is. What is of low confidence never moves a status beyond <c>reported</c>.</summary>
    public Confidence Confidence { get; init; }

    /// <summary>Public pages that show it. At least one, unless <see cref="SourceRef"/> names a passage of a registered source.</summary>
    public IReadOnlyList<Evidence>? Evidence { get; init; }

    /// <summary>The passage of a registered source document that shows it.</summary>
    public SourceRef? SourceRef { get; init; }

    /// <summary>What happened, in our own words.</summary>
    public Text? Summary { get; init; }

    /// <summary>Pseudonymous id of who recorded it; <c>catalogue</c> for what came with the product.</summary>
    public string RecordedBy { get; init; } = "catalogue";

    /// <summary>Pseudonymous id of the second person who checked it; null = nobody yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? ReviewedBy { get; init; }

    /// <summary>What is wrong with the fields by themselves; empty when nothing is.</summary>
    public virtual IEnumerable<Fault> Faults()
    {
        if (SourceRef is null && Evidence is not { Count: > 0 })
        {
            yield return Objections.EvidenceMissing.At("/evidence");
        }

        foreach (var fault in SourceRef?.Faults("/sourceRef") ?? [])
        {
            yield return fault;
        }

        foreach (var fault in Check.Text("/summary", Summary))
        {
            yield return fault;
        }

        foreach (var fault in Check.Each("/evidence", Evidence ?? [], (at, e) => e.Faults(at)))
        {
            yield return fault;
        }

        if (Occurred is null && OccurredBasis is not null)
        {
            yield return Objections.DayUnknown.At("/occurredBasis");
        }

        if (Occurred is not null && OccurredBasis is null)
        {
            yield return Objections.BasisMissing.At("/occurredBasis");
        }
    }
}

/// <summary>What the claimed day rests on.</summary>
public enum OccurredBasis
{
    /// <summary>The evidence states the day of the event.</summary>
    Event,

    /// <summary>Only the day of the report is known.</summary>
    Publication,

    /// <summary>Concluded from other facts.</summary>
    Derived,
}

public enum Scope
{
    Promise,
    Part,
    Context,
}

public enum Confidence
{
    High,
    Medium,
    Low,
}

/// <summary>A text for readers, German first. English may be missing.</summary>
public sealed record Text(string De, string? En = null);

/// <summary>A public page or document that shows a fact.</summary>
/// <param name="Url">Its http or https address.</param>
/// <param name="Publisher">Who publishes it.</param>
/// <param name="Title">Its short name; null when not noted.</param>
/// <param name="Published">Its own date; null = unknown.</param>
/// <param name="Retrieved">When we read it.</param>
/// <param name="Sha256">Fingerprint of the bytes that were read, if kept.</param>
/// <param name="Note">What a reader should know of it.</param>
public sealed record Evidence(
    string Url,
    string Publisher,
    Edtf? Retrieved,
    string? Title = null,
    Edtf? Published = null,
    string? Sha256 = null,
    string? Note = null
)
{
    /// <summary>What is wrong with it.</summary>
    /// <param name="pointer">Where it stands in the event's data.</param>
    public IEnumerable<Fault> Faults(string pointer)
    {
        if (
            !Uri.TryCreate(Url, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
        )
        {
            yield return Objections.EvidenceAddress.At($"{pointer}/url", Url);
        }

        if (string.IsNullOrWhiteSpace(Publisher))
        {
            yield return Objections.EvidencePublisher.At($"{pointer}/publisher");
        }

        foreach (var fault in Check.Sha256($"{pointer}/sha256", Sha256))
        {
            yield return fault;
        }
    }
}

/// <summary>A passage of a registered source: where it stands, and the SHA-256 of its normalised text.</summary>
/// <param name="Source">Name of the stream <c>source:{name}</c>.</param>
/// <param name="Locator">The lines.</param>
/// <param name="Fingerprint">64 hexadecimal digits; anyone with a copy of the document can compute them again.</param>
public sealed record SourceRef(string Source, Locator Locator, string Fingerprint)
{
    internal IEnumerable<Fault> Faults(string pointer) =>
        [
            .. Check.Name($"{pointer}/source", Source),
            .. Check.Lines($"{pointer}/locator", Locator.From, Locator.To),
            .. Check.Sha256($"{pointer}/fingerprint", Fingerprint),
        ];
}

/// <summary>Lines of a document, first and last included.</summary>
/// <param name="Scheme">How lines are counted: the numbers printed in the document, or the lines of the file from 1.</param>
public sealed record Locator(LocatorScheme Scheme, int From, int To);

public enum LocatorScheme
{
    PrintedLine,
    PhysicalLine,
}
