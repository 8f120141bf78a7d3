namespace Ledger.Postgres;

/// <summary>Makes the data folder of a new server.</summary>
internal static class NewDatabase
{
    /// <summary>
    /// Runs initdb beside the data folder and renames the result, so that a data folder is whole or not there. Checksums
    /// are on, texts are UTF-8 and sort by code point, and only who can reach the socket gets in.
    /// </summary>
    /// <exception cref="StartRefused">The disk is full, or initdb failed; its last line is cited.</exception>
    public static async Task CreateAsync(
        ServerPlace place,
        PostgresBinaries binaries,
        ServerAccount account,
        bool durable,
        CancellationToken ct
    )
    {
        if (Directory.Exists(place.Data))
        {
            if (Directory.EnumerateFileSystemEntries(place.Data).Any())
            {
                throw new StartRefused(
                    $"The folder {place.Data} holds files but no PostgreSQL database: move them away, or name another "
                        + "folder in LEDGER_DATA."
                );
            }
            Directory.Delete(place.Data);
        }

        // A name of its own: an initdb whose starter was killed may still be writing under another.
        var unfinished = $"{place.Unfinished}-{Guid.CreateVersion7():N}";
        foreach (var leftover in place.Leftovers.ToList())
        {
            RemoveIfIdle(leftover);
        }

        var result = await InitDbAsync(unfinished, binaries, account, durable, "C.UTF-8", ct);
        if (
            !result.Succeeded
            && result.Output.Contains("invalid locale name", StringComparison.Ordinal)
        )
            result = await InitDbAsync(unfinished, binaries, account, durable, "C", ct);
        if (!result.Succeeded)
        {
            throw StartRefused.SaysDiskFull(result.Output)
                ? StartRefused.DiskFull(place.Folder)
                : new StartRefused(
                    $"PostgreSQL could not make a database in {place.Folder}; initdb says: {ServerLog.Verdict(result.Output)}"
                );
        }
        ServerConfiguration.IncludeIn(unfinished);
        Directory.Move(unfinished, place.Data);
    }

    static void RemoveIfIdle(string leftover)
    {
        try
        {
            Directory.Delete(leftover, recursive: true);
        }
        catch (IOException)
        {
            // That initdb still writes into it; the next erasure takes it.
        }
    }

    static async Task<Command.Result> InitDbAsync(
        string unfinished,
        PostgresBinaries binaries,
        ServerAccount account,
        bool durable,
        string locale,
        CancellationToken ct
    )
    {
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        ServerPlace.MakePrivate(unfinished, account);
        string[] arguments =
        [
            $"--pgdata={unfinished}",
            "--username=postgres",
            "--encoding=UTF8",
            $"--locale={locale}",
            "--lc-messages=C",
            "--auth-local=trust",
            "--auth-host=reject",
            "--data-checksums",
            "--no-instructions",
        ];
        return await Command.RunAsync(
            binaries.InitDb,
            durable ? arguments : [.. arguments, "--no-sync"],
            account,
            ct
        );
    }
}
