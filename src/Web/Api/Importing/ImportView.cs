using Ledger.Importing;
using Web.Api.Problems;
using Web.Api.Submissions;

namespace Web.Api.Importing;

/// <summary>What became, or would become, of a file.</summary>
/// <param name="Taken">Whether its new items were recorded or proposed.</param>
/// <param name="New">How many items are not on record yet.</param>
/// <param name="Known">How many are on record already, as they stand there.</param>
/// <param name="Waiting">How many were proposed already, as they stand there, and wait for a second person.</param>
/// <param name="Refused">How many are refused; one is enough to refuse the file.</param>
/// <param name="Import">Ties together the submissions that came of it; null = nothing was proposed.</param>
/// <param name="Lines">Each item, in the order of the file.</param>
public sealed record ImportView(
    bool Taken,
    int New,
    int Known,
    int Waiting,
    int Refused,
    Guid? Import,
    IReadOnlyList<ImportLineView> Lines
)
{
    public static ImportView Of(ImportReport report, Guid? import) =>
        new(
            report.Taken && report.Count(ImportOutcome.New) > 0,
            report.Count(ImportOutcome.New),
            report.Count(ImportOutcome.Known),
            report.Count(ImportOutcome.Waiting),
            report.Count(ImportOutcome.Refused),
            import,
            [
                .. report.Lines.Select(l => new ImportLineView(
                    l.Line,
                    l.Id,
                    l.Outcome,
                    l.Refusal is { } refusal
                        ? new RefusalView(ProblemTypes.Prefix + refusal.Code, refusal.Reason)
                        : null
                )),
            ]
        );
}

/// <summary>What became of one item.</summary>
/// <param name="Line">Where it begins in the file, from 1.</param>
/// <param name="Id">Its id, as far as it has one.</param>
/// <param name="Refusal">Why it is refused.</param>
public sealed record ImportLineView(
    long Line,
    string? Id,
    ImportOutcome Outcome,
    RefusalView? Refusal
);
