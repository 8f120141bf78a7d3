using System.Text.RegularExpressions;
using Testing;

namespace Web.Tests.Pages.Crawling;

/// <summary>What two validators that are not ours say of the crawled pages.</summary>
public sealed partial class CrawlTests
{
    private static readonly int s_every = Load.IsLong ? 1 : 10;

    /// <summary>Pages of one thing or with a query, of which html-validate reads every tenth: they are many, alike, and it is slow.</summary>
    private static readonly string[] s_alike = ["_ereignisse_", "_zusagen_", "_ziele_", "%3f"];

    [Fact]
    public async Task Html_validate_finds_no_fault()
    {
        Assert.SkipWhen(Npm.Missing is not null, Npm.Missing ?? "");
        var alike = 0;
        var files = Directory
            .EnumerateFiles(crawl.Folder, "*.html")
            .Order(StringComparer.Ordinal)
            .Where(f =>
                !s_alike.Any(part => f.Contains(part, StringComparison.Ordinal))
                || alike++ % s_every == 0
            )
            .ToList();
        List<string> faults = [];

        // A command line has its limit.
        foreach (var some in files.Chunk(400))
        {
            var (code, said) = await Outside.RunAsync(
                Outside.Find("node")!,
                [
                    "node_modules/html-validate/bin/html-validate.mjs",
                    "--config",
                    "html/rules.mjs",
                    "--formatter",
                    "text",
                    .. some,
                ],
                Npm.Folder,
                TestContext.Current.CancellationToken
            );
            if (code != 0)
            {
                faults.Add(said);
            }
        }

        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_Nu_Html_Checker_finds_no_fault()
    {
        Assert.SkipWhen(Npm.Missing is not null, Npm.Missing ?? "");
        var java = Outside.Find("java");
        Assert.SkipWhen(
            java is null,
            "java is not installed: './ledger test' installs it on Debian (apt-get install default-jre-headless)."
        );
        var (_, said) = await Outside.RunAsync(
            java!,
            [
                "-jar",
                "node_modules/vnu-jar/build/dist/vnu.jar",
                "--exit-zero-always",
                // It would take a page in English with the titles of German sources for German.
                "--no-langdetect",
                "--skip-non-html",
                "--format",
                "gnu",
                crawl.Folder,
            ],
            Npm.Folder,
            TestContext.Current.CancellationToken
        );
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        // It has read the pages: of each it remarks that a void element need not be closed.
        lines
            .Count(l => l.Contains(": info: Trailing slash", StringComparison.Ordinal))
            .ShouldBeGreaterThan(crawl.Pages.Count);
        lines.Where(l => !Remark().IsMatch(l)).ShouldBeEmpty();
    }

    [GeneratedRegex(": info: ", RegexOptions.None, 1000)]
    private static partial Regex Remark();
}
