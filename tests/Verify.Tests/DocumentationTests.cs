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
