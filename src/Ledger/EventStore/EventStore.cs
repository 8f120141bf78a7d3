using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ledger.Recording;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.EventStore;

/// <summary>The record on PostgreSQL, in Marten's tables, with the log index as its one order (docs/adr/0001).</summary>
/// <param name="database">Connections of the role <c>ledger_app</c>.</param>
public sealed partial class EventStore(NpgsqlDataSource database)
{
    private const int BulkPage = 5_000;

    // U+0000 in JSON and in text, JSON that is none.
    private static readonly string[] s_unreadable =
    [
        PostgresErrorCodes.UntranslatableCharacter,
        PostgresErrorCodes.CharacterNotInRepertoire,
        PostgresErrorCodes.InvalidTextRepresentation,
    ];

    private const string Columns =
        "i.idx, i.recorded, e.id, e.stream_id, e.version, e.type, e.data, e.correlation_id, e.causation_id";

    private const string AppendCommand =
        "select first_index, recorded_at, replayed, kept_answer from ledger.append($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)";

    private const string AppendOneCommand =
        "select first_index, recorded_at, false, null from ledger.append_one($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)";

    // In the same statement, so that a reply and what it discloses are recorded together or not at all.
    private const string AppendDisclosingCommand =
        "with appended as materialized (select * from ledger.append($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)), "
        + "disclosed as (insert into ledger.disclosure (event_id, digest, salt, name, value) "
        + "select u.* from unnest($17,$18,$19,$20,$21) u, appended where not appended.replayed) "
        + "select first_index, recorded_at, replayed, kept_answer from appended";

    // 0005_append.sql says why.
    private const string ShutGateCommand =
        "select pg_advisory_xact_lock('ledger.log_head'::regclass::bigint)";

    // What Marten writes into mt_dotnet_type.
    private static readonly ConcurrentDictionary<Type, string> s_dotnetTypes = new();

    /// <summary>Connections of the application's role, for who stores beside the record.</summary>
    public NpgsqlDataSource Database { get; } = database;

    /// <summary>Records events on one or several streams, all or nothing, in one round trip and one transaction.</summary>
    /// <exception cref="StaleVersionException">A stream is not at its expected version.</exception>
    /// <exception cref="IdempotencyKeyReusedException">The key was used for another request.</exception>
    /// <exception cref="InadmissibleEventException">An event has no canonical form.</exception>
    public async Task<Appended> AppendAsync(
        IReadOnlyList<Append> appends,
        AppendContext? context = null,
        CancellationToken cancellation = default
    )
    {
        await using var connection = await Database.OpenConnectionAsync(cancellation);
        return await AppendAsync(connection, appends, context ?? AppendContext.None, cancellation);
    }

    /// <inheritdoc cref="AppendAsync(IReadOnlyList{Append}, AppendContext?, CancellationToken)"/>
    public Task<Appended> AppendAsync(
        Append append,
        AppendContext? context = null,
        CancellationToken cancellation = default
    ) => AppendAsync([append], context, cancellation);

    /// <summary>Records events together with rows of the caller's, in one transaction.</summary>
    /// <param name="beside">Writes that belong to it; not called on a replay.</param>
    /// <inheritdoc cref="AppendAsync(IReadOnlyList{Append}, AppendContext?, CancellationToken)"/>
    public async Task<Appended> AppendAsync(
        IReadOnlyList<Append> appends,
        AppendContext context,
        Func<NpgsqlConnection, Task> beside,
        CancellationToken cancellation = default
    )
    {
        await using var connection = await Database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var appended = await AppendAsync(connection, appends, context, cancellation);
        if (!appended.Replayed)
        {
            await beside(connection);
        }

        await transaction.CommitAsync(cancellation);
        return appended;
    }

    /// <summary>
    /// Records many events in one transaction, all or nothing, page by page: for imports. Appends of others wait until it commits.
    /// </summary>
    /// <param name="appends">Each stream once.</param>
    /// <param name="beside">Writes that belong to the same transaction.</param>
    /// <param name="progress">Told the number of events recorded so far.</param>
    /// <returns>The number of events.</returns>
    /// <inheritdoc cref="AppendAsync(IReadOnlyList{Append}, AppendContext?, CancellationToken)" path="/exception"/>
    public async Task<long> RecordBulkAsync(
        IEnumerable<Append> appends,
        Func<NpgsqlConnection, Task>? beside = null,
        Action<long>? progress = null,
        CancellationToken cancellation = default
    )
    {
        await using var connection = await Database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var shutGate = new NpgsqlCommand(ShutGateCommand, connection))
        {
            await shutGate.ExecuteNonQueryAsync(cancellation);
        }

        long recorded = 0;
        List<Append> page = [];
        var waiting = 0;
        foreach (var append in appends)
        {
            page.Add(append);
            waiting += append.Events.Count;
            if (waiting >= BulkPage)
            {
                await FlushAsync();
            }
        }

        await FlushAsync();
        if (beside is not null)
        {
            await beside(connection);
        }

        await transaction.CommitAsync(cancellation);
        return recorded;

        async Task FlushAsync()
        {
            if (waiting == 0)
            {
                return;
            }

            await AppendAsync(connection, page, AppendContext.None, cancellation);
            recorded += waiting;
            waiting = 0;
            page.Clear();
            progress?.Invoke(recorded);
        }
    }

    /// <summary>Reads a stream in order.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="fromVersion">First version to read.</param>
    /// <param name="asOf">Leaves out what was recorded after this moment.</param>
    /// <returns>Its events; none when it does not exist.</returns>
    public async Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(
        StreamKey stream,
        long fromVersion = 1,
        DateTimeOffset? asOf = null,
        CancellationToken cancellation = default
    )
    {
        await using var command = Database.CreateCommand(
            $"""
            select {Columns} from ledger.mt_events e join ledger.log_index i using (seq_id)
            where e.stream_id = $1 and e.version >= $2 and i.recorded <= $3 order by e.version
            """
        );
        command.Parameters.Add(
            new() { Value = stream.ToString(), NpgsqlDbType = NpgsqlDbType.Varchar }
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = fromVersion });
        command.Parameters.Add(
            new NpgsqlParameter<DateTime>
            {
                TypedValue = asOf?.UtcDateTime ?? DateTime.MaxValue,
                NpgsqlDbType = NpgsqlDbType.TimestampTz,
            }
        );
        return await ListAsync(command, cancellation);
    }

    /// <summary>Reads the record in index order.</summary>
    /// <param name="from">First index to read.</param>
    /// <param name="limit">At most this many.</param>
    public async Task<IReadOnlyList<RecordedEvent>> ReadAllAsync(
        long from,
        int limit,
        CancellationToken cancellation = default
    )
    {
        await using var command = Database.CreateCommand(
            $"""
            select {Columns} from ledger.log_index i join ledger.mt_events e using (seq_id)
            where i.idx >= $1 and i.idx < $1 + $2 order by i.idx
            """
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = limit });
        return await ListAsync(command, cancellation);
    }

    /// <summary>Reads streams whole, up to and without an index.</summary>
    public async Task<IReadOnlyList<StreamHistory>> ReadHistoriesAsync(
        IReadOnlyCollection<StreamKey> streams,
        long beforeIndex,
        CancellationToken cancellation = default
    )
    {
        await using var command = Database.CreateCommand(
            $"""
            select {Columns} from ledger.mt_events e join ledger.log_index i using (seq_id)
            where e.stream_id = any ($1) and i.idx < $2 order by e.stream_id, e.version
            """
        );
        command.Parameters.Add(
            new NpgsqlParameter
            {
                Value = streams.Select(s => s.ToString()).ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar,
            }
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = beforeIndex });
        return await GroupAsync(command, cancellation).ToListAsync(cancellation);
    }

    /// <summary>Reads every stream whole, up to and without an index, stream by stream: memory holds one stream at a time.</summary>
    /// <param name="kinds">Kinds of streams to read.</param>
    public IAsyncEnumerable<StreamHistory> ReadAllHistoriesAsync(
        IReadOnlyCollection<string> kinds,
        long beforeIndex,
        CancellationToken cancellation = default
    )
    {
        var command = Database.CreateCommand(
            $"""
            select {Columns} from ledger.mt_events e join ledger.log_index i using (seq_id)
            where split_part(e.stream_id, ':', 1) = any ($1) and i.idx < $2 order by e.stream_id, e.version
            """
        );
        command.Parameters.Add(
            new NpgsqlParameter
            {
                Value = kinds.ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
            }
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = beforeIndex });
        return GroupAsync(command, cancellation);
    }

    /// <summary>The event of that id; null when it is not recorded.</summary>
    public async Task<RecordedEvent?> FindAsync(Guid id, CancellationToken cancellation = default)
    {
        await using var command = Database.CreateCommand(
            $"select {Columns} from ledger.log_index i join ledger.mt_events e using (seq_id) where i.event_id = $1"
        );
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        return (await ListAsync(command, cancellation)).SingleOrDefault();
    }

    /// <summary>The index that the next event will get; so the number of events.</summary>
    public async Task<long> NextIndexAsync(CancellationToken cancellation = default)
    {
        await using var command = Database.CreateCommand("select next from ledger.log_head");
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private async Task<Appended> AppendAsync(
        NpgsqlConnection connection,
        IReadOnlyList<Append> appends,
        AppendContext context,
        CancellationToken cancellation
    )
    {
        if (appends.Count == 0 || appends.Any(a => a.Events.Count == 0))
        {
            throw new ArgumentException(
                "An append needs at least one event for each stream.",
                nameof(appends)
            );
        }

        if (appends.Count > 1 && appends.DistinctBy(a => a.Stream).Count() != appends.Count)
        {
            throw new ArgumentException("An append names each stream once.", nameof(appends));
        }

        await using var command =
            appends is [{ Events: [{ Beside.Count: 0 } only] } append]
            && context.Idempotency is null
                ? CommandOfOne(connection, append, only, context)
                : Command(connection, appends, context);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            await reader.ReadAsync(cancellation);

            // The row comes before the commit: disposing of the reader waits for the end of the answer, which says that it happened.
            return new Appended(
                reader.GetInt64(0),
                reader.GetFieldValue<DateTimeOffset>(1),
                reader.GetBoolean(2),
                await reader.IsDBNullAsync(3, cancellation) ? null : reader.GetString(3)
            );
        }
        catch (PostgresException e) when (e.SqlState == "LG412")
        {
            using var hint = JsonDocument.Parse(e.Hint!);
            throw new StaleVersionException(
                StreamKey.Parse(hint.RootElement.GetProperty("stream").GetString()!),
                hint.RootElement.GetProperty("expected").GetInt64(),
                hint.RootElement.GetProperty("actual").GetInt64()
            );
        }
        catch (PostgresException e) when (e.SqlState == "LG422")
        {
            throw new IdempotencyKeyReusedException(context.Idempotency!.Key);
        }
        catch (PostgresException e) when (e.SqlState is "LG400")
        {
            throw new InadmissibleEventException(e.MessageText, e);
        }
        catch (PostgresException e) when (e.ConstraintName is "log_index_event_id_key")
        {
            throw new InadmissibleEventException("an event of that id is already recorded", e);
        }
        catch (PostgresException e) when (s_unreadable.Contains(e.SqlState))
        {
            // A parameter that PostgreSQL cannot read may leave Npgsql with a half prepared statement, on which the next command
            // would fail: github.com/npgsql/npgsql/issues/6391. So connections are closed, not given back.
            Database.Clear();
            throw new InadmissibleEventException(e.MessageText, e);
        }
        catch (EncoderFallbackException e)
        {
            throw new InadmissibleEventException("a text holds half a surrogate pair", e);
        }
    }

    // U+0000, which PostgreSQL refuses, and what the serializer makes of half a surrogate pair: it writes U+FFFD itself unescaped.
    [GeneratedRegex(
        @"(?<!\\)(?:\\\\)*\\u(?:0000|FFFD)",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex BrokenCharacter();

    private static string DotnetType(Event body) =>
        s_dotnetTypes.GetOrAdd(
            body.GetType(),
            static t => $"{t.FullName}, {t.Assembly.GetName().Name}"
        );

    private static string Data(StreamKey stream, NewEvent e)
    {
        var data = JsonSerializer.Serialize(e.Body, e.Body.GetType(), LedgerJson.Options);
        return BrokenCharacter().IsMatch(data)
            ? throw new InadmissibleEventException(
                $"event {e.Id} on stream {stream} is refused: a text holds U+0000 or half a surrogate pair"
            )
            : data;
    }

    private static NpgsqlCommand CommandOfOne(
        NpgsqlConnection connection,
        Append append,
        NewEvent e,
        AppendContext context
    )
    {
        var command = new NpgsqlCommand(AppendOneCommand, connection);
        Add(append.Stream.ToString(), NpgsqlDbType.Varchar);
        Add(append.Stream.Kind, NpgsqlDbType.Varchar);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = append.ExpectedVersion });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = e.Id });
        Add(Vocabulary.Of(e.Body).Name, NpgsqlDbType.Varchar);
        Add(DotnetType(e.Body), NpgsqlDbType.Varchar);
        Add(Data(append.Stream, e), NpgsqlDbType.Jsonb);
        Add(e.Headers, NpgsqlDbType.Jsonb);
        Add(context.Correlation, NpgsqlDbType.Varchar);
        Add(context.Causation, NpgsqlDbType.Varchar);
        return command;

        void Add(string? text, NpgsqlDbType type) =>
            command.Parameters.Add(
                new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = type }
            );
    }

    private static NpgsqlCommand Command(
        NpgsqlConnection connection,
        IReadOnlyList<Append> appends,
        AppendContext context
    )
    {
        var streams = appends.Count;
        var events = appends.Sum(a => a.Events.Count);
        var keys = new string[streams];
        var kinds = new string[streams];
        var expected = new long[streams];
        var eventStreams = new string[events];
        var versions = new long[events];
        var ids = new Guid[events];
        var types = new string[events];
        var dotnetTypes = new string[events];
        var data = new string[events];
        var headers = new string?[events];
        var at = 0;
        for (var s = 0; s < streams; s++)
        {
            keys[s] = appends[s].Stream.ToString();
            kinds[s] = appends[s].Stream.Kind;
            expected[s] = appends[s].ExpectedVersion;
            var version = expected[s];
            foreach (var e in appends[s].Events)
            {
                eventStreams[at] = keys[s];
                versions[at] = ++version;
                ids[at] = e.Id;
                types[at] = Vocabulary.Of(e.Body).Name;
                dotnetTypes[at] = DotnetType(e.Body);
                data[at] = Data(appends[s].Stream, e);
                headers[at] = e.Headers;
                at++;
            }
        }

        var command = new NpgsqlCommand(AppendCommand, connection);
        Add(keys, NpgsqlDbType.Array | NpgsqlDbType.Varchar);
        Add(kinds, NpgsqlDbType.Array | NpgsqlDbType.Varchar);
        Add(expected, NpgsqlDbType.Array | NpgsqlDbType.Bigint);
        Add(eventStreams, NpgsqlDbType.Array | NpgsqlDbType.Varchar);
        Add(versions, NpgsqlDbType.Array | NpgsqlDbType.Bigint);
        Add(ids, NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        Add(types, NpgsqlDbType.Array | NpgsqlDbType.Varchar);
        Add(dotnetTypes, NpgsqlDbType.Array | NpgsqlDbType.Varchar);
        Add(data, NpgsqlDbType.Array | NpgsqlDbType.Jsonb);
        Add(headers, NpgsqlDbType.Array | NpgsqlDbType.Jsonb);
        Add(context.Correlation, NpgsqlDbType.Varchar);
        Add(context.Causation, NpgsqlDbType.Varchar);
        Add(context.Idempotency?.Actor, NpgsqlDbType.Text);
        Add(context.Idempotency?.Key, NpgsqlDbType.Text);
        Add(context.Idempotency?.Request.ToArray(), NpgsqlDbType.Bytea);
        Add(context.Idempotency?.Answer, NpgsqlDbType.Jsonb);
        var beside = appends
            .SelectMany(a => a.Events)
            .SelectMany(e => e.Beside.Select(d => (e.Id, d)))
            .ToList();
        if (beside.Count > 0)
        {
            command.CommandText = AppendDisclosingCommand;
            Add(beside.ConvertAll(b => b.Id).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid);
            Add(
                beside.ConvertAll(b => b.d.Digest).ToArray(),
                NpgsqlDbType.Array | NpgsqlDbType.Text
            );
            Add(beside.ConvertAll(b => b.d.Salt).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
            Add(beside.ConvertAll(b => b.d.Name).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
            Add(
                beside.ConvertAll(b => b.d.Value).ToArray(),
                NpgsqlDbType.Array | NpgsqlDbType.Text
            );
        }

        return command;

        void Add(object? value, NpgsqlDbType type) =>
            command.Parameters.Add(
                new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type }
            );
    }

    private static async IAsyncEnumerable<StreamHistory> GroupAsync(
        NpgsqlCommand command,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await using var _ = command;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<RecordedEvent> events = [];
        while (await reader.ReadAsync(cancellation))
        {
            var e = Read(reader);
            if (events.Count > 0 && events[0].Stream != e.Stream)
            {
                yield return new StreamHistory(events[0].Stream, events);
                events = [];
            }

            events.Add(e);
        }

        if (events.Count > 0)
        {
            yield return new StreamHistory(events[0].Stream, events);
        }
    }

    private static async Task<IReadOnlyList<RecordedEvent>> ListAsync(
        NpgsqlCommand command,
        CancellationToken cancellation
    )
    {
        List<RecordedEvent> events = [];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            events.Add(Read(reader));
        }

        return events;
    }

    private static RecordedEvent Read(NpgsqlDataReader reader) =>
        new(
            reader.GetInt64(0),
            reader.GetFieldValue<DateTimeOffset>(1),
            reader.GetGuid(2),
            StreamKey.Parse(reader.GetString(3)),
            reader.GetInt64(4),
            reader.GetString(5),
            reader.GetFieldValue<byte[]>(6)
        )
        {
            Correlation = reader.IsDBNull(7) ? null : reader.GetString(7),
            Causation = reader.IsDBNull(8) ? null : reader.GetString(8),
        };
}
