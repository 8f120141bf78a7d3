using Ledger.Recording;
using Web.Api.Importing;

namespace Web.Api.Problems;

/// <summary>The problems that end requests.</summary>
public static class Refuse
{
    public static ProblemException BadParameter(string detail) => Plain("bad-parameter", detail);

    public static ProblemException NotFound(string detail) => Plain("not-found", detail);

    public static ProblemException Forbidden(string detail) => Plain("forbidden", detail);

    public static ProblemException SubmissionClosed(string detail) =>
        Plain("submission-closed", detail);

    public static ProblemException Unauthorized(string detail) =>
        new(ProblemTypes.Of("unauthorized", detail)) { Headers = [("WWW-Authenticate", "Bearer")] };

    public static ProblemException TooLarge(int limit) =>
        Plain("too-large", $"The body may have at most {limit} bytes.");

    public static ProblemException NoJson() => UnknownType(["application/json"]);

    /// <param name="types">The content types that are taken.</param>
    public static ProblemException UnknownType(IEnumerable<string> types) =>
        Plain(
            "unsupported-media-type",
            $"Send the body with Content-Type: {string.Join(" or ", types)}."
        );

    public static ProblemException TooMany(string detail) =>
        new(ProblemTypes.Of("too-many-requests", detail)) { Headers = [("Retry-After", "5")] };

    /// <param name="report">What is wrong with which line.</param>
    public static ProblemException Import(ImportView report) =>
        new(
            ProblemTypes.Of(
                "import-refused",
                $"{report.Refused} of {report.Lines.Count} lines are refused."
            ) with
            {
                Report = report,
            }
        );

    /// <param name="earlier">How many.</param>
    /// <param name="refusal">Why the rules of the record refuse it before them.</param>
    public static ProblemException EarlierWait(long earlier, Decision.Refused refusal) =>
        new(
            ProblemTypes.Of(
                "earlier-wait",
                $"{earlier} earlier items of the same import are not decided; without them: {refusal.Reason.En ?? refusal.Reason.De}"
            ) with
            {
                Reason = refusal.Reason,
            }
        );

    public static ProblemException Malformed(params IReadOnlyList<BodyFault> faults) =>
        new(ProblemTypes.Of("malformed", faults[0].Detail) with { Errors = faults });

    public static ProblemException KeyReused() =>
        Plain(
            "idempotency-key-reused",
            "Another request was sent with this Idempotency-Key; use a new one."
        );

    public static ProblemException PreconditionRequired(string where) =>
        Plain("precondition-required", $"Send If-Match with the ETag of {where}.");

    public static ProblemException Stale(long actual) =>
        new(
            ProblemTypes.Of("stale-version", $"It is at version {actual} now; read it again.") with
            {
                CurrentVersion = actual,
            }
        )
        {
            Headers = [("ETag", $"\"{actual}\"")],
        };

    /// <summary>What a decision refused: a fault of the body, or a rule of the record.</summary>
    /// <param name="submission">Address of the submission that went back to its author.</param>
    public static ProblemException Refused(Decision.Refused refusal, string? submission = null) =>
        refusal.Code == Objections.Malformed.Code && submission is null
            ? Malformed([
                .. refusal.Faults.Select(f => new BodyFault(
                    f.Pointer,
                    f.Sentence.En ?? f.Sentence.De
                )),
            ])
            : new ProblemException(
                new Problem(
                    ProblemTypes.Prefix + refusal.Code,
                    ProblemTypes.RefusedTitle,
                    StatusCodes.Status409Conflict,
                    refusal.Reason.En ?? refusal.Reason.De
                )
                {
                    Reason = refusal.Reason,
                    Submission = submission,
                }
            );

    private static ProblemException Plain(string name, string detail) =>
        new(ProblemTypes.Of(name, detail));
}
