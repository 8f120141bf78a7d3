using Npgsql;

namespace Web.Hosting;

/// <summary>
/// Work of a node that follows the database without end, over a connection of its own. After a fault (the database may be restarting) it
/// begins anew, after a pause that grows to ten seconds while faults go on.
/// </summary>
internal static class Following
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(10);

    /// <summary>Follows until it is stopped.</summary>
    /// <param name="work">
    /// What it does over the connection, which may listen and hold locks: they end with it. It calls the action each time that it came
    /// through, so that the next fault pauses briefly again.
    /// </param>
    /// <param name="paused">Hears of each fault and of the pause that follows.</param>
    public static async Task FollowAsync(
        this OpenLedger ledger,
        Func<NpgsqlConnection, Action, Task> work,
        Action<Exception, TimeSpan> paused,
        CancellationToken stop
    )
    {
        var pause = s_firstPause;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(
                    new NpgsqlConnectionStringBuilder(ledger.Address)
                    {
                        Pooling = false,
                        KeepAlive = 10,
                    }.ConnectionString
                );
                await connection.OpenAsync(stop);
                await work(connection, () => pause = s_firstPause);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                paused(e, pause);
                await Task.Delay(pause, stop).ContinueWith(_ => { }, TaskScheduler.Default);
                pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
            }
        }
    }

    /// <summary>Begins to hear what is told on channels.</summary>
    public static async Task ListenAsync(
        this NpgsqlConnection connection,
        CancellationToken cancellation,
        params IEnumerable<string> channels
    )
    {
        await using var listen = new NpgsqlCommand(
            string.Join("; ", channels.Select(c => $"listen {c}")),
            connection
        );
        await listen.ExecuteNonQueryAsync(cancellation);
    }
}
