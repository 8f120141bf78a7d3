using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Ledger.Recording;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.EventStore;

/// <summary>
/// The database's own shape: roles, numbered migrations (forward only, each in a transaction, checked by fingerprint) and the
/// list of admitted event types.
/// </summary>
public static class Schema
{
    /// <summary>Oldest PostgreSQL that the record runs on.</summary>
    public const int OldestPostgres = 15;

    /// <summary>Role that owns the tables and runs migrations.</summary>
    public const string Owner = "ledger_owner";

    /// <summary>Role of the application: reads, and appends through the function alone.</summary>
    public const string Application = "ledger_app";

    /// <summary>Role for a Marten application that writes to the same tables. Without login until an operator gives it one.</summary>
    public const string ForeignWriter = "ledger_foreign";

    // Any fixed number; migrations of two nodes that start together wait for each other under it.
    private const long MigrationLock = 0x5A75_7361_6765;

    /// <summary>Brings a database up to this version; does nothing when it is.</summary>
    /// <param name="connectionString">Of a role that may create roles, or is a member of the owner and finds the roles there.</param>
    /// <param name="progress">Told each migration as it is applied.</param>
    /// <exception cref="SchemaException">The database cannot be used, in one sentence.</exception>
    public static async Task MigrateAsync(
        string connectionString,
        Action<string>? progress = null,
        CancellationToken cancellation = default
    )
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString
        );
        await connection.OpenAsync(cancellation);
        if (connection.PostgreSqlVersion.Major < OldestPostgres)
        {
            throw new SchemaException(
                $"PostgreSQL {connection.PostgreSqlVersion} is too old: version {OldestPostgres} or newer is needed."
            );
        }

        await Lock(connection, cancellation);
        try
        {
            await RefuseForeignDatabase(connection, cancellation);
            await PrepareRoles(connection, cancellation);
            await Run(
                connection,
                $"set role {Owner}; set search_path = ledger, pg_temp",
                cancellation
            );
            await ApplyMissing(connection, progress, cancellation);
            await AdmitVocabulary(connection, cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new SchemaException(
                $"The database user '{connection.UserName}' may not prepare the database ({e.MessageText}); see docs/operations.md."
            );
        }
    }

    /// <summary>Waits until no other session that prepares a ledger is connected to the same database, and holds it off.</summary>
    internal static Task Lock(NpgsqlConnection connection, CancellationToken cancellation) =>
        Run(connection, $"select pg_advisory_lock({MigrationLock})", cancellation);

    private static async Task RefuseForeignDatabase(
        NpgsqlConnection connection,
        CancellationToken cancellation
    )
    {
        const string foreign = """
            select exists (select from pg_namespace where nspname = 'ledger')
               and to_regclass('ledger.migration') is null
            """;
        if (await Scalar<bool>(connection, foreign, cancellation))
        {
            throw new SchemaException(
                $"The database '{connection.Database}' has a schema 'ledger' that is not ours; give Zusagenbuch a database of its own."
            );
        }
    }

    private static async Task PrepareRoles(
        NpgsqlConnection connection,
        CancellationToken cancellation
    )
    {
        await Run(connection, Resource("sql/roles.sql"), cancellation);
        if (
            !await Scalar<bool>(
                connection,
                "select to_regclass('ledger.migration') is not null",
                cancellation
            )
        )
        {
            var database = QuoteIdentifier(connection.Database);
            await Run(
                connection,
                $"""
                grant connect, temporary, create on database {database} to {Owner};
                grant connect, create on database {database} to {Application};
                grant connect on database {database} to {ForeignWriter};
                create schema ledger authorization {Owner};
                set role {Owner};
                create table ledger.migration (
                  number  int         primary key,
                  name    text        not null,
                  sha256  text        not null,
                  applied timestamptz not null default clock_timestamp()
                );
                grant usage on schema ledger to {Application}, {ForeignWriter};
                grant select on ledger.migration to {Application};
                reset role;
                """,
                cancellation
            );
        }
    }

    private static async Task ApplyMissing(
        NpgsqlConnection connection,
        Action<string>? progress,
        CancellationToken cancellation
    )
    {
        var applied = new Dictionary<int, string>();
        await using (
            var command = new NpgsqlCommand(
                "select number, sha256 from ledger.migration",
                connection
            )
        )
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                applied[reader.GetInt32(0)] = reader.GetString(1);
            }
        }

        var known = Migrations();
        if (applied.Keys.FirstOrDefault(n => known.All(m => m.Number != n)) is > 0 and var newer)
        {
            throw new SchemaException(
                $"The database is newer than this program: it knows migration {newer}."
            );
        }

        foreach (var (number, name, sql) in known)
        {
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
            if (applied.TryGetValue(number, out var recorded))
            {
                if (recorded != sha256)
                {
                    throw new SchemaException(
                        $"Migration {name} is not the one this database was made with; an applied migration is never edited."
                    );
                }

                continue;
            }

            progress?.Invoke(name);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await Run(connection, sql, cancellation);
            await using var note = new NpgsqlCommand(
                "insert into ledger.migration (number, name, sha256) values ($1, $2, $3)",
                connection
            );
            note.Parameters.Add(new NpgsqlParameter<int> { TypedValue = number });
            note.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
            note.Parameters.Add(new NpgsqlParameter<string> { TypedValue = sha256 });
            await note.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
    }

    private static async Task AdmitVocabulary(
        NpgsqlConnection connection,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "insert into ledger.event_type (name) select * from unnest($1) on conflict do nothing",
            connection
        );
        command.Parameters.Add(
            new NpgsqlParameter
            {
                Value = Vocabulary.All.Select(t => t.Name).ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar,
            }
        );
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static List<(int Number, string Name, string Sql)> Migrations() =>
        [
            .. Assembly
                .GetExecutingAssembly()
                .GetManifestResourceNames()
                .Where(n => n.StartsWith("sql/0", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(n => (int.Parse(n.AsSpan(4, 4), null), n[4..], Resource(n))),
        ];

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    internal static string QuoteIdentifier(string name) =>
        $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task Run(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<T> Scalar<T>(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancellation))!;
    }
}

/// <summary>The database cannot be used; the message is one sentence for the operator.</summary>
public sealed class SchemaException(string message) : Exception(message);
