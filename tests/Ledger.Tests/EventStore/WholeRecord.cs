using Npgsql;
using Testing;

namespace Ledger.Tests.EventStore;

/// <summary>Counts everything that must never be in a record, in SQL of its own (the product's RecordCheck is not asked alone).</summary>
internal static class WholeRecord
{
    private static readonly (string What, string Sql)[] s_faults =
    [
        (
            "events without an index",
            """
            select count(*) from ledger.mt_events e
            where e.type <> 'tombstone' and not exists (select from ledger.log_index i where i.seq_id = e.seq_id)
            """
        ),
        (
            "indexes without their event, or of a tombstone",
            """
            select count(*) from ledger.log_index i
            where not exists (
              select from ledger.mt_events e where e.seq_id = i.seq_id and e.id = i.event_id and e.type <> 'tombstone')
            """
        ),
        (
            "events with two indexes",
            "select count(*) - count(distinct event_id) from ledger.log_index"
        ),
        (
            "holes in the index",
            """
            select count(*) from (select idx, row_number() over (order by idx) - 1 as should from ledger.log_index) i
            where idx <> should
            """
        ),
        (
            "numbers between the index and its head",
            "select abs((select next from ledger.log_head) - (select count(*) from ledger.log_index))"
        ),
        (
            "versions out of index order or missing",
            """
            select count(*) from (
              select e.version, row_number() over (partition by e.stream_id order by i.idx) as should
              from ledger.log_index i join ledger.mt_events e using (seq_id)) v
            where version <> should
            """
        ),
        (
            "streams that state another version than their last event's",
            """
            select count(*) from ledger.mt_streams s
            where s.id <> 'mt_tombstone'
              and s.version is distinct from (select max(version) from ledger.mt_events e where e.stream_id = s.id)
            """
        ),
        (
            "recorded times that go back",
            """
            select count(*) from (select recorded, lag(recorded) over (order by idx) as before from ledger.log_index) i
            where recorded < before
            """
        ),
        (
            "rows that still wait for their transaction's end",
            """
            select (select count(*) from ledger.pending) + (select count(*) from ledger.pending_stream)
                 + (select count(*) from ledger.pending_tx)
            """
        ),
    ];

    /// <summary>Asserts that the record is whole and answers how many events it holds.</summary>
    public static async Task<long> ShouldBeWholeAsync(this TestLedger ledger)
    {
        var faults = await FaultsAsync(ledger.AddressOf("postgres"));
        faults.ShouldBeEmpty();
        (await Ledger.EventStore.RecordCheck.WholeAsync(ledger.Database)).ShouldBeEmpty();
        return await ledger.AskAsync<long>("select count(*) from ledger.log_index");
    }

    public static async Task<IReadOnlyList<string>> FaultsAsync(string superuser)
    {
        List<string> faults = [];
        await using var connection = new NpgsqlConnection(superuser);
        await connection.OpenAsync();
        foreach (var (what, sql) in s_faults)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
            var count = (long)(await command.ExecuteScalarAsync())!;
            if (count != 0)
            {
                faults.Add($"{count} {what}");
            }
        }

        return faults;
    }
}
