using Ledger.EventStore;
using Ledger.Postgres;
using Npgsql;

namespace Bench;

/// <summary>A PostgreSQL of the benchmarks' own in a temporary folder, with every flush to disk that the product has.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly EmbeddedServer _server;
    private int _last;

    private Stage(EmbeddedServer server) => _server = server;

    public static async Task<Stage> SetUpAsync()
    {
        // Not under the user's home: as root the server runs as 'nobody', who must be able to reach it.
        var folder = Path.Combine(Path.GetTempPath(), $"zusagenbuch-bench-{Environment.ProcessId}");
        return new Stage(await EmbeddedServer.StartAsync(folder));
    }

    /// <summary>A new empty database for a host that opens it itself.</summary>
    public Task<LedgerDatabase> NewDatabaseAsync() =>
        LedgerDatabase.PrepareAsync(_server, $"bench_{++_last}");

    /// <summary>A new empty ledger; what the one before left to flush is flushed first.</summary>
    public async Task<LedgerUnderTest> NewLedgerAsync()
    {
        var name = $"bench_{++_last}";
        var address = (await LedgerDatabase.PrepareAsync(_server, name)).Address;
        var ledger = new LedgerUnderTest(address, _server.ConnectionString(name, "postgres"));
        await ledger.RunAsync("checkpoint");
        return ledger;
    }

    /// <summary>The server's version.</summary>
    public async Task<string> VersionAsync()
    {
        await using var connection = new NpgsqlConnection(
            _server.ConnectionString("postgres", "postgres")
        );
        await connection.OpenAsync();
        return connection.PostgreSqlVersion.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _server.DisposeAsync();
        await EmbeddedServer.EraseAsync(_server.Folder);
        Directory.Delete(_server.Folder, recursive: true);
    }
}
