using Verify.Notes;

namespace Verify;

/// <summary>What is to be checked, and against what.</summary>
/// <param name="Where">The site's front page, or a folder with a copy.</param>
/// <param name="Keys">The log's keys: the present one, and those before it.</param>
/// <param name="Witnesses">Keys of witnesses whose word counts.</param>
/// <param name="Quorum">How many of them must have cosigned.</param>
/// <param name="State">Folder of what was verified before; null = no memory.</param>
/// <param name="Entries">File for all entries, one a line.</param>
/// <param name="Copy">Folder for a copy of the log.</param>
/// <param name="LogOnly">Leave the API out.</param>
public sealed record Request(
    string Where,
    IReadOnlyList<VerifierKey> Keys,
    IReadOnlyList<VerifierKey> Witnesses,
    int Quorum = 0,
    string? State = null,
    string? Entries = null,
    string? Copy = null,
    bool LogOnly = false
);

/// <summary>Whether the API was compared with the log.</summary>
public enum ApiState
{
    /// <summary>It was, in so many lists.</summary>
    Compared,

    /// <summary>It was not asked for, or there is none.</summary>
    LeftOut,

    /// <summary>The log itself is faulty; there is nothing to compare with.</summary>
    Pointless,
}

/// <summary>A witness's signature under the checkpoint.</summary>
public sealed record Cosigned(string Witness, DateTimeOffset At);

/// <summary>What a check found: whole, faulty, or not checked.</summary>
public sealed record Verdict
{
    public required string Where { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Why nothing can be said; null when something can.</summary>
    public Obstacle? Obstacle { get; init; }

    /// <summary>What must not be; the gravest first.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    public Checkpoint? Checkpoint { get; init; }
    public VerifierKey? Key { get; init; }

    /// <summary>Whether it is not one of the keys that were given, but follows from them.</summary>
    public bool IsSuccessor { get; init; }
    public DateTimeOffset? LastTime { get; init; }
    public IReadOnlyList<Cosigned> Cosigned { get; init; } = [];
    public int Quorum { get; init; }

    /// <summary>How many earlier checkpoints are the beginning of this one; null when none were remembered on purpose.</summary>
    public int? Remembered { get; init; }

    public IReadOnlyList<long> Withheld { get; init; } = [];
    public ApiState Api { get; init; } = ApiState.LeftOut;
    public int ApiLists { get; init; }

    /// <summary>Folder with notes that contradict each other.</summary>
    public string? Evidence { get; init; }

    /// <summary>0 whole, 1 faulty, 2 not checked.</summary>
    public int Exit =>
        Faults.Count > 0 ? 1
        : Obstacle is not null ? 2
        : 0;
}
