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
    private readonly ConcurrentDictionary<string, string> _faults = new(StringComparer.Ordinal);

    /// <summary>Projections whose loop failed and is trying again, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Faults => _faults;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(ledger.Engine.Projections.Select(p => RunAsync(p, stoppingToken)));

    private Task RunAsync(IProjection projection, CancellationToken stop) =>
        ledger.FollowAsync(
            (connection, succeeded) => OwnAsync(connection, projection, succeeded, stop),
            (e, pause) =>
            {
                _faults[projection.Name] = e.Message;
                log.LogWarning(
                    e,
                    "The projection {Projection} pauses for {Pause}",
                    projection.Name,
                    pause
                );
            },
            stop
        );

    private async Task OwnAsync(
        NpgsqlConnection connection,
        IProjection projection,
        Action succeeded,
        CancellationToken stop
    )
    {
        while (!await TryLockAsync(connection, projection, stop))
        {
            _faults.TryRemove(projection.Name, out _);
            await Task.Delay(TimeSpan.FromSeconds(1), stop);
        }

        await connection.ListenAsync(stop, "ledger");

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
