using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Ledger.EventStore;
using Npgsql;

namespace Projections.Engine;

/// <summary>
/// Runs projections over the record in index order: read model and cursor move in one transaction, so each event is folded once, whatever
/// dies in between. Rebuilds make a read model anew beside the live one and change places with it.
/// </summary>
public sealed class ProjectionEngine(EventStore store, IReadOnlyList<IProjection> projections)
{
    /// <summary>Channel that tells which read model has folded something, or was made anew.</summary>
    public const string MovedChannel = "ledger_moved";

    private const int Page = 1_000;

    // Few enough that what waits is collected young; larger batches cost twice the processor time in garbage collection.
    private const int RebuildBatch = 500;

    // Histories are some kilobytes each, and PostgreSQL's own compression would be half the cost of writing them. Not every build has lz4.
    private const string FastCompression = """
        select set_config(name, 'lz4', true) from pg_settings where name = 'default_toast_compression' and 'lz4' = any (enumvals)
        """;

    /// <summary>The read models it keeps.</summary>
    public IReadOnlyList<IProjection> Projections { get; } = projections;

    /// <summary>Makes the table of cursors, and every read model that is missing or has another shape than this version's.</summary>
    public async Task PrepareAsync(
        Action<string, long, long>? progress = null,
        CancellationToken cancellation = default
    )
    {
        await using (var connection = await store.Database.OpenConnectionAsync(cancellation))
        {
            await LockAsync(connection, "projections", cancellation);
            await using var command = new NpgsqlCommand(ProgressTable.Shape, connection);
            await command.ExecuteNonQueryAsync(cancellation);
            await UnlockAsync(connection, "projections", cancellation);
        }

        var known = (await StateAsync(cancellation)).ToDictionary(
            p => p.Name,
            StringComparer.Ordinal
        );
        foreach (var projection in Projections)
        {
            if (
                !known.TryGetValue(projection.Name, out var state)
                || state.Shape != Fingerprint(projection)
            )
            {
                await RebuildAsync(
                    projection,
                    (done, of) => progress?.Invoke(projection.Name, done, of),
                    cancellation
                );
            }
        }
    }

    /// <summary>How far each has come.</summary>
    public Task<IReadOnlyList<Progress>> StateAsync(CancellationToken cancellation = default) =>
        ProgressTable.AllAsync(store.Database, cancellation);

    /// <summary>Folds everything that is recorded now into every projection that is not stopped.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation = default)
    {
        foreach (var projection in Projections)
        {
            while (await AdvanceAsync(projection, cancellation)) { }
        }
    }

    /// <summary>Folds one page into a projection.</summary>
    /// <returns>False when there was nothing to fold, or the projection is stopped.</returns>
    public async Task<bool> AdvanceAsync(
        IProjection projection,
        CancellationToken cancellation = default
    )
    {
        await using var connection = await store.Database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var state =
            await ProgressTable.LockAsync(connection, projection.Name, cancellation)
            ?? throw new InvalidOperationException(
                $"The projection {projection.Name} was not prepared."
            );
        if (state.Stopped is not null)
        {
            return false;
        }

        var page = await store.ReadAllAsync(state.Next, Page, cancellation);
        if (page.Count == 0)
        {
            return false;
        }

        state = await FoldAsync(
            connection,
            transaction,
            projection,
            projection.Name,
            state,
            page,
            cancellation
        );
        await ProgressTable.SaveAsync(connection, state, cancellation);
        await transaction.CommitAsync(cancellation);
        return state.Stopped is null;
    }

    /// <summary>Lets a stopped projection try its event again, after the program or the event's meaning was mended.</summary>
    public async Task ResumeAsync(IProjection projection, CancellationToken cancellation = default)
    {
        await using var connection = await store.Database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (
            await ProgressTable.LockAsync(connection, projection.Name, cancellation) is
            { Stopped: not null } state
        )
        {
            await ProgressTable.SaveAsync(connection, state with { Stopped = null }, cancellation);
            await transaction.CommitAsync(cancellation);
        }
    }

    /// <summary>
    /// Makes a read model anew from the whole record, beside the live one, which goes on meanwhile; then changes places with it in one
    /// transaction.
    /// </summary>
    /// <param name="projection">Which.</param>
    /// <param name="progress">Told how many of how many events are folded.</param>
    /// <returns>The number of events folded.</returns>
    public async Task<long> RebuildAsync(
        IProjection projection,
        Action<long, long>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var next = projection.Name + "_next";
        await using var connection = await store.Database.OpenConnectionAsync(cancellation);

        // Two nodes that start together, or a start and a './ledger rebuild', do not build the same one at once.
        await LockAsync(connection, next, cancellation);
        try
        {
            return await RebuildAsync(connection, projection, next, progress, cancellation);
        }
        finally
        {
            await UnlockAsync(connection, next, CancellationToken.None);
        }
    }

    /// <summary>Folds the record anew, throws the result away and tells which read models differ from it.</summary>
    /// <returns>A sentence for each table that differs.</returns>
    public async Task<IReadOnlyList<string>> CheckAsync(
        IProjection projection,
        Action<long, long>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var anew = projection.Name + "_check";
        await using var connection = await store.Database.OpenConnectionAsync(cancellation);
        await LockAsync(connection, anew, cancellation);
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            var live = await ProgressTable.LockAsync(connection, projection.Name, cancellation);
            if (live is null)
            {
                return [$"The read model {projection.Name} is missing."];
            }

            await FillAsync(connection, projection, anew, live.Next, progress, cancellation);
            var differences = await DifferencesAsync(
                connection,
                projection.Name,
                anew,
                cancellation
            );
            await transaction.RollbackAsync(cancellation);
            return differences;
        }
        finally
        {
            await UnlockAsync(connection, anew, CancellationToken.None);
        }
    }

    private async Task<long> RebuildAsync(
        NpgsqlConnection connection,
        IProjection projection,
        string next,
        Action<long, long>? progress,
        CancellationToken cancellation
    )
    {
        var end = await store.NextIndexAsync(cancellation);
        var state = new Progress(projection.Name, end, Fingerprint(projection), null);
        for (var filled = false; !filled; )
        {
            await using var fill = await connection.BeginTransactionAsync(cancellation);
            try
            {
                await FillAsync(connection, projection, next, state.Next, progress, cancellation);
                await fill.CommitAsync(cancellation);
                filled = true;
            }
            catch (UnfoldableEventException e)
            {
                // Once more, up to that event: the read model is whole up to where it stops.
                await fill.RollbackAsync(CancellationToken.None);
                state = state with
                {
                    Next = e.Event.Index,
                    Stopped = new Stopped(e.Event.Index, e.Event.Id, e.Message),
                };
            }
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ProgressTable.LockAsync(connection, projection.Name, cancellation);
        while (
            state.Stopped is null
            && await store.ReadAllAsync(state.Next, Page, cancellation) is { Count: > 0 } page
        )
        {
            state = await FoldAsync(
                connection,
                transaction,
                projection,
                next,
                state,
                page,
                cancellation
            );
        }

        await ExecuteAsync(
            connection,
            $"""
            set local search_path = ledger;
            drop schema if exists {projection.Name} cascade;
            alter schema {next} rename to {projection.Name};
            """,
            cancellation
        );
        await ProgressTable.SaveAsync(connection, state, cancellation);
        await transaction.CommitAsync(cancellation);
        return state.Next;
    }

    // Reading runs one batch ahead of folding, on a connection of its own.
    private async Task FillAsync(
        NpgsqlConnection connection,
        IProjection projection,
        string schema,
        long end,
        Action<long, long>? progress,
        CancellationToken cancellation
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var batches = Channel.CreateBounded<List<StreamHistory>>(2);
        var reading = ReadBatchesAsync(projection, end, batches.Writer, stop.Token);
        long folded = 0;
        try
        {
            await ExecuteAsync(
                connection,
                $"drop schema if exists {schema} cascade; create schema {schema}",
                cancellation
            );
            await UseSchemaAsync(connection, schema, cancellation);
            await ExecuteAsync(connection, projection.Shape, cancellation);
            await ExecuteAsync(connection, FastCompression, cancellation);
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellation))
            {
                await projection.WriteAsync(connection, batch, fresh: true, cancellation);
                folded += batch.Sum(h => (long)h.Events.Count);
                progress?.Invoke(folded, end);
            }

            await reading;
        }
        finally
        {
            await stop.CancelAsync();
            await reading.ContinueWith(
                _ => { },
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default
            );
        }
    }

    private async Task ReadBatchesAsync(
        IProjection projection,
        long end,
        ChannelWriter<List<StreamHistory>> batches,
        CancellationToken cancellation
    )
    {
        try
        {
            List<StreamHistory> batch = [];
            var waiting = 0;
            await foreach (
                var history in store.ReadAllHistoriesAsync(projection.Kinds, end, cancellation)
            )
            {
                batch.Add(history);
                waiting += history.Events.Count;
                if (waiting >= RebuildBatch)
                {
                    await batches.WriteAsync(batch, cancellation);
                    batch = [];
                    waiting = 0;
                }
            }

            if (waiting > 0)
            {
                await batches.WriteAsync(batch, cancellation);
            }

            batches.Complete();
        }
        catch (Exception e)
        {
            batches.Complete(e);
            throw;
        }
    }

    private async Task<Progress> FoldAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        IProjection projection,
        string schema,
        Progress state,
        IReadOnlyList<RecordedEvent> page,
        CancellationToken cancellation
    )
    {
        await UseSchemaAsync(connection, schema, cancellation);
        var end = page[^1].Index + 1;
        Stopped? stopped = null;
        while (true)
        {
            var touched = page.TakeWhile(e => e.Index < end)
                .Select(e => e.Stream)
                .Where(s => projection.Kinds.Contains(s.Kind))
                .ToHashSet();
            await transaction.SaveAsync("page", cancellation);
            try
            {
                if (touched.Count > 0)
                {
                    var histories = await store.ReadHistoriesAsync(touched, end, cancellation);
                    await projection.WriteAsync(connection, histories, fresh: false, cancellation);
                }

                return state with
                {
                    Next = end,
                    Stopped = stopped,
                };
            }
            catch (UnfoldableEventException e)
            {
                // Everything before the event is folded; the projection stays there until the event can be.
                await transaction.RollbackAsync("page", cancellation);
                end = Math.Max(e.Event.Index, state.Next);
                stopped = new Stopped(e.Event.Index, e.Event.Id, e.Message);
            }
        }
    }

    private static async Task<IReadOnlyList<string>> DifferencesAsync(
        NpgsqlConnection connection,
        string live,
        string anew,
        CancellationToken cancellation
    )
    {
        List<string> tables = [];
        await using (
            var command = new NpgsqlCommand(
                "select table_name from information_schema.tables where table_schema = $1 order by 1",
                connection
            )
        )
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = anew });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                tables.Add(reader.GetString(0));
            }
        }

        List<string> differences = [];
        foreach (var table in tables)
        {
            await using var command = new NpgsqlCommand(
                $"""
                select (select count(*) from (table {live}.{table} except all table {anew}.{table}) a),
                       (select count(*) from (table {anew}.{table} except all table {live}.{table}) b)
                """,
                connection
            );
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            await reader.ReadAsync(cancellation);
            if ((reader.GetInt64(0), reader.GetInt64(1)) is not (0, 0) and var (extra, lacking))
            {
                differences.Add(
                    $"{live}.{table} differs from the record: {extra} rows say something else, {lacking} are missing or different."
                );
            }
        }

        return differences;
    }

    private static Task UseSchemaAsync(
        NpgsqlConnection connection,
        string schema,
        CancellationToken cancellation
    ) => ExecuteAsync(connection, $"set local search_path = {schema}", cancellation);

    private static string Fingerprint(IProjection projection) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(projection.Shape)));

    private static Task LockAsync(
        NpgsqlConnection connection,
        string name,
        CancellationToken cancellation
    ) =>
        ExecuteAsync(
            connection,
            $"select pg_advisory_lock(hashtextextended('{name}', 0))",
            cancellation
        );

    private static Task UnlockAsync(
        NpgsqlConnection connection,
        string name,
        CancellationToken cancellation
    ) =>
        ExecuteAsync(
            connection,
            $"select pg_advisory_unlock(hashtextextended('{name}', 0))",
            cancellation
        );

    private static async Task ExecuteAsync(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
