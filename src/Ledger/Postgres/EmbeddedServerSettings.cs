namespace Ledger.Postgres;

/// <summary>What may be chosen about the embedded server. The defaults are what the application runs with.</summary>
public sealed record EmbeddedServerSettings
{
    /// <summary>
    /// False switches off everything that makes a commit survive a power cut (fsync and its kin): for tests only.
    /// Commits still survive a kill -9 of the server.
    /// </summary>
    public bool Durable { get; init; } = true;

    public int MaxConnections { get; init; } = 100;

    /// <summary>Settings of postgresql.conf by name; they win over ours.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } =
        new Dictionary<string, string>();

    /// <summary>
    /// The folder that holds initdb, pg_ctl and postgres. Where it is named nothing else is looked at; by default the
    /// environment variable LEDGER_PG_BIN names it.
    /// </summary>
    public string? Binaries { get; init; } = Environment.GetEnvironmentVariable("LEDGER_PG_BIN");

    /// <summary>How long a server may take to start, to recover after a crash or to stop before we give up.</summary>
    public TimeSpan Ceiling { get; init; } = TimeSpan.FromSeconds(60);
}
