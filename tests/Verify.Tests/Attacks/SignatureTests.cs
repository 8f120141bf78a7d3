using Verify.Tests.Log;

namespace Verify.Tests.Attacks;

public sealed class SignatureTests : IDisposable
{
    private readonly Watchdog _watchdog = new();

    [Fact]
    public async Task A_forged_checkpoint_is_named_so()
    {
        await using var site = await FakeSite.StartAsync(20);
        site.Checkpoint = site.Checkpoint.Replace("\n20\n", "\n19\n", StringComparison.Ordinal);
        (await _watchdog.CheckAsync(site)).ShouldBeFault("signature-forged");
    }

    [Fact]
    public async Task A_checkpoint_from_another_key_of_the_same_name_is_named_so()
    {
        await using var site = await FakeSite.StartAsync(20);
        var other = Signer.Log(site.Key.Name);
        (await _watchdog.CheckAsync(site.Address, other.VerifierKey)).ShouldBeFault(
            "signature-other-key"
        );
    }

    [Fact]
    public async Task A_checkpoint_of_another_log_bears_no_signature_of_this_one()
    {
        await using var site = await FakeSite.StartAsync(20);
        var other = Signer.Log("anderswo.example/log");
        (await _watchdog.CheckAsync(site.Address, other.VerifierKey)).ShouldBeFault(
            "signature-missing"
        );
    }

    [Fact]
    public async Task A_checkpoint_that_names_another_origin_than_its_key_is_named_so()
    {
        await using var site = await FakeSite.StartAsync(20);
        var body = site.Log.Body("anderswo.example/log");
        site.Checkpoint = $"{body}\n{site.Key.Line(body)}";
        (await _watchdog.CheckAsync(site)).ShouldBeFault("origin-differs");
    }

    [Theory]
    [InlineData("007")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("")]
    public async Task A_signed_note_that_is_no_checkpoint_is_malformed(string size)
    {
        await using var site = await FakeSite.StartAsync(20);
        var body = $"{site.Key.Name}\n{size}\n{Convert.ToBase64String(new byte[32])}\n";
        site.Checkpoint = $"{body}\n{site.Key.Line(body)}";
        (await _watchdog.CheckAsync(site)).ShouldBeFault("checkpoint-malformed");
    }

    [Fact]
    public async Task A_size_that_nobody_can_have_is_missing_entries()
    {
        await using var site = await FakeSite.StartAsync(20);
        var body = $"{site.Key.Name}\n{long.MaxValue}\n{Convert.ToBase64String(new byte[32])}\n";
        site.Checkpoint = $"{body}\n{site.Key.Line(body)}";
        (await _watchdog.CheckAsync(site)).Exit.ShouldBe(1);
    }

    [Fact]
    public async Task Signatures_of_unknown_keys_are_passed_over()
    {
        await using var site = await FakeSite.StartAsync(20);
        var at = site.Checkpoint.IndexOf("\n\n", StringComparison.Ordinal) + 2;
        site.Checkpoint = site.Checkpoint.Insert(at, "— fremd.example/x AAAABgECAw==\n");
        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
    }

    [Fact]
    public async Task After_a_change_of_keys_both_are_given_and_the_memory_stays_valid()
    {
        await using var site = await FakeSite.StartAsync(20);
        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
        var next = Signer.Log(site.Key.Name);
        var body = site.Log.Record(5).Body(next.Name);
        site.Serve(site.Log);
        site.Checkpoint = $"{body}\n{next.Line(body)}";
        (await _watchdog.CheckAsync(site.Address, next.VerifierKey)).ShouldBeUnchecked(
            "state-unusable"
        );
        Verify.Notes.VerifierKey.TryParse(site.Key.VerifierKey, out var old).ShouldBeTrue();
        var verdict = await _watchdog.CheckAsync(
            site.Address,
            next.VerifierKey,
            r => r with { Keys = [.. r.Keys, old!] }
        );
        verdict.ShouldBeWhole();
        verdict.Remembered.ShouldBe(1);
    }

    public void Dispose() => _watchdog.Dispose();
}
