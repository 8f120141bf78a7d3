using System.Diagnostics;
using System.Security.Cryptography;
using Ledger.Tests.Catalogue;
using Testing;
using CatalogueOf = Ledger.Catalogue.Catalogue;

namespace Ledger.Tests.Sources;

/// <summary><c>./ledger source</c> as an operator types it, over a record of the invented town and its invented document.</summary>
public sealed class SourceCommandTests : IAsyncLifetime
{
    private readonly SeedsFolder _seeds = new();
    private TestLedger _ledger = null!;

    public async ValueTask InitializeAsync()
    {
        var hash = Convert.ToHexStringLower(
            SHA256.HashData(await File.ReadAllBytesAsync(Documents.PrintedFile))
        );
        _seeds.Write(
            "sources/musterstadt-vereinbarung-2020.yaml",
            $$"""
            id: musterstadt-vereinbarung-2020
            title: {de: Erfundene Vereinbarung, en: Invented agreement}
            kind: agreement
            municipality: musterstadt
            proponents: [Liste Muster]
            published: {date: "2020", basis: derived}
            file: {name: musterstadt-gedruckt.txt, sha256: "{{hash}}", bytes: {{new FileInfo(
                Documents.PrintedFile
            ).Length}}}
            locators: printedLine
            normalisation: printed-lines/1
            lines: 31-60
            textLines: 22
            emptyLines: "32, 34, 39, 41, 46, 51, 55, 59"
            items: 5
            """
        );
        _seeds.Write(
            "councils/musterstadt.yaml",
            """
            municipality: musterstadt
            name: Musterstadt
            ags: "00000000"
            state: Nirgendwo
            events:
              - id: musterstadt-registered
                type: councilRegistered
                occurred: null
                summary: {de: Erfunden.}
                evidence:
                  - {url: "https://musterstadt.example/1", publisher: Stadt Musterstadt, retrieved: "2026-01-02"}
            """
        );
        File.Delete(Path.Combine(_seeds.Path, SeedsFolder.Events));
        WritePromise(42, 44);
        _seeds.Write(
            "left-out/musterstadt.yaml",
            """
            source: musterstadt-vereinbarung-2020
            leftOut:
              - {lines: 45, reason: framing}
              - {lines: 52-54, reason: criterion, of: musterstadt-baum}
            """
        );
        _ledger = await TestLedger.CreateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _seeds.Dispose();
        await _ledger.DisposeAsync();
    }

    private void WritePromise(int from, int to, string? fingerprint = null) =>
        _seeds.Write(
            SeedsFolder.Promises,
            $$"""
            source: musterstadt-vereinbarung-2020
            promises:
              - id: musterstadt-baum
                title: {de: Bänke und ein Brunnen}
                lines: {{from}}-{{to}}
                fingerprint: "{{fingerprint ?? Documents.Printed.Passage(from, to)!.Fingerprint}}"
                kind: new
                modality: will
                topic: umwelt-natur
                tier: core
                checkability: high
                deadline: {date: null, basis: none}
            """
        );

    private Task<long> RecordAsync() =>
        new CatalogueOf(_ledger.Store, TimeProvider.System).RecordAsync(_seeds.Path);

    private async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Web.dll"), "source", .. arguments]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__Ledger"] = _ledger.Address;
        start.Environment["ConnectionStrings__LedgerOwner"] = _ledger.AddressOf("postgres");
        start.Environment["LEDGER_SEEDS"] = _seeds.Path;
        using var program = Process.Start(start)!;
        var output = program.StandardOutput.ReadToEndAsync();
        var errors = program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (program.ExitCode, await output, await errors);
    }

    [Fact]
    public async Task A_clean_document_is_called_clean()
    {
        await RecordAsync();
        var (code, output, _) = await RunAsync("check", Documents.PrintedFile, "--lines");
        code.ShouldBe(0, output);
        output.ShouldContain("this is the registered file");
        output.ShouldContain("Items: 2 covered by promises, 3 left out (60 %), 0 both, 0 neither.");
        output.ShouldContain("  42-44\tmusterstadt-baum");
        output.ShouldContain("  line 43\tmusterstadt-baum");
        output.ShouldContain("Clean:");
    }

    [Fact]
    public async Task A_fault_is_named_and_ends_with_one()
    {
        WritePromise(42, 43, new string('0', 64));
        await RecordAsync();
        var (code, output, errors) = await RunAsync("check", Documents.PrintedFile);
        code.ShouldBe(1);
        output.ShouldContain("FAULT lines 42-43: promise:musterstadt-baum has the fingerprint 000");
        output.ShouldContain("FAULT lines 43-44: an item that no promise covers");
        output.ShouldContain("2 faults.");
        errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Seeds_can_be_checked_before_anything_is_recorded()
    {
        var (code, _, errors) = await RunAsync("check", Documents.PrintedFile);
        code.ShouldBe(1);
        errors.ShouldContain("No source is on record yet");
        _seeds.Replace("sources/musterstadt-vereinbarung-2020.yaml", "items: 5", "");
        (code, var output, errors) = await RunAsync("check", "--seeds", Documents.PrintedFile);
        code.ShouldBe(0, output + errors);
        output.ShouldContain("Clean:");
        output.ShouldContain("does not say yet: items: 5");
    }

    [Fact]
    public async Task Only_a_registered_file_is_kept_once_and_forgotten_again()
    {
        await RecordAsync();
        (await RunAsync("import", Documents.PhysicalFile)).ShouldSatisfyAllConditions(
            r => r.Code.ShouldBe(1),
            r => r.Errors.ShouldContain("is not a registered file"),
            r => r.Errors.ShouldContain("Closest by its name is 'musterstadt-gedruckt.txt'")
        );
        (await Lines()).ShouldBe(0);

        (await RunAsync("import", Documents.PrintedFile)).Output.ShouldContain("22 lines are kept");
        (await RunAsync("import", Documents.PrintedFile)).Output.ShouldContain("nothing changed");
        (await Lines()).ShouldBe(22);
        (await RunAsync("list")).Output.ShouldContain("text kept since");

        (await RunAsync("forget", "musterstadt-vereinbarung-2020")).Output.ShouldContain(
            "22 lines are erased"
        );
        (await Lines()).ShouldBe(0);
        (await RunAsync("forget", "musterstadt-vereinbarung-2020")).Code.ShouldBe(0);
        (await RunAsync("forget", "musterstadt-anders")).ShouldSatisfyAllConditions(
            r => r.Code.ShouldBe(1),
            r => r.Errors.ShouldContain("There is no source 'musterstadt-anders'")
        );

        Task<long> Lines() => _ledger.AskAsync<long>("select count(*) from ledger.source_text");
    }

    [Fact]
    public async Task Nonsense_is_refused_in_a_sentence()
    {
        await RecordAsync();
        foreach (var file in (string[])["/nirgends.txt", "/dev/zero"])
        {
            var (code, output, errors) = await RunAsync("check", file);
            code.ShouldBe(1);
            output.ShouldBeEmpty();
            errors.Trim().Split('\n')[^1].ShouldEndWith(".");
            errors.ShouldNotContain("   at ");
        }
    }
}
