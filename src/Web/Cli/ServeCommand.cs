using System.CommandLine;
using System.Diagnostics;
using Ledger.Postgres;
using Web.Hosting;

namespace Web.Cli;

/// <summary><c>./ledger up</c>: database, origin, seeds, read models, site; until it is told to stop.</summary>
internal static class ServeCommand
{
    public static void AddTo(RootCommand root, string verb, string description)
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Where to listen, separated by semicolons.",
            DefaultValueFactory = _ =>
                Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? Site.DefaultUrl,
        };
        var fresh = new Option<bool>("--fresh")
        {
            Description =
                "Throw the embedded database away first. Never touches a server named in ConnectionStrings__Ledger.",
        };
        var up = new Command(verb, description);
        foreach (var command in (Command[])[root, up])
        {
            command.Add(urls);
            command.Add(fresh);
            command.SetAction(
                (parsed, stop) =>
                    ServeAsync(parsed.GetRequiredValue(urls), parsed.GetValue(fresh), stop)
            );
        }

        root.Add(up);
    }

    private static async Task<int> ServeAsync(string urls, bool fresh, CancellationToken stop)
    {
        var settings = LedgerSettings.FromEnvironment();
        var progress = Progress.OnConsole();
        if (fresh)
        {
            if (settings.Connection is not null)
            {
                throw new Refusal(
                    "--fresh throws only the embedded database away, not the one in ConnectionStrings__Ledger."
                );
            }

            await EmbeddedServer.EraseAsync(settings.Data);
            LogFiles.EraseLocal(settings);
        }

        var watch = Stopwatch.StartNew();
        await using var ledger = await OpenLedger.OpenAsync(settings, progress, stop);
        var origin = await ledger.FixOriginAsync(settings.Origin, stop);
        Site.RefusePublicLocal(urls, origin);
        var recorded = await ledger.RecordSeedsAsync(settings.Seeds, progress, stop);

        await LogFiles.ReapplyErasuresAsync(ledger, settings, progress, stop);
        await LogFiles.PrepareAsync(ledger, settings, origin, progress, stop);

        await using var app = Site.Build(ledger, urls, settings.FourEyes, settings.LogFolder);
        var addresses = await Site.ListenAsync(app, urls, stop);
        await Console.Error.WriteLineAsync(
            recorded > 0
                ? $"Recorded {recorded} events of the catalogue; ready after {watch.Elapsed.TotalSeconds:0.0} s."
                : $"The catalogue was on record already; ready after {watch.Elapsed.TotalSeconds:0.0} s."
        );
        Console.WriteLine($"Zusagenbuch is at {string.Join(" and ", addresses)} (Ctrl+C stops it)");
        await app.WaitForShutdownAsync(stop);
        return 0;
    }
}
