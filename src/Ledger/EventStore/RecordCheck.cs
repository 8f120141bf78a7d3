using Npgsql;

namespace Ledger.EventStore;

/// <summary>Looks over the whole record for what must never be: the operator's own view, in <c>./ledger check</c> and in health.</summary>
public static class RecordCheck
{
    // Each query answers a sentence for what is wrong, or nothing.
    private static readonly string[] s_quick =
    [
        """
            select format('%s events have no index.', count(*)) from ledger.mt_events e
            left join ledger.log_index i using (seq_id)
            where i.seq_id is null and e.type <> 'tombstone' having count(*) > 0
            """,
        """
            select format('The index is not whole: %s rows, from %s to %s, the next is to be %s.', count(*), min(idx), max(idx), h.next)
            from ledger.log_head h left join ledger.log_index on true
            group by h.next
            having count(idx) <> h.next or coalesce(min(idx), 0) <> 0 or coalesce(max(idx), -1) <> h.next - 1
            """,
    ];

    private static readonly string[] s_whole =
    [
        """
            select format('%s indexes point to no event, or to another one than they name.', count(*)) from ledger.log_index i
            left join ledger.mt_events e using (seq_id)
            where e.id is distinct from i.event_id having count(*) > 0
            """,
        """
            select format('The recorded time decreases at index %s.', min(idx))
            from (select idx, recorded < lag(recorded) over (order by idx) as back from ledger.log_index) t
            where back having count(*) > 0
            """,
        """
            select format('%s streams have a gap, or versions out of order.', count(distinct stream_id)) from (
              select e.stream_id, e.version <> row_number() over (partition by e.stream_id order by i.idx) as wrong
              from ledger.mt_events e join ledger.log_index i using (seq_id)
            ) t where wrong having count(*) > 0
            """,
        """
            select format('%s streams state another version than their last event has.', count(*)) from ledger.mt_streams s
            left join (select stream_id, max(version) as version from ledger.mt_events group by stream_id) e on e.stream_id = s.id
            where s.version is distinct from e.version and s.id <> 'mt_tombstone' having count(*) > 0
            """,
    ];

    /// <summary>What can be seen without reading every event: the index is whole, no event lacks one.</summary>
    /// <returns>A sentence for each fault; none when all is well.</returns>
    public static Task<IReadOnlyList<string>> QuickAsync(
        NpgsqlDataSource database,
        CancellationToken cancellation = default
    ) => RunAsync(database, s_quick, cancellation);

    /// <summary>Everything, over all events.</summary>
    /// <inheritdoc cref="QuickAsync" path="/returns"/>
    public static Task<IReadOnlyList<string>> WholeAsync(
        NpgsqlDataSource database,
        CancellationToken cancellation = default
    ) => RunAsync(database, [.. s_quick, .. s_whole], cancellation);

    private static async Task<IReadOnlyList<string>> RunAsync(
        NpgsqlDataSource database,
        string[] queries,
        CancellationToken cancellation
    )
    {
        List<string> faults = [];

        // One snapshot for all of them: an append in between is no fault.
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead,
            cancellation
        );
        foreach (var query in queries)
        {
            await using var command = new NpgsqlCommand(query, connection) { CommandTimeout = 600 };
            if (await command.ExecuteScalarAsync(cancellation) is string fault)
            {
                faults.Add(fault);
            }
        }

        return faults;
    }
}
