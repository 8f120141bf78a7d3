using Ledger.EventStore;
using Projections.Engine;
using Web.Hosting;

namespace Web.Cli;

/// <summary><c>./ledger rebuild</c> and <c>./ledger check</c>.</summary>
internal static class UpkeepCommands
{
    public static async Task<int> RebuildAsync(string[] names, CancellationToken stop)
    {
        await using var ledger = await Commands.OpenAsync(stop);
        var progress = Hosting.Progress.OnConsole();
        var chosen = Chosen(ledger, names);
        await ledger.Engine.PrepareAsync(null, stop);
        foreach (var projection in chosen)
        {
            var events = await ledger.Engine.RebuildAsync(
                projection,
                (done, of) => progress.Count($"Rebuilding {projection.Name}", done, of),
                stop
            );
            progress.Step($"{projection.Name} is made anew from {events} events");
        }

        return 0;
    }

    public static async Task<int> CheckAsync(CancellationToken stop)
    {
        await using var ledger = await Commands.OpenAsync(stop);
        var progress = Hosting.Progress.OnConsole();
        await ledger.Engine.PrepareAsync(null, stop);
        List<string> faults = [.. await RecordCheck.WholeAsync(ledger.Database, stop)];
        foreach (
            var state in (await ledger.Engine.StateAsync(stop)).Where(s => s.Stopped is not null)
        )
        {
            faults.Add($"{state.Name} is stopped: {state.Stopped!.Reason}");
        }

        foreach (var projection in ledger.Engine.Projections)
        {
            try
            {
                faults.AddRange(
                    await ledger.Engine.CheckAsync(
                        projection,
                        (done, of) => progress.Count($"Folding {projection.Name} anew", done, of),
                        stop
                    )
                );
            }
            catch (UnfoldableEventException e)
            {
                faults.Add($"{projection.Name} cannot be folded anew: {e.Message}");
            }
        }

        faults.AddRange(await LogFiles.CheckAsync(ledger, progress, stop));
        progress.Step("Checked");
        foreach (var fault in faults)
        {
            Console.WriteLine(fault);
        }

        if (faults.Count == 0)
        {
            Console.WriteLine(
                $"The record of {await ledger.Store.NextIndexAsync(stop)} events is whole, and every read model says what it says."
            );
        }

        return faults.Count == 0 ? 0 : 1;
    }

    private static IReadOnlyList<IProjection> Chosen(OpenLedger ledger, string[] names)
    {
        var unknown = names.FirstOrDefault(n => ledger.Engine.Projections.All(p => p.Name != n));
        return unknown is null
            ? [.. ledger.Engine.Projections.Where(p => names.Length == 0 || names.Contains(p.Name))]
            : throw new Refusal(
                $"There is no read model '{unknown}'; there are {string.Join(", ", ledger.Engine.Projections.Select(p => p.Name))}."
            );
    }
}
