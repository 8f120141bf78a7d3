using System.Diagnostics;
using Testing;

namespace Ledger.Tests.EventStore;

internal static class Waiting
{
    /// <summary>Returns when that many sessions of the ledger's database wait for a lock.</summary>
    public static async Task UntilSomeoneWaitsAsync(this TestLedger ledger, int sessions = 1)
    {
        var watch = Stopwatch.StartNew();
        while (
            await ledger.AskAsync<long>(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
            ) < sessions
        )
        {
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
            await Task.Delay(10);
        }
    }
}
