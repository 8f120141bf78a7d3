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

        var result = await InitDbAsync(place, binaries, account, durable, "C.UTF-8", ct);
        if (
            !result.Succeeded
            && result.Output.Contains("invalid locale name", StringComparison.Ordinal)
        )
            result = await InitDbAsync(place, binaries, account, durable, "C", ct);
        if (!result.Succeeded)
        {
            throw StartRefused.SaysDiskFull(result.Output)
                ? StartRefused.DiskFull(place.Folder)
                : new StartRefused(
                    $"PostgreSQL could not make a database in {place.Folder}; initdb says: {ServerLog.Verdict(result.Output)}"
                );
        }
        ServerConfiguration.IncludeIn(place.Unfinished);
        Directory.Move(place.Unfinished, place.Data);
    }

    static async Task<Command.Result> InitDbAsync(
        ServerPlace place,
        PostgresBinaries binaries,
        ServerAccount account,
        bool durable,
        string locale,
        CancellationToken ct
    )
    {
        if (Directory.Exists(place.Unfinished))
            Directory.Delete(place.Unfinished, recursive: true);
        ServerPlace.MakePrivate(place.Unfinished, account);
        string[] arguments =
        [
            $"--pgdata={place.Unfinished}",
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
