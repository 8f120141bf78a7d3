using System.Text.Json;

namespace Ledger.Recording;

/// <summary>An earlier event of the same stream was wrong in one field. The event stays as it was; from here on it is read with the new value.</summary>
public sealed record Corrected : Event
{
    /// <summary>Id of the event that was wrong.</summary>
    public required Guid Event { get; init; }

    /// <summary>Name of the field as it stands in the event's JSON.</summary>
    public required string Field { get; init; }

    /// <summary>What the field said.</summary>
    public JsonElement? From { get; init; }

    /// <summary>What it should have said.</summary>
    public JsonElement? To { get; init; }

    public required Text Reason { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [.. base.Faults(), .. Check.Text("/field", Field), .. Check.Text("/reason", Reason)];
}

/// <summary>An earlier event of the same stream should not have been recorded. It stays readable and counts no more.</summary>
public sealed record Retracted : Event
{
    /// <summary>Id of the event that is withdrawn.</summary>
    public required Guid Event { get; init; }

    public required Text Reason { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [.. base.Faults(), .. Check.Text("/reason", Reason)];
}

/// <summary>Something relevant happened that changes no status; also what is only planned.</summary>
public sealed record Reported : Event;
