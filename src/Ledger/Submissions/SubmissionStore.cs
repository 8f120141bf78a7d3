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
        s.id, s.author, a.pseudonym, s.stream, s.seen_version, s.type, s.data, s.state, s.created, s.decided, r.pseudonym, s.reason, s.event_id
        from ledger.submission s join ledger.person a on a.id = s.author left join ledger.person r on r.id = s.reviewer
        """;

    /// <summary>Keeps a new proposal.</summary>
    /// <param name="connection">May be in a transaction of the caller's.</param>
    public static async Task AddAsync(
        NpgsqlConnection connection,
        Submission submission,
        CancellationToken cancellation = default
    )
    {
        await using var command = new NpgsqlCommand(
            """
            insert into ledger.submission (id, author, stream, seen_version, type, data, created)
            values ($1, $2, $3, $4, $5, $6, $7)
            """,
            connection
        );
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = submission.Id });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = submission.Author });
        command.Parameters.Add(
            new NpgsqlParameter<string> { TypedValue = submission.Stream.ToString() }
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = submission.SeenVersion });
        command.Parameters.Add(
            new NpgsqlParameter<string> { TypedValue = Vocabulary.Of(submission.Event).Name }
        );
        command.Parameters.Add(
            new NpgsqlParameter
            {
                Value = JsonSerializer.Serialize(
                    submission.Event,
                    submission.Event.GetType(),
                    LedgerJson.Options
                ),
                NpgsqlDbType = NpgsqlDbType.Jsonb,
            }
        );
        command.Parameters.Add(
            new NpgsqlParameter<DateTimeOffset>
            {
                TypedValue = submission.Created.ToUniversalTime(),
            }
        );
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
    /// <param name="after">Id of the last one of the page before: ids grow with time.</param>
    public async Task<IReadOnlyList<Submission>> ListAsync(
        Guid? author,
        SubmissionState? state,
        Guid? after,
        int limit,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            $"""
            select {Columns}
            where ($1 is null or s.author = $1) and ($2 is null or s.state = $2) and ($3 is null or s.id > $3)
            order by s.id limit $4
            """
        );
        Add(command, author, NpgsqlDbType.Uuid);
        Add(command, state is { } s ? NameOf(s) : null, NpgsqlDbType.Text);
        Add(command, after, NpgsqlDbType.Uuid);
        Add(command, limit, NpgsqlDbType.Integer);
        return await ListAsync(command, cancellation);
    }

    /// <summary>Decides an open proposal.</summary>
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
            update ledger.submission
            set state = $2, decided = $6, reviewer = $3, reason = $4, event_id = $5,
                data = case when $5 is null then data else data - $7::text[] end
            where id = $1 and state = 'open'
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
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
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
            );
        }

        return found;
    }

    private static string NameOf(SubmissionState state) =>
        JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    private static void Add(NpgsqlCommand command, object? value, NpgsqlDbType type) =>
        command.Parameters.Add(
            new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type }
        );
}
