using System.Text.Json;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Submissions;

/// <summary>Proposals on PostgreSQL.</summary>
/// <param name="database">Connections of the application's role.</param>
public sealed class SubmissionStore(NpgsqlDataSource database)
{
    private const string Columns = """
        s.id, s.author, a.pseudonym, s.stream, s.seen_version, s.type, s.data, s.state, s.created, s.decided, r.pseudonym, s.reason, s.event_id,
        s.import, s.import_item, s.import_sha256, s.import_event
        from ledger.submission s join ledger.person a on a.id = s.author left join ledger.person r on r.id = s.reviewer
        """;

    /// <summary>Keeps new proposals of one author, all or none.</summary>
    /// <param name="connection">May be in a transaction of the caller's.</param>
    public static async Task AddAsync(
        NpgsqlConnection connection,
        IReadOnlyList<Submission> submissions,
        CancellationToken cancellation = default
    )
    {
        await using var command = new NpgsqlCommand(
            """
            insert into ledger.submission
              (id, author, stream, seen_version, type, data, created, import, import_item, import_sha256, import_event)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            connection
        );
        AddAll(command, submissions.Select(s => s.Id), NpgsqlDbType.Uuid);
        AddAll(command, submissions.Select(s => s.Author), NpgsqlDbType.Uuid);
        AddAll(command, submissions.Select(s => s.Stream.ToString()), NpgsqlDbType.Varchar);
        AddAll(command, submissions.Select(s => s.SeenVersion), NpgsqlDbType.Bigint);
        AddAll(command, submissions.Select(s => Vocabulary.Of(s.Event).Name), NpgsqlDbType.Text);
        AddAll(
            command,
            submissions.Select(s =>
                JsonSerializer.Serialize(s.Event, s.Event.GetType(), LedgerJson.Options)
            ),
            NpgsqlDbType.Jsonb
        );
        AddAll(
            command,
            submissions.Select(s => s.Created.ToUniversalTime()),
            NpgsqlDbType.TimestampTz
        );
        AddAll(command, submissions.Select(s => s.Imported?.Import), NpgsqlDbType.Uuid);
        AddAll(command, submissions.Select(s => s.Imported?.Id), NpgsqlDbType.Text);
        AddAll(command, submissions.Select(s => s.Imported?.Sha256), NpgsqlDbType.Bytea);
        AddAll(command, submissions.Select(s => s.Imported?.Event), NpgsqlDbType.Uuid);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The proposal of that id; null when there is none.</summary>
    public async Task<Submission?> FindAsync(Guid id, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand($"select {Columns} where s.id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        return (await ListAsync(command, cancellation)).SingleOrDefault();
    }

    /// <summary>Proposals, the oldest first.</summary>
    /// <param name="author">Only this person's; null = everybody's.</param>
    /// <param name="state">Only those that stand like this; null = any.</param>
    /// <param name="import">Only what this import proposed; null = everything.</param>
    /// <param name="after">Id of the last one of the page before: ids grow with time.</param>
    public async Task<IReadOnlyList<Submission>> ListAsync(
        Guid? author,
        SubmissionState? state,
        Guid? import,
        Guid? after,
        int limit,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            $"""
            select {Columns}
            where ($1 is null or s.author = $1) and ($2 is null or s.state = $2) and ($3 is null or s.id > $3)
              and ($5 is null or s.import = $5)
            order by s.id limit $4
            """
        );
        Add(command, author, NpgsqlDbType.Uuid);
        Add(command, state is { } s ? NameOf(s) : null, NpgsqlDbType.Text);
        Add(command, after, NpgsqlDbType.Uuid);
        Add(command, limit, NpgsqlDbType.Integer);
        Add(command, import, NpgsqlDbType.Uuid);
        return await ListAsync(command, cancellation);
    }

    /// <summary>How many earlier items of the same import still wait.</summary>
    public async Task<long> EarlierAsync(
        Submission submission,
        CancellationToken cancellation = default
    )
    {
        if (submission.Imported is null)
        {
            return 0;
        }

        await using var command = database.CreateCommand(
            "select count(*) from ledger.submission where import = $1 and id < $2 and state = 'open'"
        );
        Add(command, submission.Imported.Import, NpgsqlDbType.Uuid);
        Add(command, submission.Id, NpgsqlDbType.Uuid);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Decides an open proposal. Of one that is accepted the item of the import is on record from here on.</summary>
    /// <param name="connection">May be in a transaction of the caller's.</param>
    /// <param name="reviewer">Who decides; null when its author withdraws it.</param>
    /// <param name="recorded">The event that came of it.</param>
    /// <returns>False when somebody decided it in the meantime.</returns>
    public static async Task<bool> DecideAsync(
        NpgsqlConnection connection,
        Submission submission,
        SubmissionState to,
        DateTimeOffset decided,
        Guid? reviewer,
        Text? reason = null,
        Guid? recorded = null,
        CancellationToken cancellation = default
    )
    {
        await using var command = new NpgsqlCommand(
            """
            with decided as (
              update ledger.submission
              set state = $2, decided = $6, reviewer = $3, reason = $4, event_id = $5,
                  data = case when $5 is null then data else data - $7::text[] end
              where id = $1 and state = 'open'
              returning import_item, import_sha256, event_id
            ), noted as (
              insert into ledger.import_item (id, sha256, event_id)
              select import_item, import_sha256, event_id from decided where import_item is not null and event_id is not null
            )
            select count(*) from decided
            """,
            connection
        );
        Add(command, submission.Id, NpgsqlDbType.Uuid);
        Add(command, NameOf(to), NpgsqlDbType.Text);
        Add(command, reviewer, NpgsqlDbType.Uuid);
        Add(
            command,
            reason is null ? null : JsonSerializer.Serialize(reason, LedgerJson.Options),
            NpgsqlDbType.Jsonb
        );
        Add(command, recorded, NpgsqlDbType.Uuid);
        Add(command, decided.ToUniversalTime(), NpgsqlDbType.TimestampTz);

        // What is personal is kept beside the event from here on, where it can be erased; no copy of it stays here.
        Add(
            command,
            submission.Event is Stated ? Disclosures.PersonalFields.ToArray() : [],
            NpgsqlDbType.Array | NpgsqlDbType.Text
        );
        return await command.ExecuteScalarAsync(cancellation) is 1L;
    }

    private static async Task<IReadOnlyList<Submission>> ListAsync(
        NpgsqlCommand command,
        CancellationToken cancellation
    )
    {
        List<Submission> found = [];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(
                new Submission(
                    reader.GetGuid(0),
                    reader.GetGuid(1),
                    reader.GetString(2),
                    StreamKey.Parse(reader.GetString(3)),
                    reader.GetInt64(4),
                    (Event)
                        JsonSerializer.Deserialize(
                            reader.GetFieldValue<byte[]>(6),
                            Vocabulary.Find(reader.GetString(5))!.Record,
                            LedgerJson.Options
                        )!,
                    Enum.Parse<SubmissionState>(reader.GetString(7), ignoreCase: true),
                    reader.GetFieldValue<DateTimeOffset>(8),
                    reader.IsDBNull(9) ? null : reader.GetFieldValue<DateTimeOffset>(9),
                    reader.IsDBNull(10) ? null : reader.GetString(10),
                    reader.IsDBNull(11)
                        ? null
                        : JsonSerializer.Deserialize<Text>(
                            reader.GetFieldValue<byte[]>(11),
                            LedgerJson.Options
                        ),
                    reader.IsDBNull(12) ? null : reader.GetGuid(12)
                )
                {
                    Imported = reader.IsDBNull(13)
                        ? null
                        : new ImportedItem(
                            reader.GetGuid(13),
                            reader.GetString(14),
                            reader.GetFieldValue<byte[]>(15),
                            reader.GetGuid(16)
                        ),
                }
            );
        }

        return found;
    }

    private static string NameOf(SubmissionState state) =>
        JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    private static void AddAll<T>(
        NpgsqlCommand command,
        IEnumerable<T> values,
        NpgsqlDbType type
    ) => Add(command, values.ToArray(), NpgsqlDbType.Array | type);

    private static void Add(NpgsqlCommand command, object? value, NpgsqlDbType type) =>
        command.Parameters.Add(
            new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type }
        );
}
