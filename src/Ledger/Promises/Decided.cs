using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>A council body decided. The body, not a party or a coalition.</summary>
public sealed record Decided : Event
{
    /// <summary>The council or the committee, by its name at the time.</summary>
    public required string Body { get; init; }

    public required Outcome Outcome { get; init; }

    public Votes? Votes { get; init; }

    /// <summary>Reference of the paper in the council's information system.</summary>
    public string? Paper { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [
            .. base.Faults(),
            .. Check.That(!string.IsNullOrWhiteSpace(Body), Objections.BodyMissing, "/body"),
            .. Check.That(
                Votes is not ({ For: < 0 } or { Against: < 0 } or { Abstained: < 0 }),
                Objections.VotesNegative,
                "/votes"
            ),
        ];
}

public enum Outcome
{
    Adopted,
    Rejected,
    Deferred,
    Noted,
}

/// <summary>Votes as published; null where a count is not known.</summary>
public sealed record Votes(int? For, int? Against, int? Abstained);
