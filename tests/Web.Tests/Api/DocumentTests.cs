using System.Text;
using Ledger.Recording;
using Web.Api.Problems;

namespace Web.Tests.Api;

/// <summary>docs/api.md lists the problems that there are; <c>LEDGER_WRITE_DOCS=1</c> writes the lists anew.</summary>
public sealed class DocumentTests
{
    [Fact]
    public async Task The_document_lists_every_problem()
    {
        var file = Path.Combine(Repository.Root, "docs", "api.md");
        var committed = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var told = Between(
            Between(committed, "problems", ProblemTable()),
            "refusals",
            RefusalTable()
        );
        if (Environment.GetEnvironmentVariable("LEDGER_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(file, told, TestContext.Current.CancellationToken);
            return;
        }

        committed.ShouldBe(
            told,
            "docs/api.md lists other problems than there are: run this test once with LEDGER_WRITE_DOCS=1"
        );
    }

    private static string ProblemTable()
    {
        var table = new StringBuilder("| Type | Status | |\n| --- | --- | --- |\n");
        foreach (var (name, status, title) in ProblemTypes.All)
        {
            table.Append(null, $"| `{ProblemTypes.Prefix}{name}` | {status} | {title} |\n");
        }

        return table.ToString();
    }

    private static string RefusalTable()
    {
        var table = new StringBuilder(
            $"| Type, after `{ProblemTypes.Prefix}` | Sentence |\n| --- | --- |\n"
        );
        foreach (var objection in Objections.All.Where(o => o != Objections.Malformed))
        {
            table.Append(null, $"| `{objection.Code}` | {objection.Sentence.En} |\n");
        }

        return table.ToString();
    }

    private static string Between(string document, string mark, string table)
    {
        var (open, close) = ($"<!-- {mark} -->\n", $"<!-- /{mark} -->");
        var start = document.IndexOf(open, StringComparison.Ordinal) + open.Length;
        var end = document.IndexOf(close, StringComparison.Ordinal);
        return $"{document[..start]}{table}{document[end..]}";
    }
}
