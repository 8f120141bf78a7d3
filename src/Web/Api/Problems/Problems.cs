using Ledger.EventStore;
using Ledger.Recording;

namespace Web.Api.Problems;

/// <summary>Every kind of problem that the API answers with, once.</summary>
public static class ProblemTypes
{
    /// <summary>Begins every type.</summary>
    public const string Prefix = "urn:zusagenbuch:problem:";

    /// <summary>All types: name, status, title.</summary>
    public static IReadOnlyList<(string Name, int Status, string Title)> All { get; } =
        [
            ("bad-parameter", 400, "A parameter or header cannot be read."),
            ("unauthorized", 401, "This needs a valid key."),
            ("forbidden", 403, "This key may not do that."),
            ("not-found", 404, "There is nothing at this address."),
            ("method-not-allowed", 405, "The address does not know this method."),
            ("too-slow", 408, "The request arrived too slowly."),
            ("refused", 409, "The rules of the record refuse it."),
            ("submission-closed", 409, "The submission is decided already."),
            ("stale-version", 412, "It has moved on since it was read."),
            ("too-large", 413, "The body is too large."),
            ("unsupported-media-type", 415, "The body must be application/json."),
            ("malformed", 422, "The body has faults."),
            ("idempotency-key-reused", 422, "The idempotency key was used for another request."),
            ("precondition-required", 428, "The version that was read is missing."),
            ("internal", 500, "Something went wrong here."),
            ("unavailable", 503, "The ledger cannot be reached at the moment."),
        ];

    /// <summary>A problem of a named type.</summary>
    public static Problem Of(string name, string detail)
    {
        var (_, status, title) = All.First(t => t.Name == name);
        return new Problem(Prefix + name, title, status, detail);
    }
}

/// <summary>The problems that end requests.</summary>
public static class Problems
{
    public static ProblemException BadParameter(string detail) => Plain("bad-parameter", detail);

    public static ProblemException NotFound(string detail) => Plain("not-found", detail);

    public static ProblemException Forbidden(string detail) => Plain("forbidden", detail);

    public static ProblemException SubmissionClosed(string detail) => Plain("submission-closed", detail);

    public static ProblemException Unauthorized(string detail) =>
        new(ProblemTypes.Of("unauthorized", detail)) { Headers = [("WWW-Authenticate", "Bearer")] };

    public static ProblemException TooLarge(int limit) => Plain("too-large", $"The body may have at most {limit} bytes.");

    public static ProblemException NoJson() =>
        Plain("unsupported-media-type", "Send the body with Content-Type: application/json.");

    public static ProblemException Malformed(params IReadOnlyList<Fault> faults) =>
        new(ProblemTypes.Of("malformed", faults[0].Detail) with { Errors = faults });

    public static ProblemException KeyReused() =>
        Plain("idempotency-key-reused", "Another request was sent with this Idempotency-Key; use a new one.");

    public static ProblemException PreconditionRequired(string where) =>
        Plain("precondition-required", $"Send If-Match with the ETag of {where}.");

    public static ProblemException Stale(long expected, long actual) =>
        new(
            ProblemTypes.Of("stale-version", $"It is at version {actual}, not {expected}; read it again.") with
            {
                CurrentVersion = actual,
            }
        )
        {
            Headers = [("ETag", $"\"{actual}\"")],
        };

    private static ProblemException Plain(string name, string detail) => new(ProblemTypes.Of(name, detail));
}
