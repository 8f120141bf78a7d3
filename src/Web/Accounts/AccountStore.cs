using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;
using Projections;

namespace Web.Accounts;

/// <summary>People and their keys.</summary>
/// <param name="database">Connections of the application's role.</param>
public sealed class AccountStore(NpgsqlDataSource database)
{
    /// <summary>A key with the hash of its secret and the person it belongs to.</summary>
    public sealed record Found(ApiKey Key, byte[] Hash, Person Person);

    /// <summary>Adds a person under a new pseudonym.</summary>
    public async Task<Person> AddAsync(
        string name,
        Role role,
        CancellationToken cancellation = default
    )
    {
        var person = new Person(
            Guid.CreateVersion7(),
            $"p-{RandomNumberGenerator.GetHexString(12, lowercase: true)}",
            name,
            role,
            null
        );
        await using var command = database.CreateCommand(
            "insert into ledger.person (id, pseudonym, name, role) values ($1, $2, $3, $4)"
        );
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = person.Id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = person.Pseudonym });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = EnumNames.Of(role) });
        await command.ExecuteNonQueryAsync(cancellation);
        return person;
    }

    /// <summary>Everybody, the oldest first.</summary>
    public async Task<IReadOnlyList<Person>> ListAsync(CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            "select id, pseudonym, name, role, disabled from ledger.person order by created, id"
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<Person> people = [];
        while (await reader.ReadAsync(cancellation))
        {
            people.Add(Person(reader, 0));
        }

        return people;
    }

    /// <summary>The person of that pseudonym; null when there is none.</summary>
    public async Task<Person?> FindAsync(string pseudonym, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            "select id, pseudonym, name, role, disabled from ledger.person where pseudonym = $1"
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = pseudonym });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Person(reader, 0) : null;
    }

    /// <summary>Gives a person another role.</summary>
    /// <returns>Whether there is such a person.</returns>
    public Task<bool> ChangeRoleAsync(
        string pseudonym,
        Role role,
        CancellationToken cancellation = default
    ) =>
        ChangeAsync(
            "update ledger.person set role = $2 where pseudonym = $1",
            cancellation,
            pseudonym,
            EnumNames.Of(role)
        );

    /// <summary>Lets none of a person's keys in any more.</summary>
    /// <inheritdoc cref="ChangeRoleAsync" path="/returns"/>
    public Task<bool> DisableAsync(string pseudonym, CancellationToken cancellation = default) =>
        ChangeAsync(
            "update ledger.person set disabled = coalesce(disabled, clock_timestamp()) where pseudonym = $1",
            cancellation,
            pseudonym
        );

    /// <summary>Lets a disabled person's keys in again.</summary>
    /// <inheritdoc cref="ChangeRoleAsync" path="/returns"/>
    public Task<bool> EnableAsync(string pseudonym, CancellationToken cancellation = default) =>
        ChangeAsync(
            "update ledger.person set disabled = null where pseudonym = $1",
            cancellation,
            pseudonym
        );

    /// <summary>Makes a key. Its text is known here and now, and never again.</summary>
    public async Task<KeyText> AddKeyAsync(
        Person person,
        IReadOnlyList<Right> scopes,
        string label,
        DateTimeOffset expires,
        CancellationToken cancellation = default
    )
    {
        var key = KeyText.New();
        await using var command = database.CreateCommand(
            "insert into ledger.api_key (prefix, person, hash, scopes, label, expires) values ($1, $2, $3, $4, $5, $6)"
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key.Prefix });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = person.Id });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = key.Hash() });
        command.Parameters.Add(
            new NpgsqlParameter
            {
                Value = scopes.Select(EnumNames.Of).ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
            }
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = label });
        command.Parameters.Add(
            new NpgsqlParameter<DateTimeOffset> { TypedValue = expires.ToUniversalTime() }
        );
        await command.ExecuteNonQueryAsync(cancellation);
        return key;
    }

    /// <summary>All keys, or one person's, the oldest first.</summary>
    public async Task<IReadOnlyList<ApiKey>> KeysAsync(
        string? pseudonym,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            $"""
            select {KeyColumns} from ledger.api_key k join ledger.person p on p.id = k.person
            where $1 is null or p.pseudonym = $1 order by k.created, k.prefix
            """
        );
        command.Parameters.Add(
            new NpgsqlParameter
            {
                Value = (object?)pseudonym ?? DBNull.Value,
                NpgsqlDbType = NpgsqlDbType.Text,
            }
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<ApiKey> keys = [];
        while (await reader.ReadAsync(cancellation))
        {
            keys.Add(Key(reader));
        }

        return keys;
    }

    /// <summary>Lets a key in no more.</summary>
    /// <returns>Whether there is such a key.</returns>
    public Task<bool> RevokeAsync(string prefix, CancellationToken cancellation = default) =>
        ChangeAsync(
            "update ledger.api_key set revoked = coalesce(revoked, clock_timestamp()) where prefix = $1",
            cancellation,
            prefix
        );

    /// <summary>The key of that prefix, whether or not it still lets anyone in; null when there is none.</summary>
    public async Task<Found?> FindKeyAsync(string prefix, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            $"""
            select {KeyColumns}, k.hash, p.id, p.pseudonym, p.name, p.role, p.disabled
            from ledger.api_key k join ledger.person p on p.id = k.person where k.prefix = $1
            """
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = prefix });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new Found(Key(reader), reader.GetFieldValue<byte[]>(8), Person(reader, 9))
            : null;
    }

    /// <summary>Notes that a key was used.</summary>
    public Task TouchAsync(string prefix, CancellationToken cancellation = default) =>
        ChangeAsync(
            "update ledger.api_key set last_used = clock_timestamp() where prefix = $1",
            cancellation,
            prefix
        );

    private const string KeyColumns =
        "k.prefix, p.pseudonym, k.scopes, k.label, k.created, k.expires, k.revoked, k.last_used";

    private static ApiKey Key(NpgsqlDataReader reader) =>
        new(
            reader.GetString(0),
            reader.GetString(1),
            [.. reader.GetFieldValue<string[]>(2).Select(EnumNames.Parse<Right>)],
            reader.GetString(3),
            reader.GetFieldValue<DateTimeOffset>(4),
            reader.GetFieldValue<DateTimeOffset>(5),
            reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6),
            reader.IsDBNull(7) ? null : reader.GetFieldValue<DateTimeOffset>(7)
        );

    private static Person Person(NpgsqlDataReader reader, int at) =>
        new(
            reader.GetGuid(at),
            reader.GetString(at + 1),
            reader.GetString(at + 2),
            EnumNames.Parse<Role>(reader.GetString(at + 3)),
            reader.IsDBNull(at + 4) ? null : reader.GetFieldValue<DateTimeOffset>(at + 4)
        );

    private async Task<bool> ChangeAsync(
        string sql,
        CancellationToken cancellation,
        params string[] values
    )
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
        }

        return await command.ExecuteNonQueryAsync(cancellation) > 0;
    }
}
