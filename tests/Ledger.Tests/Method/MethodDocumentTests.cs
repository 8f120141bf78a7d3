using System.Runtime.CompilerServices;
using Ledger.Method;

namespace Ledger.Tests.Method;

/// <summary>docs/method.md says what the code does.</summary>
public sealed class MethodDocumentTests
{
    [Fact]
    public void The_tables_of_the_method_are_those_of_the_code()
    {
        var path = Path.GetFullPath(Path.Combine(Folder(), "..", "..", "..", "docs", "method.md"));
        var document = File.ReadAllText(path);
        var filled = MethodTables.Fill(document);
        if (Environment.GetEnvironmentVariable("LEDGER_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, filled);
            return;
        }

        (document == filled).ShouldBeTrue(
            "docs/method.md is not what the code decides; make it anew with: LEDGER_WRITE_DOCS=1 ./ledger test --filter MethodDocument"
        );
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
