using Ledger.EventStore;
using Ledger.Recording;
using Ledger.Transparency;

namespace Ledger.Tests.Transparency;

/// <summary>A new key for the log while the old one is there to name it.</summary>
public sealed class KeyChangeTests : IAsyncLifetime
{
    private LogFixture _log = null!;
    private VerifierKey _old = null!;

    private VerifierKey Key => _log.Folder.ReadKey(LogFixture.Origin).Verifier;

    private KeyChange Change =>
        new(_log.Ledger.Store, LogFixture.Origin, _log.Folder, TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        _log = await LogFixture.CreateAsync();
        await _log.RecordAsync(5);
        await _log.PublishAsync();
        _old = Key;
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task The_old_key_names_the_new_one_an_event_announces_it_and_checkpoints_go_on_with_the_new()
    {
        var note = await Change.RunAsync();

        Key.ShouldNotBe(_old);
        note.By(_old).ShouldNotBeNull();
        note.By(Key).ShouldNotBeNull();
        KeyRotation.Parse(note.Text).ShouldBe(new KeyRotation(_old, Key, 5));
        var announced = (await _log.Log.RotationsAsync()).ShouldHaveSingleItem();
        (
            announced.Index,
            announced.From,
            announced.To,
            announced.Size,
            announced.Statement
        ).ShouldBe((5, _old.ToString(), Key.ToString(), 5, note.ToString()));
        await _log.PublishAsync();
        var newest = (await _log.Log.NewestSignedAsync())!;
        (newest.Size, newest.Key).ShouldBe((6, Key.ToString()));
        (await _log.CheckAsync()).ShouldBeEmpty();
        var policy = await LogPolicy.None.TextAsync(_log.Log, LogFixture.Origin, Key);
        policy.ShouldContain($"# signed checkpoints up to size 5, and none since: {_old}\n");
        policy.ShouldContain($"log {Key} https://");
    }

    [Fact]
    public async Task What_the_new_key_signs_first_shows_the_event_that_announces_it()
    {
        await _log.RecordAsync(300);
        await Change.RunAsync();

        var sealer = new Sealer(_log.Ledger.Store, LogFixture.Origin);
        await sealer.SealNextAsync();
        (await _log.Log.HeadAsync()).Size.ShouldBeLessThan(306);
        (await _log.Publisher.PublishAsync()).ShouldBeNull();

        await _log.PublishAsync();
        (await _log.Log.NewestSignedAsync())!.Size.ShouldBe(306);
    }

    [Fact]
    public async Task A_key_that_was_replaced_signs_nothing_any_more_and_names_nobody()
    {
        var guard = _log.Folder.ReadGuard()!;
        await Change.RunAsync();
        await _log.PublishAsync();

        // A node with a copy of the folder from before.
        File.Copy(_log.Folder.OldKeyFile, _log.Folder.KeyFile, overwrite: true);
        _log.Folder.WriteGuard(guard);
        await _log.RecordAsync(1);

        (
            await Should.ThrowAsync<LogFaultException>(() => _log.PublishAsync())
        ).Message.ShouldContain("was replaced, as the entry 5 of the log says");
        (await Should.ThrowAsync<LogFaultException>(() => Change.RunAsync())).Message.ShouldContain(
            "was replaced"
        );
        File.Exists(_log.Folder.NextKeyFile).ShouldBeFalse();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_death_between_two_steps_is_mended_and_meanwhile_nothing_is_signed(int died)
    {
        var old = _log.Folder.ReadKey(LogFixture.Origin);
        var guard = _log.Folder.ReadGuard()!;
        var note = await Change.RunAsync();
        var next = _log.Folder.ReadKey(LogFixture.Origin);

        // As the files were after the statement, the event, the keys' change of places.
        await File.WriteAllTextAsync(_log.Folder.RotationFile, note.ToString());
        _log.Folder.WriteGuard(guard);
        if (died < 3)
        {
            File.Move(_log.Folder.KeyFile, _log.Folder.NextKeyFile);
            _log.Folder.WriteKey(old);
        }

        if (died == 1)
        {
            await _log.DamageAsync(
                "mt_events",
                "alter table ledger.log_index disable trigger all; delete from ledger.log_index where idx = 5; delete from ledger.mt_events where type = 'key_rotated';"
                    + "alter table ledger.mt_streams disable trigger all; delete from ledger.mt_streams where id = 'log'; update ledger.log_head set next = 5"
            );
        }

        (
            await Should.ThrowAsync<LogFaultException>(() => _log.Publisher.PublishAsync())
        ).Message.ShouldContain("'./ledger key rotate' finishes it");
        (await Change.RunAsync()).ToString().ShouldBe(note.ToString());
        Key.ShouldBe(next.Verifier);
        (await _log.Log.RotationsAsync()).ShouldHaveSingleItem();
        await _log.PublishAsync();
        (await _log.Log.NewestSignedAsync())!.Key.ShouldBe(Key.ToString());
    }

    [Fact]
    public async Task A_log_that_may_not_be_signed_gets_no_new_key_either()
    {
        File.Delete(_log.Folder.GuardFile);
        await Should.ThrowAsync<LogFaultException>(() => Change.RunAsync());
        Key.ShouldBe(_old);
        (await _log.Log.RotationsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    [InlineData("of another key")]
    public async Task What_another_writer_says_of_keys_stops_no_signing(string? statement)
    {
        var thief = SigningKey.Generate(LogFixture.Origin);
        var forged = new KeyRotation(_old, thief.Verifier, 0).Sign(thief, thief).ToString();
        await _log.Ledger.Store.AppendAsync(
            Append.To(
                KeyChange.Stream,
                0,
                new KeyRotated
                {
                    From = _old.ToString(),
                    To = thief.Verifier.ToString(),
                    Size = 0,
                    Statement = statement == "of another key" ? forged : statement ?? "",
                    Scope = Scope.Context,
                }
            )
        );

        await _log.PublishAsync();

        (await _log.Log.NewestSignedAsync())!.Size.ShouldBe(6);
        (await _log.Log.RotationsAsync()).ShouldBeEmpty();
        await Change.RunAsync();
        await _log.PublishAsync();
        (await _log.Log.NewestSignedAsync())!.Key.ShouldBe(Key.ToString());
    }

    [Fact]
    public void Nobody_announces_a_change_of_keys_from_outside()
    {
        var forged = new KeyRotated
        {
            From = _old.ToString(),
            To = _old.ToString(),
            Size = 0,
            Statement = "x",
        };
        Decisions
            .Decide(KeyChange.Stream, [], forged, TimeProvider.System.GetUtcNow())
            .ShouldBeOfType<Decision.Refused>()
            .Code.ShouldBe(Objections.Reserved.Code);
    }
}
