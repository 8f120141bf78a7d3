using Ledger.EventStore;
using Ledger.Postgres;
using Npgsql;

namespace Testing;

/// <summary>
/// An empty, migrated ledger on a real PostgreSQL: a database of its own for each test. One server for a test run, with flushing off, which
/// survives the death of a process but not of the machine.
/// </summary>
public sealed class TestLedger : IAsyncDisposable
{
    private static readonly SemaphoreSlim s_turn = new(1);
    private static EmbeddedServer? s_server;
    private static int s_last;
    private static bool s_migrated;

    private TestLedger(string name, LedgerDatabase database)
    {
        Name = name;
        Prepared = database;
        Address = database.Address;
        Database = database.Open();
        Store = new EventStore(Database);
    }

    /// <summary>Name of the database.</summary>
    public string Name { get; }

    /// <summary>The database, for a host that opens it itself.</summary>
    public LedgerDatabase Prepared { get; }

    /// <summary>Connection string of the application's role.</summary>
    public string Address { get; }

    /// <summary>Connections of the application's role.</summary>
    public NpgsqlDataSource Database { get; }

    public EventStore Store { get; }

    /// <summary>The server that all test ledgers of this process are on.</summary>
    public static async Task<EmbeddedServer> ServerAsync()
    {
        await s_turn.WaitAsync();
        try
        {
            if (s_server is null)
            {
                // Not under the user's home: as root the server runs as 'nobody', who must be able to reach it.
                var folder = Path.Combine(
                    Path.GetTempPath(),
                    $"zusagenbuch-tests-{Environment.ProcessId}"
                );
                s_server = await EmbeddedServer.StartAsync(
                    folder,
                    new EmbeddedServerSettings { Durable = false, MaxConnections = 200 }
                );
                AppDomain.CurrentDomain.ProcessExit += (_, _) =>
                {
                    s_server.DisposeAsync().AsTask().GetAwaiter().GetResult();
                    EmbeddedServer.EraseAsync(folder).GetAwaiter().GetResult();
                    Directory.Delete(folder, recursive: true);
                };
            }

            return s_server;
        }
        finally
        {
            s_turn.Release();
        }
    }

    /// <summary>A new ledger: empty, or a copy of another to which nobody is connected.</summary>
    public static async Task<TestLedger> CreateAsync(TestLedger? like = null)
    {
        var server = await ServerAsync();
        await s_turn.WaitAsync();
        try
        {
            // Migrated once; a copy takes a tenth of the time.
            if (!s_migrated)
            {
                await LedgerDatabase.PrepareAsync(server, "ledger_template");
                s_migrated = true;
            }

            var name = $"ledger_{++s_last}";
            await using var connection = new NpgsqlConnection(
                server.ConnectionString("postgres", "postgres")
            );
            await connection.OpenAsync();
            await using var copy = new NpgsqlCommand(
                $"create database {name} template {like?.Name ?? "ledger_template"}",
                connection
            );
            await copy.ExecuteNonQueryAsync();
            await using var grant = new NpgsqlCommand(
                $"grant connect, create on database {name} to ledger_app; grant connect, create, temporary on database {name} to ledger_owner",
                connection
            );
            await grant.ExecuteNonQueryAsync();
            return new TestLedger(
                name,
                new LedgerDatabase(server.ConnectionString(name, Schema.Application))
            );
        }
        finally
        {
            s_turn.Release();
        }
    }

    /// <summary>Connection string for another role on the same database: the owner, the foreign writer, the superuser.</summary>
    public string AddressOf(string role) => s_server!.ConnectionString(Name, role);

    /// <summary>Runs SQL as the superuser: how a test damages what no role of the product may touch.</summary>
    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(AddressOf("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <inheritdoc cref="AskAsync{T}"/>
    public async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(AddressOf("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs SQL as the superuser in another database of the same server, when this one lets nobody in.</summary>
    public static async Task ElsewhereAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(
            s_server!.ConnectionString("postgres", "postgres")
        );
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await using var connection = new NpgsqlConnection(
            s_server!.ConnectionString("postgres", "postgres")
        );
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand(
            $"drop database if exists {Name} with (force)",
            connection
        );
        await drop.ExecuteNonQueryAsync();
    }
}
