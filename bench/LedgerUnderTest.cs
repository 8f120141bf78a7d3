using Ledger.EventStore;
using Npgsql;

namespace Bench;

/// <summary>A migrated ledger as the product uses it, and the superuser's view of it.</summary>
internal sealed class LedgerUnderTest(string address, string superuser) : IAsyncDisposable
{
    private EventStore? _store;

    /// <summary>Connection string of the application's role.</summary>
    public string Address { get; } = address;

    /// <summary>Connection string of the superuser, who may become the owner of the tables.</summary>
    public string OwnerAddress => superuser;

    /// <summary>Connections of the application's role.</summary>
    public NpgsqlDataSource Database { get; } = NpgsqlDataSource.Create(address);

    public EventStore Store => _store ??= new EventStore(Database);

    /// <summary>A connection of the superuser.</summary>
    public async Task<NpgsqlConnection> SuperuserAsync()
    {
        var connection = new NpgsqlConnection(superuser);
        await connection.OpenAsync();
        return connection;
    }

    public async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(superuser);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(superuser);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Fails unless the record holds exactly so many events and streams, each event once in a gapless index.</summary>
    public async Task CheckRecordAsync(long events, long streams)
    {
        await CheckAsync("events", "select count(*) from ledger.mt_events", events);
        await CheckAsync("streams", "select count(*) from ledger.mt_streams", streams);
        await CheckAsync("indexes", "select count(*) from ledger.log_index", events);
        await CheckAsync("next index", "select next from ledger.log_head", events);
        await CheckAsync("lowest index", "select min(idx) from ledger.log_index", 0);
        await CheckAsync("highest index", "select max(idx) from ledger.log_index", events - 1);
        await CheckAsync(
            "events without an index",
            "select count(*) from ledger.mt_events left join ledger.log_index using (seq_id) where idx is null",
            0
        );
        await CheckAsync(
            "streams whose version is not their number of events",
            """
            select count(*) from ledger.mt_streams s
            where s.version <> (select count(*) from ledger.mt_events e where e.stream_id = s.id)
            """,
            0
        );
    }

    /// <summary>Fails unless a query answers with that number.</summary>
    public async Task CheckAsync(string what, string sql, long expected)
    {
        var actual = await AskAsync<long>(sql);
        if (actual != expected)
        {
            throw new WrongResultException($"{what}: {actual}, expected {expected}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
    }
}

/// <summary>What was measured did not do its work, so its time means nothing.</summary>
internal sealed class WrongResultException(string message) : Exception(message);
