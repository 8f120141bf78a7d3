using Npgsql;
using NpgsqlTypes;

namespace Ledger.Tests.EventStore;

/// <summary>Calls <c>ledger.append</c> by hand, with what the typed store would never send.</summary>
internal static class RawAppend
{
    /// <summary>One event on one stream.</summary>
    public static Task OneAsync(NpgsqlConnection connection, ForeignEvent e) =>
        ManyAsync(connection, [e.Stream], [e.Version - 1], [e]);

    public static async Task ManyAsync(
        NpgsqlConnection connection,
        string?[] streams,
        long[] expected,
        ForeignEvent[] events
    )
    {
        // A text of its own each time, so that Npgsql does not prepare it by itself: a value that PostgreSQL cannot even read, in the
        // very execution that prepares the statement, spoils the connection for the next one ("unexpected backend message").
        await using var command = new NpgsqlCommand(
            $"select * from ledger.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, null, null, null, null, null, null) /* {Guid.NewGuid()} */",
            connection
        );
        Add(streams, NpgsqlDbType.Varchar);
        Add(streams.Select(s => s?.Split(':')[0]).ToArray(), NpgsqlDbType.Varchar);
        Add(expected, NpgsqlDbType.Bigint);
        Add(events.Select(e => e.Stream).ToArray(), NpgsqlDbType.Varchar);
        Add(events.Select(e => e.Version).ToArray(), NpgsqlDbType.Bigint);
        Add(events.Select(e => e.Id).ToArray(), NpgsqlDbType.Uuid);
        Add(events.Select(e => e.Type).ToArray(), NpgsqlDbType.Varchar);
        Add(events.Select(_ => "Foreign.Event, Foreign").ToArray(), NpgsqlDbType.Varchar);
        Add(events.Select(e => e.Data).ToArray(), NpgsqlDbType.Jsonb);
        Add(new string?[events.Length], NpgsqlDbType.Jsonb);
        await command.ExecuteNonQueryAsync();

        void Add(Array values, NpgsqlDbType type) =>
            command.Parameters.Add(
                new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type }
            );
    }
}
