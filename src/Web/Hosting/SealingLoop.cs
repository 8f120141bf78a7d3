using System.Diagnostics;
using Ledger.EventStore;
using Ledger.Transparency;
using Npgsql;

namespace Web.Hosting;

/// <summary>
/// Seals what is recorded and publishes checkpoints. One node owns the log at a time, by a lock that the database releases when the node's
/// connection ends; the same connection listens for new events. Idle, a commit is covered by a published checkpoint within tens of
/// milliseconds; under load a checkpoint is published about once a second.
/// </summary>
/// <param name="folder">Key and guard; null = this node seals and never signs.</param>
public sealed class SealingLoop(
    OpenLedger ledger,
    ILogger<SealingLoop> log,
    LogFolder? folder = null
) : BackgroundService
{
    private CosigningLoop? _cosigning;
    private Mirror? _mirror;

    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(1);

    /// <summary>Why the log does not go on, in a sentence; null while it does, or while another node owns it.</summary>
    public string? Fault { get; private set; }

    /// <summary>A sentence for each witness that did not cosign the newest checkpoint.</summary>
    public IReadOnlyList<string> WitnessFaults => _cosigning?.Faults ?? [];

    /// <summary>Why the mirror cannot be asked, in a sentence; null while it can, or when there is none.</summary>
    public string? MirrorFault => _mirror?.Fault;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        ledger.FollowAsync(
            (connection, succeeded) => OwnAsync(connection, succeeded, stoppingToken),
            (e, pause) =>
            {
                Fault = e.Message;
                log.LogWarning(e, "The log pauses for {Pause}", pause);
            },
            stoppingToken
        );

    private async Task OwnAsync(
        NpgsqlConnection connection,
        Action succeeded,
        CancellationToken stop
    )
    {
        while (!await TryLockAsync(connection, stop))
        {
            Fault = null;
            await Task.Delay(s_between, stop);
        }

        await connection.ListenAsync(stop, "ledger");

        var origin =
            await Origin.FixedAsync(ledger.Database, stop)
            ?? throw new LogFaultException("The origin is not fixed.");
        var sealer = new Sealer(ledger.Store, origin);
        if (folder is null)
        {
            await SealAsync(connection, sealer, null, succeeded, stop);
            return;
        }

        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        using var mirror = folder.Mirror is { } address ? new Mirror(address) : null;
        _mirror = mirror;
        var publisher = new Publisher(ledger.Database, origin, folder, mirror);
        _cosigning = new CosigningLoop(
            new Cosigning(ledger.Database, http),
            new LogReader(ledger.Database),
            publisher,
            log
        );
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task[] tasks =
        [
            SealAsync(connection, sealer, publisher, succeeded, either.Token),
            _cosigning.RunAsync(either.Token),
        ];
        try
        {
            // Neither ends but by a fault; then both begin anew.
            await await Task.WhenAny(tasks);
        }
        finally
        {
            await either.CancelAsync();
            await Task.WhenAll(tasks).ContinueWith(_ => { }, TaskScheduler.Default);
            (_cosigning, _mirror) = (null, null);
        }
    }

    private async Task SealAsync(
        NpgsqlConnection connection,
        Sealer sealer,
        Publisher? publisher,
        Action succeeded,
        CancellationToken stop
    )
    {
        var last = Stopwatch.GetTimestamp();
        var isFirst = true;
        while (true)
        {
            var more = await sealer.SealNextAsync(stop) > 0;
            var since = Stopwatch.GetElapsedTime(last);
            var isDue = since >= s_between || (isFirst && !more);
            if (isDue && await PublishAsync(publisher, stop))
            {
                last = Stopwatch.GetTimestamp();
                isFirst = false;
            }

            succeeded();
            if (!more)
            {
                // Up to a second after a checkpoint, what came meanwhile waits for the next one. Npgsql counts in whole
                // milliseconds, and takes none of them for an endless wait.
                await connection.WaitAsync(
                    isDue ? s_poll : s_between - since + TimeSpan.FromMilliseconds(1),
                    stop
                );
            }
        }
    }

    private async Task<bool> PublishAsync(Publisher? publisher, CancellationToken stop)
    {
        try
        {
            if (_cosigning?.Contradiction is { } contradiction)
            {
                throw new LogFaultException(contradiction);
            }

            var note = publisher is null ? null : await publisher.PublishAsync(stop);
            Fault = null;
            if (note is not null)
            {
                _cosigning?.Wake();
            }

            return note is not null;
        }
        catch (LogFaultException e)
        {
            if (Fault != e.Message)
            {
                log.LogError("The log is not signed: {Reason}", e.Message);
            }

            Fault = e.Message;
            return false;
        }
    }

    private static async Task<bool> TryLockAsync(
        NpgsqlConnection connection,
        CancellationToken stop
    )
    {
        await using var command = new NpgsqlCommand(
            "select pg_try_advisory_lock(hashtextextended('owner of the log', 0))",
            connection
        );
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }
}
