using System.Text.Json.Serialization;
using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>
/// Right of reply: somebody says something about an event of the promise. Name and text are personal, so the record holds only their
/// salted digests; the values lie in the table <c>disclosure</c> and can be erased.
/// </summary>
/// <remarks>
/// A reply that is sent carries <see cref="Name"/> and <see cref="Text"/>; one that is recorded carries <see cref="Digests"/> in their
/// place (<see cref="Disclosures.Conceal(Event)"/>). The database refuses any other.
/// </remarks>
public sealed record Stated : Event
{
    /// <summary>Id of the event that it is about.</summary>
    public required Guid About { get; init; }

    public required Stance Stance { get; init; }

    /// <summary>In what function: the mayor's office, a council group, an association.</summary>
    public required string Function { get; init; }

    /// <summary>Where it was said: a meeting, a letter; null when the evidence says it all.</summary>
    public string? Where { get; init; }

    /// <summary>Who; null in the record.</summary>
    public string? Name { get; init; }

    /// <summary>What was said; null in the record.</summary>
    public string? Text { get; init; }

    /// <summary>Digests of name and text, in no telling order (RFC 9901, section 4.2.4.1); null in what is sent.</summary>
    [JsonPropertyName("_sd")]
    public IReadOnlyList<string>? Digests { get; init; }

    /// <summary>Name of the digests' hash function.</summary>
    [JsonPropertyName("_sd_alg")]
    public string? DigestAlgorithm { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [
            .. base.Faults(),
            .. Check.Text("/function", Function),
            .. Digests is null
                ? [.. Check.Text("/name", Name), .. Check.Text("/text", Text)]
                : Array.Empty<Fault>(),
        ];
}

/// <summary>How the reply stands to what it is about.</summary>
public enum Stance
{
    Contests,
    Explains,
    Supports,
}
