using System.Collections.Concurrent;
using Npgsql;
using Projections.Engine;

namespace Web.Hosting;

/// <summary>
/// Keeps every projection up with the record. One node owns a projection at a time, by a lock that the database releases when the node's
/// connection ends; the same connection listens for new events, so that a commit is visible within milliseconds.
/// </summary>
public sealed class ProjectionLoop(OpenLedger ledger, ILogger<ProjectionLoop> log)
    : BackgroundService
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, string> _faults = new(StringComparer.Ordinal);

    /// <summary>Projections whose loop failed and is trying again, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Faults => _faults;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(ledger.Engine.Projections.Select(p => RunAsync(p, stoppingToken)));

    private async Task RunAsync(IProjection projection, CancellationToken stop)
    {
        var pause = TimeSpan.FromMilliseconds(100);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await OwnAsync(projection, () => pause = TimeSpan.FromMilliseconds(100), stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The database may be restarting; the pause grows to ten seconds, health says so meanwhile.
                _faults[projection.Name] = e.Message;
                log.LogWarning(
                    e,
                    "The projection {Projection} pauses for {Pause}",
                    projection.Name,
                    pause
                );
                await Task.Delay(pause, stop).ContinueWith(_ => { }, TaskScheduler.Default);
                pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
            }
        }
    }

    private async Task OwnAsync(IProjection projection, Action succeeded, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(ledger.Address)
            {
                Pooling = false,
                KeepAlive = 10,
            }.ConnectionString
        );
        await connection.OpenAsync(stop);
        while (!await TryLockAsync(connection, projection, stop))
        {
            _faults.TryRemove(projection.Name, out _);
            await Task.Delay(TimeSpan.FromSeconds(1), stop);
        }

        await using (var listen = new NpgsqlCommand("listen ledger", connection))
        {
            await listen.ExecuteNonQueryAsync(stop);
        }

        await ledger.Engine.ResumeAsync(projection, stop);
        while (true)
        {
            while (await ledger.Engine.AdvanceAsync(projection, stop)) { }

            _faults.TryRemove(projection.Name, out _);
            succeeded();
            await connection.WaitAsync(s_poll, stop);
        }
    }

    private static async Task<bool> TryLockAsync(
        NpgsqlConnection connection,
        IProjection projection,
        CancellationToken stop
    )
    {
        await using var command = new NpgsqlCommand(
            "select pg_try_advisory_lock(hashtextextended('owner of ' || $1, 0))",
            connection
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projection.Name });
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }
}
