using Ledger.Postgres;

namespace Web.Hosting;

/// <summary>Starts the embedded PostgreSQL again when it died under the application.</summary>
public sealed class PostgresWatch(OpenLedger ledger, ILogger<PostgresWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (ledger.Server is not { } server)
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await server.EnsureRunningAsync(stoppingToken);
            }
            catch (StartRefused e)
            {
                log.LogError("{Reason}", e.Message);
            }
        }
    }
}
