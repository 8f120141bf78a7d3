using System.Text;
using Ledger.EventStore;
using Ledger.Transparency;
using Npgsql;
using Testing;

namespace Ledger.Tests.Transparency;

/// <summary>Sealing follows the index, publishing follows sealing, and neither can be made to say two things of one size.</summary>
public sealed class SealingTests : IAsyncLifetime
{
    private const string Origin = "zusagen.example/log";

    private readonly LogFolder _folder = new(
        Path.Combine(Path.GetTempPath(), $"zusagenbuch-sealing-{Guid.CreateVersion7():N}")
    );

    private TestLedger _ledger = null!;
    private LogReader _log = null!;
    private SigningKey _key = null!;

    private Sealer NewSealer => new(_ledger.Store, Origin);

    private Publisher Publisher => new(_ledger.Database, Origin, _folder);

    public async ValueTask InitializeAsync()
    {
        _ledger = await TestLedger.CreateAsync();
        _log = new LogReader(_ledger.Database);
        _key = _folder.CreateKey(Origin, isNewLog: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        Directory.Delete(_folder.Folder, recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(600)]
    public async Task What_is_sealed_is_the_canonical_entries_and_their_tree(int count)
    {
        await RecordAsync(count);
        await SealAsync();

        var head = await _log.HeadAsync();
        head.Size.ShouldBe(count);
        var events = await _ledger.Store.ReadAllAsync(0, count);
        var entries = await _log.ReadEntriesAsync(0, count + 1);
        entries.Count.ShouldBe(count);
        var tree = new Tree();
        for (var i = 0; i < count; i++)
        {
            entries[i].Bytes.ShouldBe(CanonicalEntry.Of(Origin, events[i]));
            entries[i].LeafHash.ShouldBe(Rfc6962.LeafHash(entries[i].Bytes));
            entries[i].Event.ShouldBe(events[i].Id);
            tree.Add(entries[i].LeafHash);
        }

        head.Root.ShouldBe(tree.Root());
        foreach (var tile in Tile.Of(count))
        {
            (await _log.TileAsync(tile)).ShouldNotBeNull().Length.ShouldBe(tile.Width * 32);
        }

        (await NewSealer.SealNextAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Sealing_in_any_portions_by_any_sealer_gives_the_same_tree()
    {
        await RecordAsync(300);
        await SealAsync();
        await RecordAsync(1);
        await SealAsync();
        await RecordAsync(400);
        await SealAsync();

        var leaves = (await _log.ReadEntriesAsync(0, 1000)).Select(e => e.LeafHash).ToList();
        var tree = new Tree();
        leaves.ForEach(l => tree.Add(l));
        (await _log.HeadAsync()).Root.ShouldBe(tree.Root());
    }

    [Fact]
    public async Task Of_two_sealers_at_once_one_is_refused_and_the_log_is_whole()
    {
        await RecordAsync(2_000);

        var refused = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    var sealer = NewSealer;
                    while (true)
                    {
                        try
                        {
                            if (await sealer.SealNextAsync() == 0)
                            {
                                return;
                            }
                        }
                        catch (PostgresException e) when (e.SqlState == "LG409")
                        {
                            Interlocked.Increment(ref refused);
                        }
                    }
                })
        );

        TestContext.Current.TestOutputHelper?.WriteLine($"{refused} refused");
        (await _log.HeadAsync()).Size.ShouldBe(2_000);
        var tree = new Tree();
        foreach (var e in await _log.ReadEntriesAsync(0, 2_000))
        {
            tree.Add(e.LeafHash);
        }

        (await _log.HeadAsync()).Root.ShouldBe(tree.Root());
    }

    [Fact]
    public async Task A_checkpoint_is_signed_stored_guarded_and_published()
    {
        await RecordAsync(3);
        await SealAsync();

        var note = (await Publisher.PublishAsync()).ShouldNotBeNull();

        note.By(_key.Verifier).ShouldNotBeNull();
        var checkpoint = Checkpoint.Parse(note.Text);
        checkpoint.Size.ShouldBe(3);
        checkpoint.Root.ToArray().ShouldBe((await _log.HeadAsync()).Root);
        _folder.ReadGuard()!.ToString().ShouldBe(note.ToString());
        (await _log.PublishedAsync())!.Note.ShouldBe(note.ToString());
        (await Publisher.PublishAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Every_older_checkpoint_is_the_beginning_of_the_newest()
    {
        List<Checkpoint> checkpoints = [];
        foreach (var count in (int[])[1, 1, 254, 1, 300])
        {
            await RecordAsync(count);
            await SealAsync();
            checkpoints.Add(Checkpoint.Parse((await Publisher.PublishAsync())!.Text));
        }

        var newest = checkpoints[^1];
        foreach (var old in checkpoints)
        {
            var proof = await _log.HashesAsync(Proofs.ProveTree(old.Size, newest.Size));
            Proofs
                .CheckTree(proof, newest.Size, newest.Root.Span, old.Size, old.Root.Span)
                .ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_size_is_never_signed_with_another_root()
    {
        await RecordAsync(3);
        await SealAsync();
        await Publisher.PublishAsync();

        var other = new byte[32];
        (
            await Should.ThrowAsync<PostgresException>(() =>
                RunAsync("select ledger.keep_checkpoint(3, $1, 'k', 'n')", other)
            )
        ).SqlState.ShouldBe("LG409");
        await _ledger.RunAsync(
            "alter table ledger.log_tree disable trigger all; update ledger.log_tree set root = sha256('x')"
        );
        (
            await Should.ThrowAsync<PostgresException>(() =>
                RunAsync("select ledger.keep_checkpoint(3, $1, 'k', 'n')", Sha256("x"))
            )
        ).MessageText.ShouldContain("another root");
    }

    [Fact]
    public async Task The_application_changes_nothing_of_the_log_but_through_its_functions()
    {
        await RecordAsync(3);
        await SealAsync();
        await Publisher.PublishAsync();
        foreach (
            var attempt in (string[])
                [
                    "insert into ledger.log_entry values (3, '', sha256(''))",
                    "update ledger.log_entry set entry = ''",
                    "delete from ledger.log_entry",
                    "truncate ledger.log_tile",
                    "update ledger.log_tile set hashes = sha256('')",
                    "update ledger.log_tree set size = 2",
                    "update ledger.log_checkpoint set published = null",
                    "delete from ledger.log_checkpoint",
                    "insert into ledger.log_cosignature values (3, 'w', 'l', now())",
                ]
        )
        {
            (await Should.ThrowAsync<PostgresException>(() => RunAsync(attempt))).SqlState.ShouldBe(
                PostgresErrorCodes.InsufficientPrivilege,
                attempt
            );
            if (!attempt.StartsWith("insert", StringComparison.Ordinal))
            {
                (
                    await Should.ThrowAsync<PostgresException>(() =>
                        _ledger.RunAsync($"set role ledger_owner; {attempt}")
                    )
                ).SqlState.ShouldBe("LG403", attempt);
            }
        }
    }

    [Fact]
    public async Task Nothing_that_is_not_recorded_can_be_sealed()
    {
        await RecordAsync(1);
        const string Seal =
            "select ledger.seal($1, array[''::bytea, ''], array[sha256(''), sha256('')], '{0}', '{0}', array[sha256('') || sha256('')], sha256(''))";

        (await Should.ThrowAsync<PostgresException>(() => RunAsync(Seal, 0L))).SqlState.ShouldBe(
            "LG400"
        );
        (await Should.ThrowAsync<PostgresException>(() => RunAsync(Seal, 1L))).SqlState.ShouldBe(
            "LG409"
        );
    }

    [Fact]
    public async Task Tile_and_leaves_cannot_part()
    {
        await RecordAsync(1);
        (
            await Should.ThrowAsync<PostgresException>(() =>
                RunAsync(
                    "select ledger.seal(0, array[''::bytea], array[sha256('')], '{0}', '{0}', array[sha256('') || sha256('')], sha256(''))"
                )
            )
        ).SqlState.ShouldBe("LG400");
    }

    private async Task RecordAsync(int count)
    {
        var first = (int)await _ledger.Store.NextIndexAsync();
        await _ledger.Store.RecordBulkAsync(
            Enumerable
                .Range(first, count)
                .Select(n => Append.To(Sample.Stream(n), 0, Sample.Promised(n)))
        );
    }

    private async Task SealAsync()
    {
        var sealer = NewSealer;
        while (await sealer.SealNextAsync() > 0) { }
    }

    private async Task RunAsync(string sql, params object[] values)
    {
        await using var command = _ledger.Database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }

    private static byte[] Sha256(string text) =>
        System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
