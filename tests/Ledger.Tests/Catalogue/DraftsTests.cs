using System.Runtime.CompilerServices;
using System.Text.Json;
using Ledger.Catalogue;
using Ledger.Tests.Sources;
using Web.Hosting;
using CatalogueOf = Ledger.Catalogue.Catalogue;

namespace Ledger.Tests.Catalogue;

/// <summary>Nothing that was researched is dropped in silence: it is in the seeds, or listed with the reason.</summary>
public sealed class DraftsTests
{
    private static readonly string s_seeds = LedgerSettings.FromEnvironment().Seeds;

    [Fact]
    public async Task Every_researched_promise_is_on_record()
    {
        var drafts = await DraftsAsync("promises.json");
        var ids = CatalogueOf.Ids(s_seeds);
        drafts
            .RootElement.EnumerateArray()
            .Select(p => p.GetProperty("id").GetString()!)
            .Select(id => id.StartsWith("ivo-", StringComparison.Ordinal) ? $"krefeld-{id}" : id)
            .Where(id => !ids.Contains($"promise:{id}"))
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_researched_fact_is_on_record_or_stayed_out_with_a_reason()
    {
        var facts = await DraftsAsync("public-facts.json");
        Missing(facts.RootElement.EnumerateArray().Select(f => f.GetProperty("id").GetString()!))
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_fact_that_the_documents_tell_is_on_record_or_stayed_out_with_a_reason()
    {
        var facts = await DraftsAsync("facts.json");
        Missing(
                facts
                    .RootElement.GetProperty("events")
                    .EnumerateArray()
                    .Select(f => $"DOC-{f.GetProperty("id").GetString()}")
            )
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_measurable_target_of_the_documents_is_on_record()
    {
        var facts = await DraftsAsync("facts.json");
        var ids = CatalogueOf.Ids(s_seeds);
        var targets = facts
            .RootElement.GetProperty("quantitative_targets")
            .EnumerateArray()
            .Select(t => t.GetProperty("id").GetString()!)
            .Select(id => id.StartsWith("ivo-", StringComparison.Ordinal) ? $"krefeld-{id}" : id)
            .ToList();
        targets.Count.ShouldBe(51);
        targets.Where(id => !ids.Contains($"target:{id}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_item_is_frozen()
    {
        var frozen = (await File.ReadAllLinesAsync(Path.Combine(s_seeds, "FROZEN")))
            .Where(l => !l.StartsWith('#'))
            .Select(l => l.Split("  ")[1]);
        CatalogueOf
            .Ids(s_seeds)
            .Except(frozen)
            .ShouldBeEmpty("new items are frozen with: ./ledger seeds freeze");
    }

    [Fact]
    public async Task The_page_of_the_facts_is_that_of_the_seeds()
    {
        var path = Path.GetFullPath(
            Path.Combine(Folder(), "..", "..", "..", "docs", "catalogue.md")
        );
        var page = CatalogueReport.Write(s_seeds);
        if (Environment.GetEnvironmentVariable("LEDGER_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(path, page);
            return;
        }

        (await File.ReadAllTextAsync(path) == page).ShouldBeTrue(
            "docs/catalogue.md is not what the seeds say; make it anew with: ./ledger seeds report > docs/catalogue.md"
        );
    }

    // A fact may have become several events: SI-GS-01 and SI-GS-01-B.
    private static IEnumerable<string> Missing(IEnumerable<string> facts)
    {
        var known = CatalogueOf
            .Ids(s_seeds)
            .Where(id => id.StartsWith("event:", StringComparison.Ordinal))
            .Select(id => id["event:".Length..])
            .Concat(CatalogueReport.LeftOutIds(s_seeds))
            .ToList();
        return facts.Where(f =>
            !known.Exists(k => k == f || k.StartsWith($"{f}-", StringComparison.Ordinal))
        );
    }

    private static async Task<JsonDocument> DraftsAsync(string file)
    {
        var path = Path.Combine(Documents.RealFolder(), "..", "catalogue", file);
        Assert.SkipUnless(File.Exists(path), $"The drafts '{path}' are absent.");
        await using var stream = File.OpenRead(path);
        return await JsonDocument.ParseAsync(stream);
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
