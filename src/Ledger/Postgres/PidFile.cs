using System.Globalization;

namespace Ledger.Postgres;

/// <summary>
/// What a running server writes into <c>postmaster.pid</c>. The file outlives a killed server, and its process number
/// may by then belong to somebody else, so it is believed only after a look at the process.
/// </summary>
internal sealed record PidFile(int Pid, string DataFolder, int Port, string SocketFolder)
{
    public const string Name = "postmaster.pid";

    /// <summary>The server that runs on a data folder, or null.</summary>
    /// <exception cref="UnauthorizedAccessException">The folder belongs to another user.</exception>
    public static PidFile? Alive(string data) =>
        Read(data) is { } found && found.Lives(data) ? found : null;

    static PidFile? Read(string data)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(Path.Combine(data, Name));
        }
        catch (Exception missing)
            when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        // pid, data folder, start time, port, socket folder, listen address, shared memory, status. A server that is
        // just starting has written the first lines only.
        return
            lines.Length >= 5
            && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid)
            && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port)
            ? new PidFile(pid, lines[1], port, lines[4])
            : null;
    }

    /// <summary>
    /// Whether the process lives and serves that data folder. It lives a moment longer than its file. A copied folder
    /// names the folder it was copied from; a zombie has no command line left.
    /// </summary>
    public bool Lives(string data)
    {
        if (Pid <= 0 || DataFolder != data)
            return false;
        if (!OperatingSystem.IsLinux())
            return Posix.Signal(Pid, 0);
        try
        {
            return File.ReadAllText($"/proc/{Pid}/cmdline").Split('\0').Contains(data);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
