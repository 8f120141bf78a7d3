using System.Diagnostics;
using Web.Hosting;

namespace Bench;

/// <summary>
/// Records the whole real catalogue into an empty ledger, indexed and folded into every read model, and then a second time, when nothing is
/// left to record: what each further start of an installation costs.
/// </summary>
internal static class RecordCatalogue
{
    private const int RoundCount = 5;

    public static async Task<IReadOnlyList<Score>> RunAsync(Stage stage)
    {
        var seeds = LedgerSettings.FromEnvironment().Seeds;
        List<double> first = [];
        List<double> second = [];
        long events = 0;
        for (var round = 0; round <= RoundCount; round++)
        {
            var prepared = await stage.NewDatabaseAsync();
            await using var ledger = new OpenLedger(prepared);
            await ledger.FixOriginAsync(null);
            var (recorded, took) = await TimeAsync(() => RecordAsync(ledger, seeds));
            events = await ledger.Store.NextIndexAsync();
            await using var again = new OpenLedger(prepared);
            var (nothing, tookAgain) = await TimeAsync(() => RecordAsync(again, seeds));
            if (recorded < 400 || nothing != 0)
            {
                throw new WrongResultException(
                    $"{recorded} events were recorded, and {nothing} the second time"
                );
            }

            var state = await ledger.Engine.StateAsync();
            if (state.Any(p => p.Next != events || p.Stopped is not null))
            {
                throw new WrongResultException("a read model is not up with the record");
            }

            if (round > 0)
            {
                first.Add(took);
                second.Add(tookAgain);
            }
        }

        return
        [
            Score.Alone(
                "record the catalogue from empty, folded",
                Score.Invariant($"{Rounds.Median(first) * 1000:N0} ms for {events} events")
            ),
            Score.Time("record it a second time, against the first", second, first, 0.1),
        ];
    }

    private static Task<long> RecordAsync(OpenLedger ledger, string seeds) =>
        ledger.RecordSeedsAsync(seeds, Progress.Silent);

    private static async Task<(long Result, double Seconds)> TimeAsync(Func<Task<long>> work)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        var result = await work();
        return (result, watch.Elapsed.TotalSeconds);
    }
}
