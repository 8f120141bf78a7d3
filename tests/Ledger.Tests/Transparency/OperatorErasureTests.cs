using System.Text;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Transparency;
using Npgsql;
using Testing;

namespace Ledger.Tests.Transparency;

/// <summary>Erasing and withholding: the values are gone, every saved proof stays valid, and nothing else can change.</summary>
public sealed class OperatorErasureTests : IAsyncLifetime
{
    private const string Secret = "Erna Erfunden";

    private static readonly Text s_ground = new("Auf Antrag der genannten Person.");
    private static readonly StreamKey s_stream = Sample.Stream(1);

    private LogFixture _log = null!;
    private NpgsqlDataSource _owner = null!;
    private Guid _stated;

    private OperatorErasure Erasure => new(_owner, _log.Folder, TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        _log = await LogFixture.CreateAsync();
        _owner = OperatorErasure.OpenOwner(_log.Ledger.AddressOf("postgres"));
        await _log.RecordAsync(3);
        await _log.Ledger.Store.AppendAsync(
            Append.To(s_stream, 1, new Started().On("2021"), new Reported().On("2022"))
        );
        var first = (await _log.Ledger.Store.ReadStreamAsync(s_stream))[0];
        var stated = new Stated
        {
            About = first.Id,
            Stance = Stance.Explains,
            Function = "Sprecherin einer erfundenen Initiative",
            Name = Secret,
            Text = "Das haben wir nie so gemeint.",
        }.On("2023");
        await _log.Ledger.Store.AppendAsync(Append.To(s_stream, 3, stated));
        _stated = (await _log.Ledger.Store.ReadStreamAsync(s_stream))[^1].Id;
        await _log.PublishAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _owner.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task Erasing_takes_the_values_away_and_leaves_every_saved_proof_valid()
    {
        var saved = await ProofText.OfAsync(_log.Log, 5);
        var entries = await _log.Log.ReadEntriesAsync(0, 10);

        (await Erasure.EraseAsync(_stated, [], s_ground)).ShouldBeOfType<Decision.Accepted>();
        await _log.PublishAsync();

        (await _log.Ledger.AskAsync<long>("select count(*) from ledger.disclosure")).ShouldBe(0);
        (await EverythingAsync()).ShouldNotContain(Secret);
        var declared = (await _log.Ledger.Store.ReadStreamAsync(s_stream))[^1];
        declared.Body.ShouldBeOfType<Erased>().Event.ShouldBe(_stated);
        declared.Body.RecordedBy.ShouldBe("operator");
        (await _log.Log.ReadEntriesAsync(0, 6))
            .Select(e => e.Bytes)
            .ShouldBe(entries.Take(6).Select(e => e.Bytes));
        await ShouldStillHoldAsync(saved!, 5);
        (await _log.CheckAsync()).ShouldBeEmpty();
        (await File.ReadAllTextAsync(_log.Folder.ErasuresFile)).ShouldNotContain(Secret);
    }

    [Fact]
    public async Task One_value_can_be_erased_and_the_other_stays()
    {
        (await Erasure.EraseAsync(_stated, ["name"], s_ground)).ShouldBeOfType<Decision.Accepted>();
        (
            await _log.Ledger.AskAsync<string>(
                "select string_agg(name, ',') from ledger.disclosure"
            )
        ).ShouldBe("text");
        (await Erasure.EraseAsync(_stated, ["name"], s_ground)).ShouldBeOfType<Decision.Refused>();
        (
            await Erasure.EraseAsync(Guid.CreateVersion7(), [], s_ground)
        ).ShouldBeOfType<Decision.Refused>();
    }

    [Fact]
    public async Task Withholding_blanks_event_and_entry_and_leaves_every_saved_proof_valid()
    {
        var saved = await ProofText.OfAsync(_log.Log, 3);
        var before = await RestAsync();

        (await Erasure.WithholdAsync(3, s_ground)).ShouldBeOfType<Decision.Accepted>();
        await _log.PublishAsync();

        var entry = (await _log.Log.ReadEntriesAsync(3, 1))[0];
        entry.Bytes.ShouldBeNull();
        var bundle = (await _log.Log.BundleAsync(new Tile(0, 0, 4)))!;
        bundle[^2..].ShouldBe([0, 0]);
        Encoding
            .UTF8.GetString((await _log.Ledger.Store.ReadAllAsync(3, 1))[0].Data.Span)
            .ShouldBe("{}");
        await ShouldStillHoldAsync(saved!, 3, entry.LeafHash);
        var withheld = (await _log.Log.WithheldAsync())[3];
        withheld.DeclaredBy.ShouldBe(6);
        withheld.LeafHash.ShouldBe(entry.LeafHash);
        (await RestAsync()).ShouldBe(before);
        (await _log.CheckAsync()).ShouldBeEmpty();
        Promise
            .From(await _log.Ledger.Store.ReadStreamAsync(s_stream))
            .Status.ShouldBe(PromiseStatus.Reported);
    }

    [Fact]
    public async Task What_is_not_sealed_yet_or_not_there_cannot_be_withheld()
    {
        await _log.RecordAsync(1);
        await Should.ThrowAsync<LogFaultException>(() => Erasure.WithholdAsync(6, s_ground));
        await Should.ThrowAsync<LogFaultException>(() => Erasure.WithholdAsync(99, s_ground));
        (await Erasure.WithholdAsync(3, s_ground)).ShouldBeOfType<Decision.Accepted>();
        (await Erasure.WithholdAsync(3, s_ground))
            .ShouldBeOfType<Decision.Refused>()
            .Code.ShouldBe("withheld-already");
    }

    [Fact]
    public async Task The_application_can_neither_erase_nor_withhold()
    {
        foreach (
            var attempt in (string[])
                [
                    $"select ledger.erase_disclosed('{_stated}', '{{}}')",
                    $"select ledger.withhold('{_stated}', 5, gen_random_uuid())",
                    "insert into ledger.log_withheld values (3, gen_random_uuid(), gen_random_uuid())",
                    "delete from ledger.disclosure",
                ]
        )
        {
            await using var command = _log.Ledger.Database.CreateCommand(attempt);
            (
                await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())
            ).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, attempt);
        }

        var app = new OperatorErasure(_log.Ledger.Database, _log.Folder, TimeProvider.System);
        await Should.ThrowAsync<PostgresException>(() => app.EraseAsync(_stated, [], s_ground));
        (await _log.Ledger.AskAsync<long>("select count(*) from ledger.disclosure")).ShouldBe(2);
    }

    [Fact]
    public async Task Even_the_owner_changes_nothing_else_of_a_withheld_event_and_nothing_of_another()
    {
        await Erasure.WithholdAsync(3, s_ground);
        foreach (
            var attempt in (string[])
                [
                    "update ledger.mt_events set data = '{}' where version = 1",
                    "update ledger.mt_events set data = '{\"a\": 1}' where data = '{}'",
                    "update ledger.mt_events set version = 9, data = '{}' where data = '{}'",
                    "update ledger.mt_events set type = 'reported' where data = '{}'",
                    "delete from ledger.mt_events where data = '{}'",
                    "update ledger.log_entry set entry = null where idx = 2",
                    "update ledger.log_entry set entry = 'x' where idx = 3",
                    "update ledger.log_entry set leaf_hash = sha256('') where idx = 3",
                    "delete from ledger.log_withheld",
                ]
        )
        {
            await using var command = _owner.CreateCommand(attempt);
            (
                await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())
            ).SqlState.ShouldBe("LG403", attempt);
        }
    }

    [Fact]
    public async Task After_restoring_a_backup_from_before_the_values_are_taken_away_again_and_declared_again()
    {
        var disclosed = await _log.Ledger.AskAsync<string>(
            "select jsonb_agg(to_jsonb(d))::text from ledger.disclosure d"
        );
        var events = await _log.Ledger.AskAsync<string>(
            "select jsonb_agg(to_jsonb(e) order by seq_id)::text from ledger.mt_events e"
        );
        await Erasure.EraseAsync(_stated, [], s_ground);
        await Erasure.WithholdAsync(3, s_ground);
        var declarations = (await _log.Ledger.Store.ReadAllAsync(6, 10)).Select(e => e.Id).ToList();

        // The restored backup: the same events and values, none of the declarations.
        await using var restored = await TestLedger.CreateAsync();
        await using (var connection = new NpgsqlConnection(restored.AddressOf("postgres")))
        {
            await connection.OpenAsync();
            await using var restore = new NpgsqlCommand(
                """
                set session_replication_role = replica;
                alter table ledger.mt_events disable trigger all; alter table ledger.mt_streams disable trigger all;
                alter table ledger.log_index disable trigger all; alter table ledger.log_head disable trigger all;
                """,
                connection
            );
            await restore.ExecuteNonQueryAsync();
            await using var rows = new NpgsqlCommand(
                """
                with e as (insert into ledger.mt_events select * from jsonb_populate_recordset(null::ledger.mt_events, $1::jsonb) returning *),
                s as (insert into ledger.mt_streams (id, type, version) select stream_id, split_part(stream_id, ':', 1), max(version) from e group by stream_id),
                i as (insert into ledger.log_index select row_number() over (order by seq_id) - 1, seq_id, id, now() from e)
                insert into ledger.disclosure select * from jsonb_populate_recordset(null::ledger.disclosure, $2::jsonb)
                """,
                connection
            );
            rows.Parameters.Add(new NpgsqlParameter<string> { TypedValue = events });
            rows.Parameters.Add(new NpgsqlParameter<string> { TypedValue = disclosed });
            await rows.ExecuteNonQueryAsync();
            await using var on = new NpgsqlCommand(
                """
                update ledger.log_head set next = 6; select setval('ledger.mt_events_sequence', 100);
                alter table ledger.mt_events enable always trigger append_only_rows; alter table ledger.mt_events enable always trigger admit_event;
                """,
                connection
            );
            await on.ExecuteNonQueryAsync();
        }

        var sealer = new Sealer(restored.Store, LogFixture.Origin);
        while (await sealer.SealNextAsync() > 0) { }

        (await OperatorErasure.IsAnyMissingAsync(restored.Database, _log.Folder)).ShouldBeTrue();
        await using var owner = OperatorErasure.OpenOwner(restored.AddressOf("postgres"));
        (
            await new OperatorErasure(owner, _log.Folder, TimeProvider.System).ReapplyAsync()
        ).ShouldBe(2);

        (await restored.AskAsync<long>("select count(*) from ledger.disclosure")).ShouldBe(0);
        Encoding
            .UTF8.GetString((await restored.Store.ReadAllAsync(3, 1))[0].Data.Span)
            .ShouldBe("{}");
        (await restored.Store.ReadAllAsync(6, 10)).Select(e => e.Id).ShouldBe(declarations);
        (await OperatorErasure.IsAnyMissingAsync(restored.Database, _log.Folder)).ShouldBeFalse();
        (
            await new OperatorErasure(owner, _log.Folder, TimeProvider.System).ReapplyAsync()
        ).ShouldBe(0);
    }

    private async Task ShouldStillHoldAsync(string proof, long index, byte[]? leafHash = null)
    {
        var lines = proof.Split('\n');
        var hashes = lines
            .Skip(2)
            .TakeWhile(l => l.Length > 0)
            .Select(Convert.FromBase64String)
            .ToList();
        var checkpoint = Checkpoint.Parse(
            SignedNote.Parse(string.Join('\n', lines.Skip(3 + hashes.Count))).Text
        );
        leafHash ??= Rfc6962.LeafHash((await _log.Log.ReadEntriesAsync(index, 1))[0].Bytes);
        Proofs
            .CheckRecord(hashes, checkpoint.Size, checkpoint.Root.Span, index, leafHash)
            .ShouldBeTrue();
        var newest = Checkpoint.Parse(
            SignedNote.Parse((await _log.Log.PublishedAsync())!.Note).Text
        );
        newest.Size.ShouldBeGreaterThan(checkpoint.Size);
        Proofs
            .CheckTree(
                await _log.Log.HashesAsync(Proofs.ProveTree(checkpoint.Size, newest.Size)),
                newest.Size,
                newest.Root.Span,
                checkpoint.Size,
                checkpoint.Root.Span
            )
            .ShouldBeTrue();
    }

    // Every row of every table, as text.
    private async Task<string> EverythingAsync()
    {
        var all = new StringBuilder();
        var tables = await _log.Ledger.AskAsync<string[]>(
            "select array_agg(format('%I.%I', schemaname, tablename)) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"
        );
        foreach (var table in tables)
        {
            all.Append(
                await _log.Ledger.AskAsync<string>(
                    $"select coalesce(string_agg(to_jsonb(t)::text, ' '), '') from {table} t"
                )
            );
        }

        return all.ToString();
    }

    // What must be the same before and after withholding index 3.
    private Task<string> RestAsync() =>
        _log.Ledger.AskAsync<string>(
            """
            select md5(string_agg(t, '|' order by t)) from (
              select e::text as t from ledger.mt_events e join ledger.log_index i using (seq_id) where i.idx < 6 and i.idx <> 3 union all
              select (to_jsonb(e) - 'data')::text from ledger.mt_events e join ledger.log_index i using (seq_id) where i.idx = 3 union all
              select i::text from ledger.log_index i where idx < 6 union all
              select l::text from ledger.log_entry l where idx < 6 and idx <> 3 union all
              select leaf_hash::text from ledger.log_entry where idx = 3) x
            """
        );
}
