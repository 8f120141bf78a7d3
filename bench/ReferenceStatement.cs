using Npgsql;
using NpgsqlTypes;

namespace Bench;

/// <summary>A prepared statement on a connection of its own.</summary>
internal sealed class ReferenceStatement : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _command;

    private ReferenceStatement(NpgsqlConnection connection, NpgsqlCommand command) =>
        (_connection, _command) = (connection, command);

    public static async Task<ReferenceStatement> PrepareAsync(
        LedgerUnderTest ledger,
        string sql,
        params IReadOnlyList<NpgsqlDbType> types
    )
    {
        var connection = await ledger.Database.OpenConnectionAsync();
        var command = new NpgsqlCommand(sql, connection);
        foreach (var type in types)
        {
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type });
        }

        await command.PrepareAsync();
        return new ReferenceStatement(connection, command);
    }

    /// <summary>Runs it once, in a transaction of its own, and reads its answer.</summary>
    public async Task AnswerAsync(params IReadOnlyList<object> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            _command.Parameters[i].Value = values[i];
        }

        await using var reader = await _command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            _ = reader.GetInt64(0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _command.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
