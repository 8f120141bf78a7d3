namespace Bench;

internal static class Report
{
    public static void Print(IReadOnlyList<Score> scores)
    {
        foreach (var s in scores)
        {
            Console.WriteLine(
                $"{s.Name, -50} {s.Ours, 18} {s.Reference, 18} {s.Ratio, 20} {s.Goal, 8} {s.Verdict}"
            );
        }
    }
}
