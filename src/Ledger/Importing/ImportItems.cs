using Ledger.EventStore;
using Ledger.Recording;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Importing;

/// <summary>An item that was decided and may be recorded.</summary>
/// <param name="Id">Its id outside of this ledger.</param>
/// <param name="Line">Where it stands in the file.</param>
/// <param name="Stream">The stream it belongs on.</param>
/// <param name="EventId">The id that its event gets; later items already refer to it.</param>
/// <param name="Body">The event, with its personal values.</param>
/// <param name="Sha256">Fingerprint of what it says.</param>
public sealed record DecidedItem(
    string Id,
    long Line,
    StreamKey Stream,
    Guid EventId,
    Event Body,
    byte[] Sha256
);

/// <summary>Everything new in a file: accepted item by item, each after those before it.</summary>
/// <param name="Items">In the order of the file.</param>
/// <param name="Appends">The same, by stream, at the versions against which they were decided.</param>
public sealed record DecidedImport(IReadOnlyList<DecidedItem> Items, IReadOnlyList<Append> Appends);

/// <summary>
/// Takes what was decided, all or nothing: records it (<see cref="ImportItems.RecordAsync"/>), or proposes it
/// (<see cref="Submissions.ImportProposals"/>).
/// </summary>
/// <exception cref="StaleVersionException">A stream has moved on; the import is then decided anew.</exception>
public delegate Task TakeImport(
    EventStore.EventStore store,
    DecidedImport import,
    CancellationToken cancellation
);

/// <summary>Which event an id outside of this ledger stands for.</summary>
public static class ImportItems
{
    /// <summary>Records an import in one transaction with its ids.</summary>
    public static async Task RecordAsync(
        EventStore.EventStore store,
        DecidedImport import,
        CancellationToken cancellation
    ) =>
        await store.RecordBulkAsync(
            import.Appends,
            connection => NoteAsync(connection, import.Items, cancellation),
            cancellation: cancellation
        );

    /// <summary>Notes the ids of items, in a transaction of the caller's.</summary>
    private static async Task NoteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<DecidedItem> items,
        CancellationToken cancellation
    )
    {
        await using var note = new NpgsqlCommand(
            "insert into ledger.import_item (id, sha256, event_id) select * from unnest($1, $2, $3)",
            connection
        );
        note.Parameters.Add(Parameter(items.Select(i => i.Id).ToArray(), NpgsqlDbType.Text));
        note.Parameters.Add(Parameter(items.Select(i => i.Sha256).ToArray(), NpgsqlDbType.Bytea));
        note.Parameters.Add(Parameter(items.Select(i => i.EventId).ToArray(), NpgsqlDbType.Uuid));
        await note.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// The events that ids stand for: ids of earlier imports, recorded or waiting, of the catalogue's seeds, and events' own ids.
    /// </summary>
    internal static async Task<Dictionary<string, KnownEvent>> FindAsync(
        NpgsqlDataSource database,
        IReadOnlyCollection<string> ids,
        CancellationToken cancellation
    )
    {
        await using var command = database.CreateCommand(
            """
            select id, event_id, sha256, false from ledger.import_item where id = any ($1)
            union all select id, event_id, null, false from ledger.seed where id = any ($1)
            union all select event_id::text, event_id, null, false from ledger.log_index where event_id = any ($2)
            union all select import_item, import_event, import_sha256, true from ledger.submission where import_item = any ($1) and state = 'open'
            """
        );
        command.Parameters.Add(Parameter(ids.ToArray(), NpgsqlDbType.Text));
        command.Parameters.Add(
            Parameter(
                ids.Where(id => Guid.TryParseExact(id, "D", out _)).Select(Guid.Parse).ToArray(),
                NpgsqlDbType.Uuid
            )
        );
        var found = new Dictionary<string, KnownEvent>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            found.TryAdd(
                reader.GetString(0),
                new KnownEvent(
                    reader.GetGuid(1),
                    await reader.IsDBNullAsync(2, cancellation)
                        ? null
                        : reader.GetFieldValue<byte[]>(2),
                    reader.GetBoolean(3)
                )
            );
        }

        return found;
    }

    /// <summary>The ids outside of this ledger of some events; an event without one is known by its own.</summary>
    internal static async Task<Dictionary<Guid, string>> NamesAsync(
        NpgsqlDataSource database,
        IReadOnlyCollection<Guid> events,
        CancellationToken cancellation
    )
    {
        await using var command = database.CreateCommand(
            """
            select event_id, id from ledger.seed where event_id = any ($1)
            union all select event_id, id from ledger.import_item where event_id = any ($1)
            """
        );
        command.Parameters.Add(Parameter(events.ToArray(), NpgsqlDbType.Uuid));
        var names = new Dictionary<Guid, string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            names[reader.GetGuid(0)] = reader.GetString(1);
        }

        return names;
    }

    private static NpgsqlParameter Parameter(object values, NpgsqlDbType type) =>
        new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}
