using Ledger.Promises;
using Ledger.Recording;

namespace Ledger.Targets;

/// <summary>A measurable target is named, or a reference series is opened. First event of its stream.</summary>
public sealed record TargetSet : Event
{
    public required Text Title { get; init; }

    /// <summary>What is measured.</summary>
    public required Text Indicator { get; init; }

    /// <summary>Municipality's stream name; null for a reference series of a state or a country.</summary>
    public string? Municipality { get; init; }

    /// <summary>Who publishes a reference series.</summary>
    public string? Publisher { get; init; }

    /// <summary>Name of the promise's stream that sets it.</summary>
    public string? Promise { get; init; }

    public required Direction Direction { get; init; }

    /// <summary>The number aimed at; null when the source names none.</summary>
    public decimal? Value { get; init; }

    public required string Unit { get; init; }

    public BaseValue? Base { get; init; }

    /// <summary>The year by which; null when none is named.</summary>
    public int? Year { get; init; }

    /// <summary>What the balance covers; null = not stated.</summary>
    public string? Boundary { get; init; }

    /// <summary>Which gases are counted; null = not stated.</summary>
    public string? Gas { get; init; }

    /// <summary>What the source leaves open.</summary>
    public Text? Note { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [
            .. base.Faults(),
            .. Check.Text("/title", Title),
            .. Check.Text("/indicator", Indicator),
            .. Check.Name("/municipality", Municipality),
            .. Check.Name("/promise", Promise),
            .. Check.Number("/value", Value),
            .. Check.Text("/unit", Unit),
            .. Check.Year("/base/year", Base?.Year),
            .. Check.Number("/base/value", Base?.Value),
            .. Check.Year("/year", Year),
        ];
}

/// <summary>Where the target points. <see cref="Raise"/> and <see cref="Lower"/> are for sources that name no number.</summary>
public enum Direction
{
    ReduceBy,
    Reach,
    AtLeast,
    AtMost,
    Raise,
    Lower,
}

/// <summary>The target itself was changed.</summary>
public sealed record TargetRevised : Event
{
    public required Text From { get; init; }

    public required Text To { get; init; }

    /// <summary>Who changed it.</summary>
    public required string Who { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [
            .. base.Faults(),
            .. Check.Text("/from", From),
            .. Check.Text("/to", To),
            .. Check.Text("/who", Who),
        ];
}

/// <summary>A value for a period was published.</summary>
public sealed record Measured : Event
{
    /// <summary>The period the value is for.</summary>
    public required Edtf Period { get; init; }

    public required decimal Value { get; init; }

    public required string Unit { get; init; }

    public bool PerHead { get; init; }

    public bool Provisional { get; init; }

    /// <summary>How it was computed; null = not stated.</summary>
    public string? Method { get; init; }

    public required string Publisher { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [
            .. base.Faults(),
            .. Check.Number("/value", Value),
            .. Check.Text("/unit", Unit),
            .. Check.Text("/publisher", Publisher),
        ];
}

/// <summary>A published value was replaced by its publisher.</summary>
public sealed record Restated : Event
{
    /// <summary>Id of the <see cref="Measured"/> event.</summary>
    public required Guid Measurement { get; init; }

    public required decimal From { get; init; }

    public required decimal To { get; init; }

    public required Text Why { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [.. base.Faults(), .. Check.Number("/to", To), .. Check.Text("/why", Why)];
}
