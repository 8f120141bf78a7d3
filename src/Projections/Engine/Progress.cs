using Ledger.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace Projections.Engine;

/// <summary>How far a projection has come.</summary>
/// <param name="Name">The projection.</param>
/// <param name="Next">The log index that it folds next; all before it are in the read model.</param>
/// <param name="Shape">Fingerprint of the shape its tables were made with.</param>
/// <param name="Stopped">The event at which it stopped; null while it runs.</param>
public sealed record Progress(string Name, long Next, string Shape, Stopped? Stopped);

/// <summary>Why a projection stopped: shown on /health/ledger until the event can be folded.</summary>
public sealed record Stopped(long Index, Guid Event, string Reason);

/// <summary>The cursors, one row for each projection, in the schema <c>projections</c>.</summary>
internal static class ProgressTable
{
    private const string Columns =
        "name, next, shape, stopped_index, stopped_event, stopped_reason";

    public const string Shape = """
        create schema if not exists projections;
        create table if not exists projections.progress (
          name           text        primary key,
          next           bigint      not null,
          shape          text        not null,
          stopped_index  bigint,
          stopped_event  uuid,
          stopped_reason text,
          updated        timestamptz not null default clock_timestamp()
        );
        """;

    public static async Task<IReadOnlyList<Progress>> AllAsync(
        NpgsqlDataSource database,
        CancellationToken cancellation
    )
    {
        await using var command = database.CreateCommand(
            $"select {Columns} from projections.progress order by name"
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<Progress> all = [];
        while (await reader.ReadAsync(cancellation))
        {
            all.Add(Read(reader));
        }

        return all;
    }

    /// <summary>Locks a projection's cursor until the transaction ends; null when it has none yet.</summary>
    public static async Task<Progress?> LockAsync(
        NpgsqlConnection connection,
        string name,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            $"select {Columns} from projections.progress where name = $1 for update",
            connection
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    public static async Task SaveAsync(
        NpgsqlConnection connection,
        Progress progress,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            $"""
            with saved as (
              insert into projections.progress ({Columns}) values ($1, $2, $3, $4, $5, $6)
              on conflict (name) do update set next = excluded.next, shape = excluded.shape, stopped_index = excluded.stopped_index,
                stopped_event = excluded.stopped_event, stopped_reason = excluded.stopped_reason, updated = clock_timestamp()
              returning name
            )
            select pg_notify('{ProjectionEngine.MovedChannel}', name) from saved
            """,
            connection
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = progress.Name });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = progress.Next });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = progress.Shape });
        Nullable(progress.Stopped?.Index, NpgsqlDbType.Bigint);
        Nullable(progress.Stopped?.Event, NpgsqlDbType.Uuid);
        Nullable(progress.Stopped?.Reason, NpgsqlDbType.Text);
        await command.ExecuteNonQueryAsync(cancellation);

        void Nullable(object? value, NpgsqlDbType type) =>
            command.Parameters.Add(
                new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type }
            );
    }

    private static Progress Read(NpgsqlDataReader reader) =>
        new(
            reader.GetString(0),
            reader.GetInt64(1),
            reader.GetString(2),
            reader.IsDBNull(3)
                ? null
                : new Stopped(reader.GetInt64(3), reader.GetGuid(4), reader.GetString(5))
        );
}
