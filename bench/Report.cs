using System.Diagnostics;
using System.Globalization;

namespace Bench;

/// <summary>Shows scores on the console, and keeps the table of <c>docs/performance.md</c>.</summary>
internal static class Report
{
    private const string Begin = "<!-- bench -->";
    private const string End = "<!-- /bench -->";

    public static void Print(IReadOnlyList<Score> scores)
    {
        foreach (var s in scores)
        {
            Console.WriteLine(
                $"{s.Name, -50} {s.Ours, 18} {s.Reference, 18} {s.Ratio, 20} {s.Goal, 8} {s.Verdict}"
            );
        }
    }

    /// <summary>Replaces the rows of these scores in the table between the two marks, or adds them; other rows stay with their own date.</summary>
    public static void Write(string file, IReadOnlyList<Score> scores)
    {
        var lines = File.ReadAllLines(file).ToList();
        var begin = lines.IndexOf(Begin);
        var end = lines.IndexOf(End);
        if (begin < 0 || end < begin + 3)
        {
            throw new InvalidOperationException($"{file} has no table between {Begin} and {End}.");
        }

        foreach (var score in scores)
        {
            var row = Row(score);
            var name = $"| {score.Name} |";
            var at = lines.FindIndex(
                begin,
                end - begin,
                l => l.StartsWith(name, StringComparison.Ordinal)
            );
            if (at >= 0)
            {
                lines[at] = row;
            }
            else
            {
                lines.Insert(end++, row);
            }
        }

        File.WriteAllLines(file, lines);
    }

    private static string Row(Score s)
    {
        var verdict = s.Met switch
        {
            true => ": met",
            false => ": **short**",
            null => "",
        };
        var day = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $"| {s.Name} | {s.Ours} | {s.Reference} | {s.Ratio} | {s.Goal}{verdict} | {day} {Commit()} |";
    }

    private static string Commit()
    {
        using var git = Process.Start(
            new ProcessStartInfo("git", "rev-parse --short HEAD")
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        return git.StandardOutput.ReadToEnd().Trim();
    }
}
