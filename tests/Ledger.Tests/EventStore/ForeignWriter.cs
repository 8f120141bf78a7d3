using Npgsql;
using NpgsqlTypes;
using Testing;

namespace Ledger.Tests.EventStore;

/// <summary>
/// Writes as a Marten application does: plain SQL with qualified names under a login of its own that is a member of
/// <c>ledger_foreign</c>, version checked on the stream's row, one INSERT for each event.
/// </summary>
internal sealed class ForeignWriter : IAsyncDisposable
{
    private const string Login = "marten_application";
    private readonly NpgsqlConnection _connection;
    private NpgsqlTransaction? _transaction;

    private ForeignWriter(NpgsqlConnection connection) => _connection = connection;

    public NpgsqlConnection Connection => _connection;

    public static async Task<ForeignWriter> ConnectAsync(TestLedger ledger)
    {
        // The role belongs to the whole server, so another test may make it in the same moment.
        await ledger.RunAsync(
            $"""
            do $$ begin create role {Login} login in role ledger_foreign;
            exception when duplicate_object or unique_violation then null; end $$
            """
        );
        var connection = new NpgsqlConnection(ledger.AddressOf(Login) + ";Pooling=false");
        await connection.OpenAsync();
        return new ForeignWriter(connection);
    }

    public async Task BeginAsync() => _transaction = await _connection.BeginTransactionAsync();

    public Task CommitAsync() => _transaction!.CommitAsync();

    public Task RollbackAsync() => _transaction!.RollbackAsync();

    public Task SavepointAsync() => RunAsync("savepoint here");

    public Task RollbackToSavepointAsync() => RunAsync("rollback to savepoint here");

    public Task PauseAsync(double milliseconds) =>
        RunAsync(FormattableString.Invariant($"select pg_sleep({milliseconds / 1000})"));

    public async Task RunAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public Task<long> VersionOfAsync(string stream) =>
        AskAsync<long>(
            $"select coalesce(max(version), 0) from ledger.mt_streams where id = '{stream}'"
        );

    /// <summary>Raises the stream's row, if it is at the version; false when somebody else was faster.</summary>
    public async Task<bool> RaiseAsync(string stream, long from, long to)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into ledger.mt_streams as s (id, type, version, timestamp) values ($1, $2, $4, now())
            on conflict (id) do update set version = excluded.version, timestamp = excluded.timestamp
              where s.version = $3
            """,
            _connection
        );
        command.Parameters.AddWithValue(stream);
        command.Parameters.AddWithValue(stream.Split(':')[0]);
        command.Parameters.AddWithValue(from);
        command.Parameters.AddWithValue(to);
        return await command.ExecuteNonQueryAsync() == 1;
    }

    /// <summary>Draws sequence numbers and inserts the events of versions <paramref name="from"/> + 1 to <paramref name="to"/>.</summary>
    public async Task InsertAsync(string stream, long from, long to)
    {
        List<long> drawn = [];
        await using (
            var draw = new NpgsqlCommand(
                "select nextval('ledger.mt_events_sequence') from generate_series(1, $1)",
                _connection
            )
        )
        {
            draw.Parameters.AddWithValue((int)(to - from));
            await using var reader = await draw.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                drawn.Add(reader.GetInt64(0));
            }
        }

        await using var batch = new NpgsqlBatch(_connection) { Timeout = 300 };
        for (var i = 0; i < drawn.Count; i++)
        {
            batch.BatchCommands.Add(
                Insert(new ForeignEvent(stream, from + 1 + i) { Seq = drawn[i] })
            );
        }

        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>Inserts one event, whatever it is.</summary>
    public async Task InsertAsync(ForeignEvent e)
    {
        var seq = e.Seq ?? await AskAsync<long>("select nextval('ledger.mt_events_sequence')");
        await using var batch = new NpgsqlBatch(_connection);
        batch.BatchCommands.Add(Insert(e with { Seq = seq }));
        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>Appends to a stream in a transaction of its own; false when it was at another version.</summary>
    public async Task<bool> AppendAsync(string stream, long from, long events = 1)
    {
        await BeginAsync();
        if (!await RaiseAsync(stream, from, from + events))
        {
            await RollbackAsync();
            return false;
        }

        await InsertAsync(stream, from, from + events);
        await CommitAsync();
        return true;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static NpgsqlBatchCommand Insert(ForeignEvent e)
    {
        var command = new NpgsqlBatchCommand(
            """
            insert into ledger.mt_events
              (data, type, mt_dotnet_type, seq_id, id, stream_id, version, timestamp, tenant_id, bdata, headers)
            values ($1, $2, 'Foreign.Event, Foreign', $3, $4, $5, $6, now(), $7, $8, '{"from": "elsewhere"}')
            """
        );
        Add(e.Data, NpgsqlDbType.Jsonb);
        Add(e.Type, NpgsqlDbType.Varchar);
        Add(e.Seq!, NpgsqlDbType.Bigint);
        Add(e.Id, NpgsqlDbType.Uuid);
        Add(e.Stream, NpgsqlDbType.Varchar);
        Add(e.Version, NpgsqlDbType.Bigint);
        Add(e.Tenant, NpgsqlDbType.Varchar);
        Add(e.BData, NpgsqlDbType.Bytea);
        return command;

        void Add(object? value, NpgsqlDbType type) =>
            command.Parameters.Add(
                new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type }
            );
    }
}

/// <summary>A row of <c>mt_events</c>, admissible unless something is said otherwise.</summary>
internal sealed record ForeignEvent(string Stream, long Version)
{
    public long? Seq { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public string Type { get; init; } = "started";

    public string Data { get; init; } = """{"occurred": "2021", "reviewedBy": null}""";

    public string? Tenant { get; init; } = "*DEFAULT*";

    public byte[]? BData { get; init; }
}
