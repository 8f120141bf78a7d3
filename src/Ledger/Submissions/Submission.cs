using Ledger.EventStore;
using Ledger.Recording;

namespace Ledger.Submissions;

/// <summary>
/// An event that somebody proposed. It never changes; it is decided once, by another person. Private until then: only the event that
/// comes of it is public.
/// </summary>
/// <param name="Author">Who proposed it.</param>
/// <param name="AuthorPseudonym">The same, as it will stand in the record.</param>
/// <param name="SeenVersion">The stream's version that the author had read; 0 = the event opens the stream.</param>
/// <param name="ReviewerPseudonym">Who decided it; null while nobody has, or when its author withdrew it.</param>
/// <param name="Reason">Why it was rejected or returned.</param>
/// <param name="Recorded">The event that came of it.</param>
public sealed record Submission(
    Guid Id,
    Guid Author,
    string AuthorPseudonym,
    StreamKey Stream,
    long SeenVersion,
    Event Event,
    SubmissionState State,
    DateTimeOffset Created,
    DateTimeOffset? Decided,
    string? ReviewerPseudonym,
    Text? Reason,
    Guid? Recorded
)
{
    /// <summary>The item of an import that it came from; null = it was proposed by itself.</summary>
    public ImportedItem? Imported { get; init; }

    /// <summary>Whether it still waits.</summary>
    public bool IsOpen => State == SubmissionState.Open;

    /// <summary>As it was before anybody decided it.</summary>
    public Submission AsProposed() =>
        this with
        {
            State = SubmissionState.Open,
            Decided = null,
            ReviewerPseudonym = null,
            Reason = null,
            Recorded = null,
        };

    /// <summary>The event as it is recorded when a person accepts it.</summary>
    public Event ReviewedBy(string pseudonym) =>
        Event with
        {
            RecordedBy = AuthorPseudonym,
            ReviewedBy = pseudonym,
        };
}

/// <summary>Which item of an import a proposal came from.</summary>
/// <param name="Import">The same for all proposals of one import.</param>
/// <param name="Id">The item's id outside of this ledger.</param>
/// <param name="Sha256">Fingerprint of what it says.</param>
/// <param name="Event">The id that its event gets when it is accepted.</param>
public sealed record ImportedItem(Guid Import, string Id, byte[] Sha256, Guid Event);

/// <summary>How a proposal stands. Everything but <see cref="Open"/> is final.</summary>
public enum SubmissionState
{
    /// <summary>Waits for a second person.</summary>
    Open,

    /// <summary>Recorded.</summary>
    Accepted,

    /// <summary>A second person said no.</summary>
    Rejected,

    /// <summary>A second person said yes, but the record had moved on and refused it; its author may propose anew.</summary>
    Returned,

    /// <summary>Its author took it back.</summary>
    Withdrawn,
}
