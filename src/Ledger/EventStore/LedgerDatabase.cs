using Ledger.Postgres;
using Npgsql;

namespace Ledger.EventStore;

/// <summary>Where the record is kept: a database that is migrated, and the connections of the application's role.</summary>
/// <param name="Address">Connection string of the application's role.</param>
public sealed record LedgerDatabase(string Address)
{
    /// <summary>Connections of the role <c>ledger_app</c>; the caller disposes of them.</summary>
    public NpgsqlDataSource Open() => NpgsqlDataSource.Create(Address);

    /// <summary>A database on the embedded server, made if it is missing.</summary>
    /// <param name="name">Its name; the product's is <c>ledger</c>.</param>
    /// <exception cref="SchemaException">The database cannot be used, in one sentence.</exception>
    public static async Task<LedgerDatabase> PrepareAsync(
        EmbeddedServer server,
        string name = "ledger",
        Action<string>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var maintenance = new NpgsqlConnectionStringBuilder(
            server.ConnectionString("postgres", "postgres")
        )
        {
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(maintenance.ConnectionString);
        await connection.OpenAsync(cancellation);
        await Schema.Lock(connection, cancellation);
        await using var exists = new NpgsqlCommand(
            "select exists (select from pg_database where datname = $1)",
            connection
        );
        exists.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        if (!(bool)(await exists.ExecuteScalarAsync(cancellation))!)
        {
            await using var create = new NpgsqlCommand(
                $"create database {Schema.QuoteIdentifier(name)}",
                connection
            );
            await create.ExecuteNonQueryAsync(cancellation);
        }

        await Schema.MigrateAsync(
            server.ConnectionString(name, "postgres"),
            progress,
            cancellation
        );

        // Only the private socket leads here, so the role needs no password to be the application's own.
        await using var login = new NpgsqlCommand(
            $"alter role {Schema.Application} login",
            connection
        );
        await login.ExecuteNonQueryAsync(cancellation);
        return new LedgerDatabase(server.ConnectionString(name, Schema.Application));
    }

    /// <summary>A database on a server of the operator's.</summary>
    /// <param name="application">
    /// Connection string of the application. Its user is a member of <c>ledger_app</c>, or may create that role.
    /// </param>
    /// <param name="owner">Connection string for the migrations; null = the application's own.</param>
    /// <exception cref="SchemaException">The database cannot be used, in one sentence.</exception>
    public static async Task<LedgerDatabase> PrepareAsync(
        string application,
        string? owner = null,
        Action<string>? progress = null,
        CancellationToken cancellation = default
    )
    {
        await Schema.MigrateAsync(owner ?? application, progress, cancellation);
        var address = new NpgsqlConnectionStringBuilder(application)
        {
            Options = $"-c role={Schema.Application}",
            MaxAutoPrepare = 64,
            NoResetOnClose = true,
        };
        if (!address.ContainsKey("Maximum Pool Size") || address.MaxPoolSize > 16)
        {
            address.MaxPoolSize = 16;
        }

        return new LedgerDatabase(address.ConnectionString);
    }
}
