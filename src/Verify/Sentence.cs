namespace Verify;

/// <summary>A sentence for people, German first.</summary>
public sealed record Sentence(string De, string En)
{
    /// <param name="language"><c>de</c> or <c>en</c>.</param>
    public string In(string language) => language == "en" ? En : De;
}

/// <summary>Something that must not be in an honest log.</summary>
/// <param name="Code">The detector's stable word.</param>
/// <param name="Index">The entry that it is about; null when it is about no single one.</param>
/// <param name="Subject">Key of the stream that it is about.</param>
public sealed record Fault(
    string Code,
    Sentence Sentence,
    long? Index = null,
    string? Subject = null
);

/// <summary>Why nothing can be said: neither that the log is whole nor that it is not.</summary>
/// <param name="Code">A stable word.</param>
public sealed record Obstacle(string Code, Sentence Sentence);

/// <summary>The check cannot go on; says nothing about the log.</summary>
public sealed class CannotCheckException(Obstacle obstacle) : Exception(obstacle.Sentence.En)
{
    public Obstacle Obstacle { get; } = obstacle;
}

/// <summary>A fault after which looking further tells nothing.</summary>
public sealed class FaultException(Fault fault) : Exception(fault.Sentence.En)
{
    public Fault Fault { get; } = fault;
}
