using System.Text.Json.Nodes;
using Verify.Tests.Log;

namespace Verify.Tests.Attacks;

/// <summary>A change of the log's key, honest and forged, as those see it who have the old key.</summary>
public sealed class RotationTests : IDisposable
{
    private readonly Watchdog _watchdog = new();
    private readonly Signer _next = Signer.Log();

    [Fact]
    public async Task Who_has_the_old_key_follows_to_the_new_one_with_what_was_remembered_before()
    {
        await using var site = await FakeSite.StartAsync(20);
        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
        Rotate(site);

        var verdict = await _watchdog.CheckAsync(site);
        verdict.ShouldBeWhole();
        verdict.Remembered.ShouldBe(1);
        verdict.IsSuccessor.ShouldBeTrue();
        verdict.Key!.Text.ShouldBe(_next.VerifierKey);
        Reporting.TextReport.Of(verdict, "de").ShouldContain($"--key '{_next.VerifierKey}'");

        (await _watchdog.CheckAsync(site.Address, _next.VerifierKey)).ShouldBeWhole();
    }

    [Fact]
    public async Task Two_changes_are_followed_one_after_the_other()
    {
        await using var site = await FakeSite.StartAsync(20);
        var last = Signer.Log();
        var first = Statement(site.Key, _next, 20);
        var second = Statement(_next, last, 21);
        Announce(site.Log, first);
        Announce(site.Log, second);
        Serve(site, last, [second, first]);

        (await _watchdog.CheckAsync(site)).ShouldBeWhole();
    }

    [Fact]
    public async Task A_change_that_the_old_key_did_not_sign_is_forged()
    {
        await using var site = await FakeSite.StartAsync(20);
        var thief = Signer.Log();
        var body = Body(site.Key, _next, 20);
        var forged = $"{body}\n{thief.Line(body)}{_next.Line(body)}";
        Announce(site.Log, forged);
        Serve(site, _next, [forged]);

        (await _watchdog.CheckAsync(site)).ShouldBeFault("rotation-forged");
    }

    [Fact]
    public async Task A_change_to_a_key_that_did_not_agree_is_forged()
    {
        await using var site = await FakeSite.StartAsync(20);
        var body = Body(site.Key, _next, 20);
        Serve(site, _next, [$"{body}\n{site.Key.Line(body)}"]);

        (await _watchdog.CheckAsync(site)).ShouldBeFault("rotation-forged");
    }

    [Fact]
    public async Task A_change_without_any_statement_is_still_another_key()
    {
        await using var site = await FakeSite.StartAsync(20);
        Serve(site, _next, []);

        (await _watchdog.CheckAsync(site)).ShouldBeFault("signature-other-key");
    }

    [Fact]
    public async Task A_change_that_no_entry_announces_is_found()
    {
        await using var site = await FakeSite.StartAsync(20);
        site.Log.Record(1);
        Serve(site, _next, [Statement(site.Key, _next, 20)]);

        (await _watchdog.CheckAsync(site)).ShouldBeFault("rotation-unannounced");
    }

    [Fact]
    public async Task A_key_that_signs_after_it_was_replaced_is_found_whether_the_change_is_shown_or_not()
    {
        await using var site = await FakeSite.StartAsync(20);
        var statement = Statement(site.Key, _next, 20);
        Announce(site.Log, statement);
        Serve(site, site.Key, [statement]);
        (await _watchdog.CheckAsync(site)).ShouldBeFault("key-retired");

        site.Lies.Remove("log/rotations");
        (await _watchdog.CheckAsync(site)).ShouldBeFault("key-retired");
    }

    [Fact]
    public async Task A_second_successor_of_one_key_is_found_by_who_remembers_the_first()
    {
        await using var site = await FakeSite.StartAsync(20);
        var honest = site.Log.Copy();
        Rotate(site);
        (await _watchdog.CheckAsync(site)).ShouldBeWhole();

        // Who stole the old key goes on from the same beginning.
        var thief = Signer.Log();
        var statement = Statement(site.Key, thief, 20);
        site.Serve(honest);
        Announce(site.Log, statement);
        Serve(site, thief, [statement]);

        (await _watchdog.CheckAsync(site)).ShouldBeFault("rotation-forked");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"items\":[{\"note\":1}]}")]
    [InlineData("{\"items\":[{\"note\":\"x\"}]}")]
    [InlineData("{\"items\":[],\"items\":[]}")]
    public async Task A_list_of_changes_that_cannot_be_read_accuses_nobody(string answer)
    {
        await using var site = await FakeSite.StartAsync(20);
        site.Lies["log/rotations"] = c =>
            c.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(answer)).AsTask();
        (await _watchdog.CheckAsync(site)).ShouldBeUnchecked("not-a-log");
    }

    private void Rotate(FakeSite site)
    {
        var statement = Statement(site.Key, _next, site.Log.Entries.Count);
        Announce(site.Log, statement);
        Serve(site, _next, [statement]);
    }

    private static void Serve(FakeSite site, Signer key, string[] statements)
    {
        site.Serve(site.Log);
        var body = site.Log.Body(key.Name);
        site.Checkpoint = $"{body}\n{key.Line(body)}";
        var list = new JsonObject
        {
            ["items"] = new JsonArray([.. statements.Select(s => new JsonObject { ["note"] = s })]),
        }.ToJsonString();
        site.Lies["log/rotations"] = c =>
            c.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(list)).AsTask();
    }

    private static void Announce(FakeLog log, string statement) =>
        log.Add(
            "log",
            "keyRotated",
            $$"""{"occurred":"2026","recordedBy":"operator","reviewedBy":null,"scope":"context","statement":{{Quoted(statement)}}}"""
        );

    // RFC 8785: newlines are escaped, the dash is not.
    private static string Quoted(string text) =>
        $"\"{text.Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    private static string Statement(Signer old, Signer next, int size)
    {
        var body = Body(old, next, size);
        return $"{body}\n{old.Line(body)}{next.Line(body)}";
    }

    private static string Body(Signer old, Signer next, int size) =>
        $"key-rotation/v1\nsize {size}\nold {old.VerifierKey}\nnew {next.VerifierKey}\n";

    public void Dispose() => _watchdog.Dispose();
}
