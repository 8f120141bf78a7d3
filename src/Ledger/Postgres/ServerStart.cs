using System.Diagnostics;
using System.Globalization;

namespace Ledger.Postgres;

/// <summary>Starts and stops the server's process. Only the holder of the owner lock may.</summary>
internal static class ServerStart
{
    /// <summary>
    /// Starts with pg_ctl, which puts the server into a session of its own (Ctrl+C in the terminal does not reach it),
    /// and returns when it serves. What a killed server has left behind is cleared away first.
    /// </summary>
    /// <exception cref="StartRefused">It did not come up; the sentence cites its log.</exception>
    public static async Task RunAsync(
        ServerPlace place,
        string socketFolder,
        PostgresBinaries binaries,
        ServerAccount account,
        TimeSpan ceiling,
        CancellationToken ct
    )
    {
        ServerLog.Rotate(place.Log);
        await using (
            new FileStream(place.Log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)
        )
            account.Take(place.Log);

        var watch = Stopwatch.StartNew();
        while (true)
        {
            ClearLeftovers(place, socketFolder);
            var position = ServerLog.LengthOf(place.Log);
            string[] arguments =
            [
                "start",
                $"--pgdata={place.Data}",
                $"--log={place.Log}",
                "--wait",
                $"--timeout={Math.Ceiling(ceiling.TotalSeconds).ToString(CultureInfo.InvariantCulture)}",
                "--silent",
            ];
            var start = Command.RunAsync(
                binaries.PgCtl,
                arguments,
                account,
                CancellationToken.None
            );
            try
            {
                await start.WaitAsync(ct);
            }
            catch (OperationCanceledException)
            {
                await AppearanceAsync(place.Data, start); // so that the caller can stop it
                throw;
            }
            var result = await start;
            if (result.Succeeded)
                return;

            var log = ServerLog.Since(place.Log, position);
            // The children of a killed server live on for a moment and hold its memory.
            if (
                watch.Elapsed < ceiling
                && log.Contains("shared memory block", StringComparison.Ordinal)
            )
                await Task.Delay(100, ct);
            else
                throw Refusal(place, log.Length > 0 ? log : result.Output, ceiling);
        }
    }

    /// <summary>
    /// Ends a server fast: open transactions are rolled back, connections closed. A server that does not obey within
    /// the ceiling is made to quit at once, and recovers at its next start.
    /// </summary>
    public static async Task StopAsync(string data, TimeSpan ceiling)
    {
        foreach (var signal in new[] { Posix.Interrupt, Posix.Quit })
        {
            if (PidFile.Alive(data) is not { } running)
                return;
            Posix.Signal(running.Pid, signal);
            var watch = Stopwatch.StartNew();
            while (running.Lives(data))
            {
                if (watch.Elapsed > ceiling)
                    break;
                await Task.Delay(10);
            }
        }
    }

    // A server is there before its pid file is, and may be there although Ctrl+C has ended pg_ctl.
    static async Task AppearanceAsync(string data, Task start)
    {
        var watch = Stopwatch.StartNew();
        while (
            PidFile.Alive(data) is null
            && watch.Elapsed < TimeSpan.FromSeconds(start.IsCompleted ? 0.5 : 5)
        )
            await Task.Delay(10);
    }

    // PostgreSQL itself refuses to start where these name a living process, whatever that process is by now.
    static void ClearLeftovers(ServerPlace place, string socketFolder)
    {
        if (PidFile.Alive(place.Data) is not null)
            return;
        File.Delete(Path.Combine(place.Data, PidFile.Name));
        var socket = Path.Combine(socketFolder, $".s.PGSQL.{EmbeddedServer.Port}");
        File.Delete(socket);
        File.Delete(socket + ".lock");
    }

    static StartRefused Refusal(ServerPlace place, string log, TimeSpan ceiling)
    {
        if (
            StartRefused.SaysDiskFull(log)
            || new DriveInfo(place.Folder).AvailableFreeSpace < 64 * 1024
        )
            return StartRefused.DiskFull(place.Folder);
        return PidFile.Alive(place.Data) is not null
            ? new StartRefused(
                $"PostgreSQL was still starting after {ceiling.TotalSeconds:0} seconds and goes on doing so: start again "
                    + $"in a while, its log is {place.Log}."
            )
            : new StartRefused(
                $"PostgreSQL did not start; its log {place.Log} says: {ServerLog.Verdict(log)}"
            );
    }
}
