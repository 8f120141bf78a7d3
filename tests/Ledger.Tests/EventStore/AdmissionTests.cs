using System.Globalization;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Npgsql;
using Testing;

namespace Ledger.Tests.EventStore;

/// <summary>A row that could not be sealed is never committed, whoever writes it.</summary>
public sealed class AdmissionTests(AdmissionTests.OneLedger one)
    : IClassFixture<AdmissionTests.OneLedger>
{
    private static int s_last;
    private readonly TestLedger _ledger = one.Ledger;

    public static TheoryData<string, string> RefusedData =>
        new()
        {
            { "1.5", """{"amount": 1.5}""" },
            { "2^53", """{"amount": 9007199254740992}""" },
            { "-2^53", """{"amount": -9007199254740992}""" },
            { "1e300", """{"amount": 1e300}""" },
            { "1e-300", """{"amount": 1e-300}""" },
            { "a nested float", """{"a": [{"b": {"c": [1, 2, 3.25]}}]}""" },
            { "a nested 2^53", """{"a": [[[9007199254740992]]]}""" },
            { "an array", """[{"a": 1}]""" },
            { "a string", "\"a\"" },
            { "a number", "1" },
            { "null", "null" },
            { "U+0000", """{"a": "\u0000"}""" },
            { "U+0000 in a name", """{"a\u0000": 1}""" },
            { "a lone high surrogate", """{"a": "\ud800"}""" },
            { "a lone low surrogate", """{"a": "x\udc00"}""" },
            { "a pair the wrong way round", """{"a": "\udc00\ud800"}""" },
            { "over 48 kB", Sized(49_153) },
            { "over 48 kB of control characters", $$"""{"a": "{{Repeat("\\u0001", 8_200)}}"}""" },
            {
                "a number whose zeros make 48 kB",
                $$"""{"a": [{{string.Join(',', Enumerable.Repeat("1." + new string('0', 16_000), 4))}}]}"""
            },
            { "nested 32 levels deep", Nested(32) },
            { "nested 5000 levels deep", Nested(5_000) },
        };

    public static TheoryData<string, string> AdmittedData =>
        new()
        {
            { "nothing", "{}" },
            {
                "1.0",
                """{"a": 1.0, "b": 10e2, "c": -0, "d": [0.00, "1.5", true, null, {"e": 123e-0}]}"""
            },
            { "2^53-1", """{"a": 9007199254740991, "b": -9007199254740991}""" },
            { "just 48 kB", Sized(49_152) },
            { "just 48 kB of umlauts", $$"""{"a": "{{new string('ü', 24_571)}}"}""" },
            { "a surrogate pair", """{"a": "\ud83d\ude00", "😀": "😀"}""" },
            { "nested 31 levels deep", Nested(31) },
        };

    [Theory]
    [MemberData(nameof(RefusedData))]
    public Task Data_without_a_canonical_form_is_refused(string what, string data) =>
        RefusedForBoth(Fresh() with { Data = data }, what);

    [Theory]
    [MemberData(nameof(AdmittedData))]
    public async Task Data_with_a_canonical_form_is_admitted(string what, string data)
    {
        var before = await _ledger.Store.NextIndexAsync();
        await using (var connection = await _ledger.Database.OpenConnectionAsync())
        {
            await RawAppend.OneAsync(connection, Fresh() with { Data = data });
        }

        await using var foreign = await ForeignWriter.ConnectAsync(_ledger);
        await Foreign(foreign, Fresh() with { Data = data });

        (await _ledger.Store.NextIndexAsync()).ShouldBe(before + 2, what);
    }

    [Theory]
    [InlineData("built")]
    [InlineData("Started")]
    [InlineData("started ")]
    [InlineData("")]
    [InlineData("tombstone")]
    public Task An_unknown_type_is_refused(string type) =>
        RefusedForBoth(Fresh() with { Type = type }, type);

    [Fact]
    public Task A_type_longer_than_its_column_is_refused() =>
        RefusedForBoth(Fresh() with { Type = new string('a', 501) }, "501 letters");

    [Theory]
    [InlineData("promise:")]
    [InlineData(":a")]
    [InlineData("")]
    [InlineData("promise:Krefeld")]
    [InlineData("promise:a--b")]
    [InlineData("promise:a-")]
    [InlineData("promise:-a")]
    [InlineData("promise:ä")]
    [InlineData("promise:a b")]
    [InlineData("promise:a:b")]
    [InlineData("promise:a\n")]
    [InlineData("\npromise:a")]
    [InlineData("promise2:a")]
    [InlineData("mt_tombstone")]
    public async Task A_malformed_stream_key_is_refused_as_the_program_refuses_it(string stream)
    {
        StreamKey.TryParse(stream, out _).ShouldBeFalse();
        await RefusedForBoth(new ForeignEvent(stream, 1), stream);
    }

    [Fact]
    public async Task A_stream_key_may_have_160_characters_and_no_more()
    {
        var longest = "promise:" + new string('a', 152);
        StreamKey.TryParse(longest, out _).ShouldBeTrue();
        StreamKey.TryParse(longest + "a", out _).ShouldBeFalse();
        await RefusedForBoth(new ForeignEvent(longest + "a", 1), "161");

        await using var connection = await _ledger.Database.OpenConnectionAsync();
        await RawAppend.OneAsync(connection, new ForeignEvent(longest, 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public Task A_version_below_1_is_refused(long version) =>
        RefusedForBoth(Fresh() with { Version = version }, "version");

    [Fact]
    public async Task Binary_data_another_tenant_and_archived_rows_are_refused()
    {
        await RefusedForForeign(Fresh() with { BData = [1] }, "bdata");
        await RefusedForForeign(Fresh() with { BData = [] }, "bdata");
        await RefusedForForeign(Fresh() with { Tenant = "another" }, "tenant");
        await RefusedForForeign(Fresh() with { Tenant = null }, "tenant");
    }

    [Fact]
    public async Task A_foreign_tombstone_is_kept_without_an_index_and_ours_are_refused()
    {
        var tombstone = new ForeignEvent("mt_tombstone", -5) { Type = "tombstone" };
        await using (var foreign = await ForeignWriter.ConnectAsync(_ledger))
        {
            var before = await _ledger.Store.NextIndexAsync();
            await foreign.RunAsync(
                "insert into ledger.mt_streams (id, type, version) values ('mt_tombstone', 'tombstone', 0)"
            );
            await foreign.InsertAsync(tombstone);
            (await _ledger.Store.NextIndexAsync()).ShouldBe(before);
        }

        (
            await _ledger.AskAsync<long>(
                "select count(*) from ledger.mt_events where type = 'tombstone'"
            )
        ).ShouldBe(1);
        await RefusedForForeign(
            tombstone with
            {
                Id = Guid.CreateVersion7(),
                Version = -6,
                Type = "started",
            },
            "our type"
        );
        await RefusedForOurs(
            tombstone with
            {
                Id = Guid.CreateVersion7(),
                Version = 1,
            },
            "a tombstone through the append function"
        );
        await _ledger.ShouldBeWholeAsync();
    }

    // Compressed, half a megabyte of one letter takes less room than the limit.
    [Fact]
    public async Task Data_is_measured_by_its_text_even_when_it_comes_compressed_from_a_table()
    {
        await using var foreign = await ForeignWriter.ConnectAsync(_ledger);
        await foreign.RunAsync(
            """
            create temporary table compressed (data jsonb);
            alter table compressed alter data set storage main;
            insert into compressed select jsonb_build_object('a', repeat('a', 500000))
            """
        );
        (
            await foreign.AskAsync<int>("select pg_column_size(data) from compressed")
        ).ShouldBeLessThan(8_000);
        await foreign.BeginAsync();
        await foreign.RaiseAsync("promise:compressed", 0, 1);

        var refusal = await Should.ThrowAsync<PostgresException>(() =>
            foreign.RunAsync(
                """
                insert into ledger.mt_events (seq_id, id, stream_id, version, data, type, timestamp)
                select nextval('ledger.mt_events_sequence'), gen_random_uuid(), 'promise:compressed', 1, data, 'started', now()
                from compressed
                """
            )
        );
        refusal.SqlState.ShouldBe("LG400");
    }

    [Fact]
    public async Task A_foreign_writers_own_tables_cannot_stand_in_for_the_list_of_types()
    {
        await using var foreign = await ForeignWriter.ConnectAsync(_ledger);
        await foreign.RunAsync(
            """
            create temporary table event_type (name varchar);
            insert into event_type values ('built');
            set search_path = pg_temp, ledger
            """
        );

        (
            await Should.ThrowAsync<PostgresException>(() =>
                Foreign(foreign, Fresh() with { Type = "built" })
            )
        ).SqlState.ShouldBe("LG400");
    }

    [Fact]
    public async Task The_store_says_in_a_sentence_why_an_event_is_refused()
    {
        await Refused(new Text("U+0000: \0"), "holds U+0000 or half a surrogate pair");
        await Refused(new Text("half a pair: \ud800"), "holds U+0000 or half a surrogate pair");
        await Refused(new Text(@"after a backslash: \" + "\udc00"), "half a surrogate pair");
        await Refused(new Text(new string('a', 50_000)), "48 kB");
        await _ledger.Store.AppendAsync(
            Append.To(
                StreamKey.Parse(Fresh().Stream),
                0,
                new Started().On("2021") with
                {
                    Summary = new Text(@"written out: \u0000 \uFFFD, and one that is meant: �"),
                }
            )
        );
        await _ledger.ShouldBeWholeAsync();

        async Task Refused(Text summary, string reason)
        {
            var stream = StreamKey.Parse(Fresh().Stream);
            var refusal = await Should.ThrowAsync<InadmissibleEventException>(() =>
                _ledger.Store.AppendAsync(
                    Append.To(stream, 0, new Started().On("2021") with { Summary = summary })
                )
            );
            refusal.Message.ShouldContain(reason);
            (await _ledger.Store.ReadStreamAsync(stream)).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData(0x0000)]
    [InlineData(0xD800)]
    public async Task A_broken_text_beside_the_events_is_refused_and_the_connection_lives(int code)
    {
        var broken = $"a{(char)code}";
        var stream = StreamKey.Parse(Fresh().Stream);
        foreach (
            var context in (AppendContext[])
                [
                    new() { Correlation = broken },
                    new() { Causation = broken },
                    new() { Idempotency = new Idempotency("actor", broken, new byte[32]) },
                    new() { Idempotency = new Idempotency(broken, "key", new byte[32]) },
                ]
        )
        {
            await Should.ThrowAsync<InadmissibleEventException>(() =>
                _ledger.Store.AppendAsync(Append.To(stream, 0, Sample.Promised()), context)
            );
        }

        await Should.ThrowAsync<InadmissibleEventException>(() =>
            _ledger.Store.AppendAsync(
                new Append(stream, 0, [new NewEvent(Sample.Promised()) { Headers = "{" }])
            )
        );
        // Also if it was the fifth use of the statement, at which Npgsql prepares it.
        for (var version = 0; version < 10; version++)
        {
            await _ledger.Store.AppendAsync(Append.To(stream, version, new Started().On("2021")));
        }
    }

    private Task RefusedForBoth(ForeignEvent e, string what) =>
        Task.WhenAll(RefusedForOurs(e, what), RefusedForForeign(e, what));

    private async Task RefusedForOurs(ForeignEvent e, string what)
    {
        await using var connection = await _ledger.Database.OpenConnectionAsync();
        await ShouldRefuse(() => RawAppend.OneAsync(connection, e), e, what);
        await ShouldRefuse(
            () =>
            {
                var whole = Fresh();
                return RawAppend.ManyAsync(
                    connection,
                    [whole.Stream, e.Stream],
                    [0, e.Version - 1],
                    [whole, e]
                );
            },
            e,
            what
        );
    }

    private async Task RefusedForForeign(ForeignEvent e, string what)
    {
        await using var foreign = await ForeignWriter.ConnectAsync(_ledger);
        await ShouldRefuse(() => Foreign(foreign, e), e, what);
    }

    private static async Task Foreign(ForeignWriter foreign, ForeignEvent e)
    {
        await foreign.BeginAsync();
        try
        {
            if (e.Stream != "mt_tombstone")
            {
                await foreign.RaiseAsync(e.Stream, e.Version - 1, e.Version);
            }

            await foreign.InsertAsync(e);
            await foreign.CommitAsync();
        }
        catch
        {
            await foreign.RollbackAsync();
            throw;
        }
    }

    private async Task ShouldRefuse(Func<Task> write, ForeignEvent e, string what)
    {
        var refusal = await Should.ThrowAsync<PostgresException>(write);
        refusal.SqlState.ShouldBeOneOf(
            "LG400",
            "LG412", // version 0 or below: no stream is at the version before
            PostgresErrorCodes.UntranslatableCharacter,
            PostgresErrorCodes.InvalidTextRepresentation,
            PostgresErrorCodes.StringDataRightTruncation,
            PostgresErrorCodes.StatementTooComplex
        );
        refusal.MessageText.ShouldNotContain("permission", customMessage: what);
        (
            await _ledger.AskAsync<long>(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                    select (select count(*) from ledger.mt_events where id = '{e.Id}')
                         + (select count(*) from ledger.log_index where event_id = '{e.Id}')
                         + (select count(*) from ledger.pending_tx)
                    """
                )
            )
        ).ShouldBe(0, what);
    }

    private static ForeignEvent Fresh() =>
        new($"promise:admission-{Interlocked.Increment(ref s_last)}", 1);

    private static string Sized(int bytes) =>
        $$"""{"a": "{{new string('a', bytes - """{"a": ""}""".Length)}}"}""";

    private static string Repeat(string text, int times) =>
        string.Concat(Enumerable.Repeat(text, times));

    // The object itself is level 0.
    private static string Nested(int levels) =>
        $$"""{"a": {{new string('[', levels - 1)}}1{{new string(']', levels - 1)}}}""";

    public sealed class OneLedger : IAsyncLifetime
    {
        public TestLedger Ledger { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Ledger = await TestLedger.CreateAsync();

        public ValueTask DisposeAsync() => Ledger.DisposeAsync();
    }
}
