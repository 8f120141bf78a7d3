using Ledger.Recording;

namespace Ledger.Importing;

/// <summary>What became, or would become, of one item.</summary>
public enum ImportOutcome
{
    /// <summary>It is not on record and would be accepted.</summary>
    New,

    /// <summary>It is on record already, as it stands here.</summary>
    Known,

    /// <summary>It was proposed already, as it stands here, and waits for a second person.</summary>
    Waiting,

    Refused,
}

/// <summary>One line of the report.</summary>
/// <param name="Line">Where the item begins in the file, from 1.</param>
/// <param name="Id">Its id, as far as it has one.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Refusal">Why it is refused.</param>
public sealed record ImportLine(
    long Line,
    string? Id,
    ImportOutcome Outcome,
    Decision.Refused? Refusal = null
);

/// <summary>What an import did. One refused item refuses all.</summary>
/// <param name="Lines">Each item, in the order of the file.</param>
/// <param name="Taken">Whether the new ones were recorded, or filed for review.</param>
public sealed record ImportReport(IReadOnlyList<ImportLine> Lines, bool Taken)
{
    /// <summary>How many items have that outcome.</summary>
    public int Count(ImportOutcome outcome) => Lines.Count(l => l.Outcome == outcome);

    /// <summary>Whether nothing was refused.</summary>
    public bool IsAccepted => Lines.All(l => l.Outcome != ImportOutcome.Refused);
}
