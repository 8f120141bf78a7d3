using Ledger.Councils;
using Ledger.Method;
using Ledger.Promises;
using Ledger.Sources;
using Ledger.Targets;
using Ledger.Transparency;

namespace Ledger.Recording;

/// <summary>What a stream can be about.</summary>
/// <param name="Name">First part of its keys.</param>
/// <param name="Subject">With its definite article, as a sentence about one begins.</param>
/// <param name="One">With its indefinite article.</param>
/// <param name="OpenedBy">The only event that can be its first.</param>
public sealed record StreamKind(string Name, Text Subject, Text One, Type OpenedBy)
{
    /// <summary>Whether the event that opens it can follow later again.</summary>
    public bool Reopens { get; init; }

    public static StreamKind Promise { get; } =
        new(
            "promise",
            new Text("Die Zusage", "The promise"),
            new Text("Eine Zusage", "A promise"),
            typeof(Promised)
        );

    public static StreamKind Target { get; } =
        new(
            "target",
            new Text("Das Ziel", "The target"),
            new Text("Ein Ziel", "A target"),
            typeof(TargetSet)
        );

    public static StreamKind Council { get; } =
        new(
            "council",
            new Text("Der Rat", "The council"),
            new Text("Ein Rat", "A council"),
            typeof(CouncilRegistered)
        );

    public static StreamKind Source { get; } =
        new(
            "source",
            new Text("Die Quelle", "The source"),
            new Text("Eine Quelle", "A source"),
            typeof(SourceRegistered)
        );

    public static StreamKind Method { get; } =
        new(
            "method",
            new Text("Die Methode", "The method"),
            new Text("Die Methode", "The method"),
            typeof(MethodRevised)
        )
        {
            Reopens = true,
        };

    public static StreamKind Log { get; } =
        new(
            "log",
            new Text("Das Logbuch", "The log"),
            new Text("Das Logbuch", "The log"),
            typeof(KeyRotated)
        )
        {
            Reopens = true,
        };

    /// <summary>The kinds that hold facts of the world.</summary>
    public static IReadOnlyList<StreamKind> Facts { get; } = [Promise, Target, Council, Source];

    public static IReadOnlyList<StreamKind> All { get; } = [.. Facts, Method, Log];

    /// <summary>The kind of that name; null when there is none.</summary>
    public static StreamKind? Find(string name) => All.FirstOrDefault(k => k.Name == name);
}
