using Ledger.Transparency;
using Web.Hosting;

namespace Web.Log;

/// <summary>Whose log this is, as far as this node knows.</summary>
/// <param name="Origin">Its name in every signature.</param>
/// <param name="Key">The public key; null on a node that never signs and before a key is made.</param>
/// <param name="Policy">Witnesses and quorum.</param>
public sealed record LogIdentity(string Origin, VerifierKey? Key, LogPolicy Policy)
{
    /// <summary>Reads folder and database anew: a key can be made while the site runs.</summary>
    public static async Task<LogIdentity> ReadAsync(
        OpenLedger ledger,
        LogReader log,
        LogFolder? folder,
        CancellationToken cancellation
    )
    {
        var origin = await Ledger.EventStore.Origin.FixedAsync(ledger.Database, cancellation) ?? "";
        var newest = await log.NewestSignedAsync(cancellation);
        var key = newest is null ? null : VerifierKey.Parse(newest.Key);
        try
        {
            if (folder is not null && folder.HasKey)
            {
                key = folder.ReadKey(origin).Verifier;
            }
        }
        catch (LogFaultException)
        {
            // A key that does not fit is told by health; readers get the one that signed last.
        }

        return new LogIdentity(
            origin,
            key,
            folder is null ? LogPolicy.None : LogPolicy.Read(folder)
        );
    }
}

internal static class LogServices
{
    public static void AddLog(
        this IServiceCollection services,
        OpenLedger ledger,
        LogFolder? folder
    )
    {
        services.AddSingleton(new LogReader(ledger.Database));
        services.AddSingleton<PublishedTiles>();
        services.AddSingleton(s => new SealingLoop(
            ledger,
            s.GetRequiredService<ILogger<SealingLoop>>(),
            folder
        ));
        services.AddHostedService(s => s.GetRequiredService<SealingLoop>());
        services.AddSingleton<ReadLogIdentity>(s =>
            cancellation =>
                LogIdentity.ReadAsync(
                    ledger,
                    s.GetRequiredService<LogReader>(),
                    folder,
                    cancellation
                )
        );
    }
}

/// <summary>Tells whose log this is.</summary>
public delegate Task<LogIdentity> ReadLogIdentity(CancellationToken cancellation);
