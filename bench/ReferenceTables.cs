using NpgsqlTypes;

namespace Bench;

/// <summary>
/// What an append is measured against: copies of the three tables that an append fills, in a schema <c>reference</c>, with the same
/// columns, defaults, primary keys, unique and other indexes and the same foreign key, but without triggers. The numbers of seq_id and
/// of the index come from sequences. One prepared statement inserts the rows: no function, no lock on the head, no admission, no
/// check of an expected version, no notification. Its JSON is written before the clock runs.
/// </summary>
internal static class ReferenceTables
{
    /// <summary>Makes them beside a ledger's own.</summary>
    public const string Shape = """
        create schema reference;
        create table reference.mt_streams (like ledger.mt_streams including all);
        create table reference.mt_events (like ledger.mt_events including all,
          foreign key (stream_id) references reference.mt_streams (id) on delete cascade);
        create table reference.log_index (like ledger.log_index including all);
        create sequence reference.mt_events_sequence;
        create sequence reference.log_sequence minvalue 0;
        create table reference.bare (like ledger.mt_events including all);
        grant usage on schema reference to ledger_app;
        grant select, insert on all tables in schema reference to ledger_app;
        grant usage on all sequences in schema reference to ledger_app;
        """;

    /// <summary>A stream with its first event: one statement, one transaction, one round trip.</summary>
    public const string StartStream = """
        with stream as (
          insert into reference.mt_streams (id, type, version, timestamp, created)
          values ($1, $2, 1, clock_timestamp(), clock_timestamp())
        ), event as (
          insert into reference.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type)
          values (nextval('reference.mt_events_sequence'), $3, $1, 1, $4, $5, clock_timestamp(), $6)
          returning seq_id, id
        )
        insert into reference.log_index (idx, seq_id, event_id, recorded)
        select nextval('reference.log_sequence'), seq_id, id, clock_timestamp() from event
        returning idx, recorded
        """;

    public static readonly NpgsqlDbType[] StartStreamTypes =
    [
        NpgsqlDbType.Varchar,
        NpgsqlDbType.Varchar,
        NpgsqlDbType.Uuid,
        NpgsqlDbType.Jsonb,
        NpgsqlDbType.Varchar,
        NpgsqlDbType.Varchar,
    ];

    /// <summary>A stream with many events.</summary>
    public const string StartStreamWithMany = """
        with stream as (
          insert into reference.mt_streams (id, type, version, timestamp, created)
          values ($1, $2, cardinality($3), clock_timestamp(), clock_timestamp())
        ), event as (
          insert into reference.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type)
          select nextval('reference.mt_events_sequence'), e.id, $1, e.version, e.data, e.type, clock_timestamp(), e.dotnet_type
          from unnest($3, $4, $5, $6) with ordinality e (id, data, type, dotnet_type, version)
          returning seq_id, id
        ), indexed as (
          insert into reference.log_index (idx, seq_id, event_id, recorded)
          select nextval('reference.log_sequence'), seq_id, id, clock_timestamp() from event
          returning idx, recorded
        )
        select min(idx), min(recorded) from indexed
        """;

    /// <summary>One row into a copy of <c>mt_events</c> with its two indexes, but no foreign key: the least that a store could do.</summary>
    public const string BareInsert = """
        insert into reference.bare (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type)
        values (nextval('reference.mt_events_sequence'), $2, $1, 1, $3, $4, clock_timestamp(), $5)
        """;

    /// <summary>Fails unless the copies hold exactly so many rows.</summary>
    public static async Task CheckAsync(LedgerUnderTest ledger, long events, long streams)
    {
        await ledger.CheckAsync(
            "reference events",
            "select count(*) from reference.mt_events",
            events
        );
        await ledger.CheckAsync(
            "reference streams",
            "select count(*) from reference.mt_streams",
            streams
        );
        await ledger.CheckAsync(
            "reference indexes",
            "select count(*) from reference.log_index",
            events
        );
    }
}
