using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>It is done, wholly or in part. A part step (scope part) never completes the whole.</summary>
public sealed record Completed : Event
{
    public required Extent Extent { get; init; }

    /// <summary>For a recurring promise: the period for which it was kept.</summary>
    public Edtf? Period { get; init; }
}

public enum Extent
{
    Whole,
    Partial,
}
