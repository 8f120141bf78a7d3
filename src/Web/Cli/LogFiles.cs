using Ledger.EventStore;
using Ledger.Transparency;
using Web.Hosting;

namespace Web.Cli;

/// <summary>The log's files when a site starts: the embedded default needs no preparation by a person.</summary>
internal static class LogFiles
{
    /// <summary>Makes a local key for a local log that was never signed, and says loudly that it is one.</summary>
    public static async Task PrepareAsync(
        OpenLedger ledger,
        LedgerSettings settings,
        string origin,
        Progress progress,
        CancellationToken cancellation
    )
    {
        var folder = settings.LogFolder;
        if (
            folder.HasKey
            || !Origin.IsLocal(origin)
            || await new LogReader(ledger.Database).NewestSignedAsync(cancellation) is not null
        )
        {
            return;
        }

        var key = folder.CreateKey(origin, isNewLog: true);
        progress.Step($"A LOCAL signing key was made in {folder.KeyFile}");
        await Console.Error.WriteLineAsync(
            $"Its signatures prove something on this machine alone: {origin} is a local log. For a public one, fix an origin before the first "
                + "record (./ledger init --origin …) and make its key (./ledger key create)."
        );
        await Console.Error.WriteLineAsync($"Verifier key: {key.Verifier}");
    }

    /// <summary>Throws the local log's files away, together with its database.</summary>
    public static void EraseLocal(LedgerSettings settings)
    {
        var folder = settings.LogFolder;
        if (settings.Log is null && Directory.Exists(folder.Folder))
        {
            Directory.Delete(folder.Folder, recursive: true);
        }
    }
}
