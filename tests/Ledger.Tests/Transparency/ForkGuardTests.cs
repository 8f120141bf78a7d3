using Ledger.EventStore;
using Ledger.Transparency;
using Testing;

namespace Ledger.Tests.Transparency;

/// <summary>
/// What the server itself notices on start and before each signature: an old dump that was restored, another history, a key that does not
/// fit. It refuses to sign and says so in a sentence.
/// </summary>
public sealed class ForkGuardTests : IAsyncLifetime
{
    private const string Origin = "zusagen.example/log";

    private readonly LogFolder _folder = new(
        Path.Combine(Path.GetTempPath(), $"zusagenbuch-guard-{Guid.CreateVersion7():N}")
    );

    private TestLedger _ledger = null!;

    private Publisher Publisher => new(_ledger.Database, Origin, _folder);

    public async ValueTask InitializeAsync()
    {
        _ledger = await TestLedger.CreateAsync();
        _folder.CreateKey(Origin, isNewLog: true);
        await RecordAsync(5);
        await Publisher.PublishAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        Directory.Delete(_folder.Folder, recursive: true);
    }

    [Fact]
    public async Task An_old_dump_that_was_restored_is_not_signed_even_after_it_grew()
    {
        await using var restored = await TestLedger.CreateAsync();
        await RecordAsync(3, restored);
        var publisher = new Publisher(restored.Database, Origin, _folder);

        (
            await Should.ThrowAsync<LogFaultException>(() => publisher.PublishAsync())
        ).Message.ShouldContain("it is older");
        await RecordAsync(4, restored);
        (
            await Should.ThrowAsync<LogFaultException>(() => publisher.PublishAsync())
        ).Message.ShouldContain("another root");
        (
            await Should.ThrowAsync<LogFaultException>(() => publisher.AdoptAsync(newKey: true))
        ).Message.ShouldContain("another root");
        (await new LogReader(restored.Database).NewestSignedAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_mirror_knows_better_where_the_guard_was_restored_with_the_database()
    {
        var seen = _folder.ReadGuard()!;
        await using var restored = await TestLedger.CreateAsync();
        await RecordAsync(3, restored);
        var head = await new LogReader(restored.Database).HeadAsync();
        _folder.WriteGuard(
            new Checkpoint(Origin, head.Size, head.Root).Sign(_folder.ReadKey(Origin))
        );

        await using var shown = await MirrorSite.StartAsync(seen.ToString());
        using var mirror = new Mirror(shown.Address);
        var folder = _folder with { Mirror = shown.Address };
        var fault = await Should.ThrowAsync<LogFaultException>(() =>
            new Publisher(restored.Database, Origin, folder, mirror).PublishAsync()
        );
        fault.Message.ShouldContain($"A checkpoint of 5 entries was signed ({shown.Address})");
        fault.Message.ShouldContain("it is older");

        // What it showed once holds though it is asked again only in a minute.
        await Should.ThrowAsync<LogFaultException>(() =>
            new Publisher(restored.Database, Origin, folder, mirror).PublishAsync()
        );
        (await new LogReader(restored.Database).NewestSignedAsync()).ShouldBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no checkpoint")]
    [InlineData("endless")]
    public async Task A_mirror_that_cannot_be_read_holds_nothing_up_and_is_told(string? body)
    {
        await RecordAsync(1);
        await using var shown = await MirrorSite.StartAsync(body);
        using var mirror = new Mirror(shown.Address);
        var publisher = new Publisher(_ledger.Database, Origin, _folder, mirror);

        (await publisher.PublishAsync()).ShouldNotBeNull();

        mirror.Fault.ShouldNotBeNull().ShouldContain(shown.Address.ToString());
    }

    [Fact]
    public async Task A_mirror_of_another_log_or_of_an_older_state_says_nothing_against_this_one()
    {
        var older = _folder.ReadGuard()!.ToString();
        var other = new Checkpoint(Origin, 900, new byte[32])
            .Sign(SigningKey.Generate(Origin))
            .ToString();
        foreach (var body in (string[])[older, other])
        {
            await RecordAsync(1);
            await using var shown = await MirrorSite.StartAsync(body);
            using var mirror = new Mirror(shown.Address);
            (
                await new Publisher(_ledger.Database, Origin, _folder, mirror).PublishAsync()
            ).ShouldNotBeNull();
            mirror.Fault.ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_missing_guard_is_adopted_by_a_person_or_nothing_is_signed()
    {
        File.Delete(_folder.GuardFile);
        await RecordAsync(1);

        (
            await Should.ThrowAsync<LogFaultException>(() => Publisher.PublishAsync())
        ).Message.ShouldContain("./ledger log adopt");
        Checkpoint.Parse((await Publisher.AdoptAsync(newKey: false)).Text).Size.ShouldBe(5);
        Checkpoint.Parse((await Publisher.PublishAsync())!.Text).Size.ShouldBe(6);
    }

    [Fact]
    public async Task A_damaged_guard_is_said_and_nothing_is_signed()
    {
        await File.WriteAllTextAsync(_folder.GuardFile, "zusagen");
        await RecordAsync(1);

        (
            await Should.ThrowAsync<LogFaultException>(() => Publisher.PublishAsync())
        ).Message.ShouldContain("damaged");
    }

    [Fact]
    public async Task Another_key_of_the_same_name_does_not_fit_until_a_person_says_that_it_is_new()
    {
        File.Delete(_folder.KeyFile);
        var key = _folder.CreateKey(Origin, isNewLog: false);
        await RecordAsync(1);

        (
            await Should.ThrowAsync<LogFaultException>(() => Publisher.PublishAsync())
        ).Message.ShouldContain("does not fit");
        (
            await Should.ThrowAsync<LogFaultException>(() => Publisher.AdoptAsync(newKey: false))
        ).Message.ShouldContain("--new-key");
        await Publisher.AdoptAsync(newKey: true);
        (await Publisher.PublishAsync())!.By(key.Verifier).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_key_of_another_log_does_not_fit()
    {
        File.Delete(_folder.KeyFile);
        _folder.WriteKey(SigningKey.Generate("andere.example/log"));

        (
            await Should.ThrowAsync<LogFaultException>(() => Publisher.PublishAsync())
        ).Message.ShouldContain("andere.example/log");
    }

    [Fact]
    public async Task A_missing_key_is_said()
    {
        File.Delete(_folder.KeyFile);
        (
            await Should.ThrowAsync<LogFaultException>(() => Publisher.PublishAsync())
        ).Message.ShouldContain("./ledger key create");
    }

    [Fact]
    public async Task A_tile_that_was_changed_under_the_tree_is_noticed_before_signing()
    {
        await RecordAsync(1);
        await _ledger.RunAsync(
            "alter table ledger.log_tile disable trigger all; update ledger.log_tile set hashes = overlay(hashes placing '\\x00' from 190)"
        );

        (
            await Should.ThrowAsync<LogFaultException>(() => Publisher.PublishAsync())
        ).Message.ShouldContain("root of its tiles");
        await Should.ThrowAsync<LogFaultException>(() =>
            new Sealer(_ledger.Store, Origin).SealNextAsync()
        );
    }

    [Fact]
    public async Task A_key_is_never_overwritten_and_read_by_nobody_else()
    {
        Should
            .Throw<LogFaultException>(() => _folder.CreateKey(Origin, isNewLog: true))
            .Message.ShouldContain("never overwritten");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_folder.KeyFile)
                .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.SetUnixFileMode(_folder.KeyFile, UnixFileMode.UserRead | UnixFileMode.GroupRead);
            Should
                .Throw<LogFaultException>(() => _folder.ReadKey(Origin))
                .Message.ShouldContain("chmod 600");
            File.SetUnixFileMode(_folder.KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await Publisher.CheckAsync();
    }

    [Fact]
    public async Task After_a_death_between_any_two_steps_publishing_goes_on_with_the_same_signature()
    {
        await RecordAsync(1);
        var key = _folder.ReadKey(Origin);
        var head = await new LogReader(_ledger.Database).HeadAsync();
        var note = new Checkpoint(Origin, head.Size, head.Root).Sign(key);

        // Died after keeping the note, then after writing the guard.
        await _ledger.RunAsync(
            $"select ledger.keep_checkpoint({head.Size}, (select root from ledger.log_tree), '{key.Verifier}', '{note}')"
        );
        await Publisher.CheckAsync();
        _folder.WriteGuard(note);

        (await Publisher.PublishAsync())!.ToString().ShouldBe(note.ToString());
    }

    private Task RecordAsync(int count) => RecordAsync(count, _ledger);

    private static async Task RecordAsync(int count, TestLedger ledger)
    {
        var first = (int)await ledger.Store.NextIndexAsync();
        for (var n = first; n < first + count; n++)
        {
            await ledger.Store.AppendAsync(Append.To(Sample.Stream(n), 0, Sample.Promised(n)));
        }

        var sealer = new Sealer(ledger.Store, Origin);
        while (await sealer.SealNextAsync() > 0) { }
    }
}
