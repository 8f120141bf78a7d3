using Npgsql;

namespace Web.Api.Recording;

/// <summary>Forgets, once a day, the answers that were kept for their thirty days.</summary>
public sealed partial class ForgetAnswers(
    NpgsqlDataSource database,
    TimeProvider clock,
    ILogger<ForgetAnswers> log
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var daily = new PeriodicTimer(TimeSpan.FromDays(1), clock);
        try
        {
            do
            {
                await ForgetAsync(stoppingToken);
            } while (await daily.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task ForgetAsync(CancellationToken stop)
    {
        try
        {
            await using var command = database.CreateCommand(
                "select ledger.forget_answers(interval '30 days')"
            );
            await command.ExecuteNonQueryAsync(stop);
        }
        catch (NpgsqlException e)
        {
            LogFault(log, e);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Old answers are forgotten tomorrow: the database did not answer"
    )]
    private static partial void LogFault(ILogger log, Exception e);
}
