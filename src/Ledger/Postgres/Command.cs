using System.Diagnostics;

namespace Ledger.Postgres;

/// <summary>Runs one of PostgreSQL's programs to its end and keeps what it printed.</summary>
internal static class Command
{
    public readonly record struct Result(int ExitCode, string Output)
    {
        public bool Succeeded => ExitCode == 0;
    }

    /// <summary>
    /// Runs a program in the folder <c>/</c>, as the given account or as ourselves, without the caller's PostgreSQL
    /// settings and with English messages. Cancelling kills the program, but not what it has started.
    /// </summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started at all.</exception>
    public static async Task<Result> RunAsync(
        string program,
        IEnumerable<string> arguments,
        ServerAccount account,
        CancellationToken ct
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (account.UserName is { } user)
            start.UserName = user;
        // A variable such as PGDATA or PGPORT would win over what we say; NOTIFY_SOCKET belongs to the application.
        foreach (var name in start.Environment.Keys.Where(ChangesBehaviour).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
        return new Result(process.ExitCode, await output + await errors);
    }

    static bool ChangesBehaviour(string name) =>
        name.StartsWith("PG", StringComparison.Ordinal)
        || name is "NOTIFY_SOCKET" or "LANG" or "LANGUAGE";
}
