using Ledger.Recording;
using Web.Api.Importing;
using Web.Api.Wire;

namespace Web.Api.Problems;

/// <summary>What went wrong, as RFC 9457 has it. The types are listed in docs/api.md and never change.</summary>
/// <param name="Type">Which kind of problem, a URN.</param>
/// <param name="Title">The same for every problem of the type.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="Detail">One sentence about this very request.</param>
public sealed record Problem(string Type, string Title, int Status, string Detail) : ISparse
{
    public const string ContentType = "application/problem+json";

    /// <summary>A refusal's sentence in both languages.</summary>
    public Text? Reason { get; init; }

    /// <summary>What is wrong where (only <c>malformed</c>).</summary>
    public IReadOnlyList<BodyFault>? Errors { get; init; }

    /// <summary>The version that the stream or submission really has (only <c>stale-version</c>).</summary>
    public long? CurrentVersion { get; init; }

    /// <summary>What is wrong with which line (only <c>import-refused</c>).</summary>
    public ImportView? Report { get; init; }

    /// <summary>The submission that went back to its author (only where an acceptance was refused).</summary>
    public string? Submission { get; init; }
}

/// <summary>A fault of a request body.</summary>
/// <param name="Pointer">Where: a JSON Pointer (RFC 6901); empty for the whole.</param>
/// <param name="Detail">What is wrong, in a sentence.</param>
public sealed record BodyFault(string Pointer, string Detail);

/// <summary>Ends a request with a problem.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;

    /// <summary>Headers that belong to the answer.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
}
