using Ledger.EventStore;
using Ledger.Transparency;
using Npgsql;
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

    /// <summary>Takes away again what was taken away before an older backup was restored.</summary>
    /// <exception cref="Refusal">It is there again, and this process may not take it away.</exception>
    public static async Task ReapplyErasuresAsync(
        OpenLedger ledger,
        LedgerSettings settings,
        Progress progress,
        CancellationToken cancellation
    )
    {
        var folder = settings.LogFolder;
        if (!await OperatorErasure.IsAnyMissingAsync(ledger.Database, folder, cancellation))
        {
            return;
        }

        try
        {
            await using var owner = OperatorErasure.OpenOwner(ledger.OwnerAddress!);
            var count = await new OperatorErasure(owner, folder, TimeProvider.System).ReapplyAsync(
                cancellation
            );
            progress.Step(
                $"Erased or withheld {count} entries again, which an older backup had brought back"
            );
        }
        catch (PostgresException e)
            when (e.SqlState
                    is PostgresErrorCodes.InsufficientPrivilege
                        or PostgresErrorCodes.InvalidParameterValue
            )
        {
            throw new Refusal(
                $"What was erased is in the database again (see {folder.ErasuresFile}), and this process may not erase: start it once with "
                    + "ConnectionStrings__LedgerOwner."
            );
        }
    }

    /// <summary>All that <c>./ledger check</c> says of the log.</summary>
    public static async Task<IReadOnlyList<string>> CheckAsync(
        OpenLedger ledger,
        Progress progress,
        CancellationToken cancellation
    )
    {
        var folder = LedgerSettings.FromEnvironment().LogFolder;
        var origin = await KeyCommand.OriginAsync(ledger, cancellation);
        List<string> faults =
        [
            .. await LogCheck.WholeAsync(
                ledger.Database,
                origin,
                (done, of) => progress.Count("Growing the log's tree anew", done, of),
                cancellation
            ),
        ];
        try
        {
            if (await OperatorErasure.IsAnyMissingAsync(ledger.Database, folder, cancellation))
            {
                faults.Add($"What was erased is in the database again: see {folder.ErasuresFile}.");
            }

            using var mirror = folder.Mirror is { } address ? new Mirror(address) : null;
            await new Publisher(ledger.Database, origin, folder, mirror).CheckAsync(cancellation);
            if (mirror?.Fault is { } unasked)
            {
                progress.Step(unasked);
            }
        }
        catch (LogFaultException e)
        {
            faults.Add(e.Message);
        }

        return faults;
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
