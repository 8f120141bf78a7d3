using System.CommandLine;
using Ledger.Recording;
using Web.Hosting;
using Web.Pages.Reports;

namespace Web.Cli;

/// <summary><c>./ledger reports</c>: what readers say is wrong.</summary>
internal static class ReportsCommand
{
    public static void AddTo(RootCommand root)
    {
        var all = new Option<bool>("--all") { Description = "Those that are closed, too." };
        var reports = new Command("reports", "What readers report as wrong; private.") { all };
        reports.SetAction((parsed, stop) => ListAsync(parsed.GetValue(all), stop));

        var id = new Argument<long>("number");
        var close = new Command("close", "Close a report and forget the address it came with.")
        {
            id,
        };
        close.SetAction((parsed, stop) => CloseAsync(parsed.GetRequiredValue(id), stop));
        reports.Add(close);
        root.Add(reports);
    }

    private static async Task<int> ListAsync(bool all, CancellationToken stop)
    {
        await using var ledger = await Commands.OpenAsync(stop);
        var reports = await new ReportStore(ledger.Database).ListAsync(all, stop);
        foreach (var (id, received, report, closed) in reports)
        {
            Console.WriteLine(
                $"{id}  {BerlinTime.At(received):yyyy-MM-dd HH:mm}  {report.Page}{(closed is null ? "" : "  (closed)")}"
            );
            foreach (var line in report.Problem.Split('\n'))
            {
                Console.WriteLine($"    {line}");
            }

            if (report.Evidence is { } evidence)
            {
                Console.WriteLine($"    evidence: {evidence}");
            }

            if (report.Contact is { } contact)
            {
                Console.WriteLine($"    answer to: {contact}");
            }
        }

        if (reports.Count == 0)
        {
            Console.WriteLine(all ? "There is no report." : "There is no open report.");
        }

        return 0;
    }

    private static async Task<int> CloseAsync(long id, CancellationToken stop)
    {
        await using var ledger = await Commands.OpenAsync(stop);
        return await new ReportStore(ledger.Database).CloseAsync(id, stop)
            ? 0
            : throw new Refusal($"There is no open report {id}.");
    }
}
