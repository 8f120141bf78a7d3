using Ledger.EventStore;
using Ledger.Method;
using Ledger.Promises;
using Ledger.Recording;
using Testing;

namespace Ledger.Tests.Method;

/// <summary>No status changes by a deploy alone: which rules hold stands in the record.</summary>
public sealed class MethodTests
{
    [Fact]
    public void The_rules_are_those_of_the_last_version()
    {
        // Whoever changes a row of the status table raises StatusRules.Version and adds it to MethodVersions.
        MethodVersions
            .All.Select(v => v.Number)
            .ShouldBe(Enumerable.Range(1, StatusRules.Version));
        MethodVersions.All[^1].Fingerprint.ShouldBe(StatusRules.Fingerprint);
    }

    [Fact]
    public async Task The_first_start_records_them_once()
    {
        await using var ledger = await TestLedger.CreateAsync();
        (await MethodSeed.EnsureAsync(ledger.Store)).ShouldBe(StatusRules.Version);
        (await MethodSeed.EnsureAsync(ledger.Store)).ShouldBe(0);
        var recorded = await ledger.Store.ReadStreamAsync(MethodVersions.Stream);
        recorded
            .Select(e => e.Body.ShouldBeOfType<MethodRevised>().Fingerprint)
            .ShouldBe(MethodVersions.All.Select(v => v.Fingerprint));
    }

    [Fact]
    public async Task Nodes_that_start_together_record_them_once()
    {
        await using var ledger = await TestLedger.CreateAsync();
        var recorded = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => MethodSeed.EnsureAsync(ledger.Store))
        );
        recorded.Sum().ShouldBe(StatusRules.Version);
    }

    [Fact]
    public async Task A_program_with_older_rules_than_the_record_refuses_to_start()
    {
        await using var ledger = await TestLedger.CreateAsync();
        await MethodSeed.EnsureAsync(ledger.Store);
        var newer = StatusRules.Version + 1;
        await ledger.Store.AppendAsync(
            Append.To(MethodVersions.Stream, StatusRules.Version, Version(newer))
        );
        var refusal = await Should.ThrowAsync<SchemaException>(() =>
            MethodSeed.EnsureAsync(ledger.Store)
        );
        refusal.Message.ShouldContain($"version {newer} of the method");
    }

    [Fact]
    public void Only_the_program_records_them_and_one_after_another()
    {
        Decisions
            .Decide(MethodVersions.Stream, [], Version(1), DateTimeOffset.UnixEpoch)
            .ShouldBeOfType<Decision.Refused>()
            .Code.ShouldBe("reserved");
        Decisions
            .Decide(MethodVersions.Stream, [], new Reported().On("2025"), DateTimeOffset.UnixEpoch)
            .ShouldBeOfType<Decision.Refused>()
            .Code.ShouldBe("wrong-stream");
        MethodVersions.Decide([], Version(1)).ShouldBeOfType<Decision.Accepted>();
        MethodVersions
            .Decide([], Version(2))
            .ShouldBeOfType<Decision.Refused>()
            .Code.ShouldBe("version-not-next");
    }

    private static MethodRevised Version(int number) =>
        new()
        {
            Version = number,
            Fingerprint = new string('0', 64),
            Change = new("Erfunden."),
        };
}
