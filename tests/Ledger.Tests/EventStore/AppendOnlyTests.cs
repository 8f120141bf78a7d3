using Ledger.EventStore;
using Ledger.Promises;
using Npgsql;
using Testing;

namespace Ledger.Tests.EventStore;

/// <summary>What was recorded can be changed or removed by no role, and only the ways in that are meant are open.</summary>
public sealed class AppendOnlyTests : IAsyncLifetime
{
    private const string AppendOnly = "LG403";
    private const string NoRight = PostgresErrorCodes.InsufficientPrivilege;
    private TestLedger _ledger = null!;

    public static TheoryData<string, bool> Roles =>
        new()
        {
            { "ledger_app", false },
            { "ledger_foreign", false },
            { "ledger_owner", false },
            { "postgres", false },
            { "postgres", true },
        };

    public async ValueTask InitializeAsync()
    {
        _ledger = await TestLedger.CreateAsync();
        await _ledger.Store.AppendAsync(
            Append.To(Sample.Stream(1), 0, Sample.Promised(), new Started().On("2021"))
        );
    }

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Nobody_changes_or_removes_what_was_recorded(string role, bool asReplica)
    {
        await using var session = await Session(role);
        if (asReplica)
        {
            await session.Run("set session_replication_role = replica");
        }

        string[] attempts =
        [
            "update ledger.mt_events set data = '{}'",
            "update ledger.mt_events set version = version + 1",
            "update ledger.mt_events set is_archived = true",
            "delete from ledger.mt_events",
            "truncate ledger.mt_events",
            "truncate ledger.mt_events, ledger.mt_streams",
            "truncate ledger.mt_streams cascade",
            "delete from ledger.mt_streams",
            "update ledger.mt_streams set version = version - 1",
            "update ledger.mt_streams set version = version",
            "update ledger.mt_streams set timestamp = timestamp - interval '1 day'",
            "update ledger.mt_streams set version = version + 1, id = id || '-moved'",
            "update ledger.mt_streams set version = version + 1, type = 'target'",
            "update ledger.mt_streams set version = version + 1, created = created - interval '1 day'",
            "update ledger.mt_streams set version = version + 1, tenant_id = 'x'",
            "update ledger.mt_streams set version = version + 1, is_archived = true",
            "update ledger.mt_streams set version = null",
            "update ledger.log_index set recorded = recorded - interval '1 day'",
            "update ledger.log_index set idx = idx + 100",
            "delete from ledger.log_index",
            "truncate ledger.log_index",
            "merge into ledger.log_index i using (values (1)) v on true when matched then delete",
        ];
        var before = await Everything();
        foreach (var attempt in attempts)
        {
            (await session.RefusalOf(attempt)).ShouldBeOneOf([AppendOnly, NoRight], attempt);
        }

        // The rights are not granted to begin with, but for the columns that a foreign writer raises.
        if (role is "ledger_app")
        {
            foreach (var attempt in attempts)
            {
                (await session.RefusalOf(attempt)).ShouldBe(NoRight, attempt);
            }
        }

        (await Everything()).ShouldBe(before);
        await _ledger.ShouldBeWholeAsync();
    }

    [Theory]
    [InlineData("ledger_app")]
    [InlineData("ledger_foreign")]
    public async Task Neither_application_writes_the_index_or_what_it_is_made_from(string role)
    {
        await using var session = await Session(role);
        foreach (
            var attempt in (string[])
                [
                    "insert into ledger.log_index values (2, 99, gen_random_uuid(), now())",
                    "update ledger.log_head set next = 0",
                    "delete from ledger.log_head",
                    "insert into ledger.log_head (one, next, recorded) values (true, 0, now())",
                    "select from ledger.log_head for update",
                    "insert into ledger.pending values (pg_current_xact_id(), 1)",
                    "insert into ledger.pending_stream values (pg_current_xact_id(), 'promise:a')",
                    "insert into ledger.pending_tx values (pg_current_xact_id())",
                    "delete from ledger.pending",
                    "insert into ledger.event_type values ('built')",
                    "insert into ledger.idempotency (actor, key, request) values ('a', 'b', '')",
                    "update ledger.migration set sha256 = ''",
                    "alter table ledger.mt_events disable trigger all",
                    "alter table ledger.mt_events disable trigger enqueue_foreign",
                    "drop trigger admit_event on ledger.mt_events",
                    "create trigger t after insert on ledger.mt_events execute function suppress_redundant_updates_trigger()",
                    "create rule r as on insert to ledger.mt_events do instead nothing",
                    "create table ledger.child () inherits (ledger.mt_events)",
                    "drop table ledger.log_index",
                    "create function ledger.append() returns int language sql as 'select 1'",
                    "alter function ledger.admit_event() reset all",
                    "set session_replication_role = replica",
                    "set role ledger_owner",
                    "select setval('ledger.mt_events_sequence', 1)",
                    "truncate ledger.mt_events_sequence",
                ]
        )
        {
            (await session.RefusalOf(attempt)).ShouldBeOneOf(
                [NoRight, PostgresErrorCodes.WrongObjectType, "42809"],
                attempt
            );
        }

        await _ledger.ShouldBeWholeAsync();
    }

    [Fact]
    public async Task The_application_inserts_through_the_append_function_alone()
    {
        await using var session = await Session("ledger_app");
        foreach (
            var attempt in (string[])
                [
                    "insert into ledger.mt_streams (id, version) values ('promise:a', 1)",
                    "insert into ledger.mt_events (seq_id, id, stream_id, version, data, type, timestamp) "
                        + "values (99, gen_random_uuid(), 'promise:musterstadt-zusage-1', 3, '{}', 'started', now())",
                    "copy ledger.mt_events from stdin",
                    "select nextval('ledger.mt_events_sequence')",
                    "update ledger.mt_event_progression set last_seq_id = 1",
                ]
        )
        {
            (await session.RefusalOf(attempt)).ShouldBe(NoRight, attempt);
        }
    }

    [Fact]
    public async Task The_foreign_writer_cannot_call_the_append_function_or_change_others_progress()
    {
        await using var foreign = await ForeignWriter.ConnectAsync(_ledger);

        (
            await Should.ThrowAsync<PostgresException>(() =>
                RawAppend.OneAsync(foreign.Connection, new ForeignEvent("promise:a", 1))
            )
        ).SqlState.ShouldBe(NoRight);
    }

    // A trigger function that runs as the owner could be hung on a table of the attacker's own, and be fed from there.
    [Theory]
    [InlineData("ledger_app")]
    [InlineData("ledger_foreign")]
    public async Task No_trigger_function_of_ours_can_be_hung_on_a_table_of_ones_own(string role)
    {
        await using var session = await Session(role);
        await session.Run("create temporary table bait (tx xid8, seq_id bigint, type text)");

        (
            await session.RefusalOf(
                "create trigger t after insert on bait referencing new table as added "
                    + "for each statement execute function ledger.enqueue_foreign()"
            )
        ).ShouldBe(NoRight);
        (
            await session.RefusalOf(
                "create trigger t after insert on bait for each row execute function ledger.index_foreign()"
            )
        ).ShouldBe(NoRight);
    }

    [Fact]
    public async Task No_function_of_ours_is_open_to_everyone_and_each_has_its_own_search_path()
    {
        (
            await _ledger.AskAsync<string>(
                """
                select coalesce(string_agg(proname, ', '), 'none') from pg_proc
                where pronamespace = 'ledger'::regnamespace
                  and (has_function_privilege('public', oid, 'execute')
                    or proconfig is distinct from array['search_path=ledger, pg_temp'])
                """
            )
        ).ShouldBe("none");
        (
            await _ledger.AskAsync<string>(
                """
                select string_agg(proname, ', ' order by proname) from pg_proc
                where pronamespace = 'ledger'::regnamespace and has_function_privilege('ledger_app', oid, 'execute')
                """
            )
        ).ShouldBe(
            "append, append_one, fix_origin, forget_answers, keep_checkpoint, keep_cosignature, publish_checkpoint, seal"
        );
        (
            await _ledger.AskAsync<long>(
                """
                select count(*) from pg_proc
                where pronamespace = 'ledger'::regnamespace and has_function_privilege('ledger_foreign', oid, 'execute')
                """
            )
        ).ShouldBe(0);
    }

    [Fact]
    public async Task Every_trigger_on_the_record_also_fires_for_replicas_and_the_superuser()
    {
        (
            await _ledger.AskAsync<string>(
                """
                select coalesce(string_agg(format('%s on %s', tgname, tgrelid::regclass), ', '), 'none') from pg_trigger
                where not tgisinternal and tgenabled <> 'A'
                  and tgrelid in (select oid from pg_class where relnamespace = 'ledger'::regnamespace)
                """
            )
        ).ShouldBe("none");
    }

    [Fact]
    public async Task The_append_function_cannot_be_used_to_break_the_order_of_versions()
    {
        const string Known = "promise:musterstadt-zusage-1"; // at version 2
        await using var connection = await _ledger.Database.OpenConnectionAsync();
        var next = new ForeignEvent(Known, 3);

        await Refused([Known], [2], [next with { Version = 4 }]);
        await Refused([Known], [2], [next with { Version = 2 }]);
        await Refused([Known], [2], [next, new(Known, 5)]);
        await Refused([Known], [2], [new(Known, 4), next]);
        await Refused([Known], [2], [next, next with { Id = Guid.CreateVersion7() }]);
        await Refused([Known], [2], [next, new("promise:unnamed", 1)]);
        await Refused([Known, "promise:empty"], [2, 0], [next]);
        await Refused([Known, "promise:empty"], [2, 0], [next, new(Known, 4)]);
        await Refused([Known, Known], [2, 2], [next]);
        await Refused([Known, Known], [2, 2], [next, next with { Id = Guid.CreateVersion7() }]);
        await Refused(["promise:other"], [0], [next]);
        await Refused([Known, null], [2, 0], [next]);
        await Refused([null], [2], [next]);
        await Refused([Known], [1], [next with { Version = 2 }]);
        await Refused([Known], [3], [next with { Version = 4 }]);
        await Refused([], [], []);
        (await _ledger.ShouldBeWholeAsync()).ShouldBe(2);

        await RawAppend.ManyAsync(
            connection,
            [Known, "promise:b"],
            [2, 0],
            [new("promise:b", 1), next, new("promise:b", 2), new(Known, 4)]
        );
        (await _ledger.ShouldBeWholeAsync()).ShouldBe(6);

        async Task Refused(string?[] streams, long[] expected, ForeignEvent[] events) =>
            (
                await Should.ThrowAsync<PostgresException>(() =>
                    RawAppend.ManyAsync(connection, streams, expected, events)
                )
            ).SqlState.ShouldBeOneOf("LG400", "LG412");
    }

    private Task<string> Everything() =>
        _ledger.AskAsync<string>(
            """
            select md5(string_agg(t, '|' order by t)) from (
              select e::text as t from ledger.mt_events e union all
              select s::text from ledger.mt_streams s union all
              select i::text from ledger.log_index i union all
              select h::text from ledger.log_head h) x
            """
        );

    private async Task<SqlSession> Session(string role)
    {
        if (role == "ledger_foreign")
        {
            return new SqlSession((await ForeignWriter.ConnectAsync(_ledger)).Connection);
        }

        var connection = new NpgsqlConnection(
            _ledger.AddressOf(role is "ledger_app" ? role : "postgres") + ";Pooling=false"
        );
        await connection.OpenAsync();
        var session = new SqlSession(connection);
        if (role == "ledger_owner")
        {
            await session.Run("set role ledger_owner");
        }

        return session;
    }

    private sealed class SqlSession(NpgsqlConnection connection) : IAsyncDisposable
    {
        public async Task Run(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }

        public async Task<string?> RefusalOf(string sql)
        {
            try
            {
                await Run(sql);
                return null;
            }
            catch (PostgresException e)
            {
                return e.SqlState;
            }
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
