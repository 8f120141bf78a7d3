using Npgsql;

namespace Ledger.Transparency;

/// <summary>Whoever signs for the log, or changes its key, does so alone, whatever process it is in. Ends with its connection.</summary>
internal sealed class SigningTurn : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private SigningTurn(NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (_connection, _transaction) = (connection, transaction);

    public static async Task<SigningTurn> TakeAsync(
        NpgsqlDataSource database,
        CancellationToken cancellation
    )
    {
        var connection = await database.OpenConnectionAsync(cancellation);
        var turn = new SigningTurn(
            connection,
            await connection.BeginTransactionAsync(cancellation)
        );
        await using var command = new NpgsqlCommand(
            "select pg_advisory_xact_lock(hashtextextended('signing the log', 0))",
            connection
        );
        await command.ExecuteNonQueryAsync(cancellation);
        return turn;
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
