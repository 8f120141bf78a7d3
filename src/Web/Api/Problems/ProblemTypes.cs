using Ledger.Recording;

namespace Web.Api.Problems;

/// <summary>Every kind of problem that the API answers with, once.</summary>
public static class ProblemTypes
{
    /// <summary>Begins every type.</summary>
    public const string Prefix = "urn:zusagenbuch:problem:";

    /// <summary>Title of every refusal by a rule of the record; its type is the rule's own (<see cref="Objections"/>), its status 409.</summary>
    public const string RefusedTitle = "The rules of the record refuse it.";

    /// <summary>All types but the refusals: name, status, title.</summary>
    public static IReadOnlyList<(string Name, int Status, string Title)> All { get; } =
    [
        ("bad-parameter", 400, "A parameter or header cannot be read."),
        ("unauthorized", 401, "This needs a valid key."),
        ("forbidden", 403, "This key may not do that."),
        ("not-found", 404, "There is nothing at this address."),
        ("method-not-allowed", 405, "The address does not know this method."),
        ("too-slow", 408, "The request arrived too slowly."),
        ("submission-closed", 409, "The submission is decided already."),
        ("earlier-wait", 409, "Earlier items of the same import wait too."),
        ("stale-version", 412, "It has moved on since it was read."),
        ("too-large", 413, "The body is too large."),
        ("unsupported-media-type", 415, "The body is of a type that is not taken here."),
        ("malformed", 422, "The body has faults."),
        ("import-refused", 422, "Lines of the file are refused; nothing was taken."),
        ("idempotency-key-reused", 422, "The idempotency key was used for another request."),
        ("precondition-required", 428, "The version that was read is missing."),
        ("too-many-requests", 429, "That is too much at once."),
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
