using System.Globalization;
using Ledger.EventStore;
using Npgsql;
using Testing;

namespace Ledger.Tests.EventStore;

public sealed class SchemaTests : IAsyncLifetime
{
    // marten-tables.md, as a real Marten 9 creates them. Nothing more, nothing less, in this order.
    private const string MartenColumns = """
        mt_event_progression.name character varying not null
        mt_event_progression.last_seq_id bigint
        mt_event_progression.last_updated timestamp with time zone default transaction_timestamp()
        mt_events.seq_id bigint not null
        mt_events.id uuid not null
        mt_events.stream_id character varying
        mt_events.version bigint not null
        mt_events.data jsonb not null
        mt_events.bdata bytea
        mt_events.type character varying(500) not null
        mt_events.timestamp timestamp with time zone not null
        mt_events.tenant_id character varying default '*DEFAULT*'::character varying
        mt_events.mt_dotnet_type character varying
        mt_events.correlation_id character varying
        mt_events.causation_id character varying
        mt_events.headers jsonb
        mt_events.is_archived boolean default false
        mt_high_water_skips.ending_sequence bigint not null
        mt_high_water_skips.starting_sequence bigint
        mt_high_water_skips.timestamp timestamp with time zone default transaction_timestamp()
        mt_streams.id character varying not null
        mt_streams.type character varying
        mt_streams.version bigint
        mt_streams.timestamp timestamp with time zone not null default now()
        mt_streams.created timestamp with time zone not null default now()
        mt_streams.tenant_id character varying default '*DEFAULT*'::character varying
        mt_streams.is_archived boolean default false
        """;

    private const string MartenIndexes = """
        CREATE UNIQUE INDEX pk_mt_event_progression ON ledger.mt_event_progression USING btree (name)
        CREATE UNIQUE INDEX pk_mt_events_stream_and_version ON ledger.mt_events USING btree (stream_id, version)
        CREATE UNIQUE INDEX pkey_mt_events_seq_id ON ledger.mt_events USING btree (seq_id)
        CREATE UNIQUE INDEX pkey_mt_high_water_skips_ending_sequence ON ledger.mt_high_water_skips USING btree (ending_sequence)
        CREATE UNIQUE INDEX pkey_mt_streams_id ON ledger.mt_streams USING btree (id)
        """;

    private const string MartenConstraints = """
        fkey_mt_events_stream_id FOREIGN KEY (stream_id) REFERENCES ledger.mt_streams(id) ON DELETE CASCADE
        pk_mt_event_progression PRIMARY KEY (name)
        pkey_mt_events_seq_id PRIMARY KEY (seq_id)
        pkey_mt_high_water_skips_ending_sequence PRIMARY KEY (ending_sequence)
        pkey_mt_streams_id PRIMARY KEY (id)
        """;

    private TestLedger _ledger = null!;

    public async ValueTask InitializeAsync() => _ledger = await TestLedger.CreateAsync();

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    [Fact]
    public async Task The_event_tables_are_Martens_to_the_letter()
    {
        (
            await Lines(
                """
                select format('%s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                              case when a.attnotnull then ' not null' else '' end,
                              ' default ' || pg_get_expr(d.adbin, d.adrelid))
                from pg_attribute a join pg_class c on c.oid = a.attrelid
                left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                where c.relnamespace = 'ledger'::regnamespace and c.relname like 'mt\_%' and c.relkind = 'r'
                  and a.attnum > 0
                order by c.relname collate "C", a.attnum
                """
            )
        ).ShouldBe(MartenColumns);
        (
            await Lines(
                """
                select indexdef from pg_indexes where schemaname = 'ledger' and tablename like 'mt\_%'
                order by indexname collate "C"
                """
            )
        ).ShouldBe(MartenIndexes);
        (
            await Lines(
                """
                select format('%s %s', conname, pg_get_constraintdef(oid)) from pg_constraint
                where conrelid in (select oid from pg_class where relnamespace = 'ledger'::regnamespace and relname like 'mt\_%')
                order by conname collate "C"
                """
            )
        ).ShouldBe(MartenConstraints);
        (
            await Lines(
                """
                select relname from pg_class where relnamespace = 'ledger'::regnamespace and relkind in ('S', 'v', 'm', 'p')
                order by relname
                """
            )
        ).ShouldBe("mt_events_sequence\nreport_id_seq");
    }

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        const string Shape = """
            select md5(string_agg(t, '|' order by t)) from (
              select m::text as t from ledger.migration m union all
              select e::text from ledger.event_type e union all
              select format('%s %s %s', oid, xmin, relname) from pg_class where relnamespace = 'ledger'::regnamespace union all
              select format('%s %s %s', oid, xmin, proname) from pg_proc where pronamespace = 'ledger'::regnamespace) x
            """;
        var before = await _ledger.AskAsync<string>(Shape);
        List<string> told = [];

        await Schema.MigrateAsync(_ledger.AddressOf("postgres"), told.Add);

        told.ShouldBeEmpty();
        (await _ledger.AskAsync<string>(Shape)).ShouldBe(before);
    }

    [Fact]
    public async Task An_edited_migration_is_refused()
    {
        await _ledger.RunAsync("update ledger.migration set sha256 = 'edited' where number = 3");

        (await Refusal(_ledger.AddressOf("postgres"))).ShouldBe(
            "Migration 0003_admission.sql is not the one this database was made with; an applied migration is never edited."
        );
    }

    [Fact]
    public async Task A_newer_database_is_refused()
    {
        await _ledger.RunAsync(
            "insert into ledger.migration (number, name, sha256) values (9999, 'x', 'x')"
        );

        (await Refusal(_ledger.AddressOf("postgres"))).ShouldBe(
            "The database is newer than this program: it knows migration 9999."
        );
    }

    [Fact]
    public async Task A_database_with_a_schema_of_our_name_that_is_not_ours_is_refused_and_left_alone()
    {
        await using var other = await OtherDatabase.CreateAsync(_ledger, "strange");
        await other.RunAsync("create schema ledger create table mt_events (mine text)");

        (await Refusal(other.AddressOf("postgres"))).ShouldBe(
            "The database 'strange' has a schema 'ledger' that is not ours; give Zusagenbuch a database of its own."
        );
        (
            await other.AskAsync(
                "select count(*) from pg_class where relnamespace = 'ledger'::regnamespace"
            )
        ).ShouldBe(1);
    }

    [Fact]
    public async Task Two_nodes_that_start_together_migrate_once()
    {
        await using var other = await OtherDatabase.CreateAsync(_ledger, "together");
        List<string> told = [];

        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Schema.MigrateAsync(
                        other.AddressOf("postgres"),
                        name =>
                        {
                            lock (told)
                            {
                                told.Add(name);
                            }
                        }
                    )
                )
        );

        told.ShouldBe(told.Distinct().Order(StringComparer.Ordinal));
        (await other.AskAsync("select count(*) from ledger.migration")).ShouldBe(told.Count);
    }

    [Fact]
    public async Task Databases_of_one_server_are_prepared_at_the_same_time()
    {
        var server = await TestLedger.ServerAsync();
        await Task.WhenAll(
            Enumerable.Range(0, 6).Select(n => LedgerDatabase.PrepareAsync(server, $"many_{n % 3}"))
        );

        for (var n = 0; n < 3; n++)
        {
            await _ledger.RunAsync($"drop database many_{n} with (force)");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_user_without_the_rights_is_told_so_in_one_sentence(bool onOurs)
    {
        await using var other = await OtherDatabase.CreateAsync(_ledger, $"rightless_{onOurs}");
        var user = $"nobody_{onOurs}".ToLowerInvariant();
        await other.RunAsync($"create role {user} login");
        try
        {
            var sentence = await Refusal(onOurs ? _ledger.AddressOf(user) : other.AddressOf(user));

            sentence.ShouldStartWith(
                $"The database user '{user}' may not prepare the database (permission denied"
            );
            sentence.ShouldEndWith("; see docs/operations.md.");
            sentence.ShouldNotContain("\n");
        }
        finally
        {
            await other.RunAsync($"drop role {user}");
        }
    }

    [Fact]
    public async Task A_member_of_the_owner_migrates_where_the_roles_exist_and_the_application_connects_as_itself()
    {
        await using var other = await OtherDatabase.CreateAsync(_ledger, "operated");
        await other.RunAsync(
            """
            create role operator login in role ledger_owner, ledger_app, ledger_foreign;
            alter database operated owner to operator
            """
        );
        try
        {
            var database = await LedgerDatabase.PrepareAsync(other.AddressOf("operator"));
            await using var connections = database.Open();
            var store = new Ledger.EventStore.EventStore(connections);
            await store.AppendAsync(Append.To(Sample.Stream(1), 0, Sample.Promised()));
            await using var who = connections.CreateCommand("select current_user::text");
            (await who.ExecuteScalarAsync()).ShouldBe("ledger_app");
            await using var bypass = connections.CreateCommand("delete from ledger.mt_events");
            await Should.ThrowAsync<PostgresException>(() => bypass.ExecuteNonQueryAsync());
        }
        finally
        {
            await other.DisposeAsync();
            await _ledger.RunAsync("drop role operator");
        }
    }

    private static async Task<string> Refusal(string address) =>
        (await Should.ThrowAsync<SchemaException>(() => Schema.MigrateAsync(address))).Message;

    private Task<string> Lines(string query) =>
        _ledger.AskAsync<string>($"select string_agg(line, E'\n') from ({query}) q (line)");

    /// <summary>An empty database on the same server.</summary>
    private sealed class OtherDatabase(TestLedger ledger, string name) : IAsyncDisposable
    {
        public static async Task<OtherDatabase> CreateAsync(TestLedger ledger, string name)
        {
            var lower = name.ToLower(CultureInfo.InvariantCulture);
            await ledger.RunAsync($"create database {lower}");
            return new OtherDatabase(ledger, lower);
        }

        public string AddressOf(string role) =>
            new NpgsqlConnectionStringBuilder(ledger.AddressOf(role))
            {
                Database = name,
                Pooling = false,
            }.ConnectionString;

        public async Task RunAsync(string sql)
        {
            await using var connection = new NpgsqlConnection(AddressOf("postgres"));
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }

        public async Task<long> AskAsync(string sql)
        {
            await using var connection = new NpgsqlConnection(AddressOf("postgres"));
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            return (long)(await command.ExecuteScalarAsync())!;
        }

        public async ValueTask DisposeAsync() =>
            await ledger.RunAsync($"drop database if exists {name} with (force)");
    }
}
