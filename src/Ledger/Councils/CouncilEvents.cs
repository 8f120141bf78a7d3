using Ledger.Recording;

namespace Ledger.Councils;

/// <summary>A municipality is on record. First event of its stream.</summary>
public sealed record CouncilRegistered : Event
{
    public required string Name { get; init; }

    /// <summary>Official municipality key, eight digits.</summary>
    public required string Ags { get; init; }

    public required string State { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [
            .. base.Faults(),
            .. Check.Text("/name", Name),
            .. Check.That(
                Ags.Length == 8 && Ags.All(char.IsAsciiDigit),
                Objections.MunicipalityKey,
                "/ags"
            ),
            .. Check.Text("/state", State),
        ];
}

/// <summary>A council term begins.</summary>
public sealed record TermBegan : Event
{
    /// <summary>Slug of the term: <c>krefeld-2020</c>.</summary>
    public required string Term { get; init; }

    public override IEnumerable<Fault> Faults() => [.. base.Faults(), .. Check.Name("/term", Term)];
}

/// <summary>A council term is over. It says nothing about any promise.</summary>
public sealed record TermEnded : Event
{
    public required string Term { get; init; }

    public override IEnumerable<Fault> Faults() => [.. base.Faults(), .. Check.Name("/term", Term)];
}

/// <summary>A committee of the council exists.</summary>
public sealed record CommitteeEstablished : Event
{
    /// <summary>Its slug within the municipality; part of its public address, so it never changes.</summary>
    public required string Committee { get; init; }

    public required string Name { get; init; }

    /// <summary>Short form, for lists.</summary>
    public string? Code { get; init; }

    public string? Term { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [
            .. base.Faults(),
            .. Check.Name("/committee", Committee),
            .. Check.Text("/name", Name),
            .. Check.Name("/term", Term),
        ];
}

/// <summary>A committee has another name; its address stays.</summary>
public sealed record CommitteeRenamed : Event
{
    public required string Committee { get; init; }

    public required string Name { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [.. base.Faults(), .. Check.Name("/committee", Committee), .. Check.Text("/name", Name)];
}

/// <summary>A committee no longer exists.</summary>
public sealed record CommitteeDissolved : Event
{
    public required string Committee { get; init; }

    /// <summary>Slugs of the committees that took over, as far as known.</summary>
    public IReadOnlyList<string> Successors { get; init; } = [];

    public override IEnumerable<Fault> Faults() =>
        [
            .. base.Faults(),
            .. Check.Name("/committee", Committee),
            .. Check.Names("/successors", Successors),
        ];
}

/// <summary>The majority in the council is another.</summary>
public sealed record MajorityChanged : Event;
