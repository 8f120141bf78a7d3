using System.Reflection;

namespace Verify.Tests;

/// <summary>docs/verify.md tells the meaning of each word that a verdict can bear, in both languages.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void Every_word_of_a_verdict_is_explained_in_both_languages()
    {
        var halves = File.ReadAllText(Path.Combine(Root(), "docs", "verify.md"))
            .Split("# Checking the log yourself");
        halves.Length.ShouldBe(2);
        string[] words = [.. Codes(typeof(Faults)), .. Codes(typeof(Obstacles))];
        words.Length.ShouldBeGreaterThan(35);
        foreach (var word in words)
        {
            halves[0].ShouldContain($"`{word}`", Case.Sensitive);
            halves[1].ShouldContain($"`{word}`", Case.Sensitive);
        }
    }

    [Fact]
    public void Every_attack_in_the_table_has_the_test_and_the_word_that_it_names()
    {
        var rows = File.ReadAllLines(Path.Combine(Root(), "docs", "verify.md"))
            .SkipWhile(l => l != "### Who notices which attack")
            .Where(l =>
                l.StartsWith("| ", StringComparison.Ordinal)
                && l.Contains("Tests.", StringComparison.Ordinal)
            )
            .Select(l => l.Split('|', StringSplitOptions.TrimEntries))
            .ToList();
        rows.Count.ShouldBeGreaterThan(20);
        string[] words = [.. Codes(typeof(Faults))];
        foreach (var row in rows)
        {
            var (word, test) = (row[3], row[4].Trim('`').Split('.'));
            var source = File.ReadAllText(
                Directory
                    .GetFiles(
                        Path.Combine(Root(), "tests"),
                        $"{test[0]}.cs",
                        SearchOption.AllDirectories
                    )
                    .Single(f =>
                        File.ReadAllText(f).Contains($" {test[1]}(", StringComparison.Ordinal)
                    )
            );
            foreach (var code in word.Split(", "))
            {
                if (code.StartsWith('`'))
                {
                    words.ShouldContain(code.Trim('`'));
                }

                source.ShouldContain(code.Trim('`', '"'), Case.Sensitive, row[4]);
            }
        }
    }

    private static IEnumerable<string> Codes(Type type) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.Static)
            .Select(m =>
                m switch
                {
                    PropertyInfo p => p.GetValue(null),
                    MethodInfo { IsSpecialName: false } f => f.Invoke(
                        null,
                        [.. f.GetParameters().Select(p => Any(p.ParameterType))]
                    ),
                    _ => null,
                }
            )
            .Select(v => (v as Fault)?.Code ?? (v as Obstacle)?.Code)
            .OfType<string>();

    private static object? Any(Type type) =>
        type == typeof(string) ? ""
        : type == typeof(Verify.Notes.Checkpoint)
            ? new Verify.Notes.Checkpoint(
                "",
                0,
                default,
                new Verify.Notes.SignedNote("", []),
                default
            )
        : type.IsValueType ? Activator.CreateInstance(type)
        : null;

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Ledger.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
