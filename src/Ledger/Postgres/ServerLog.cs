using System.Text;
using System.Text.RegularExpressions;

namespace Ledger.Postgres;

/// <summary>Reads what the server wrote into its log, to tell the reader why it did not come up.</summary>
internal static partial class ServerLog
{
    const long TooLong = 20 * 1024 * 1024;

    /// <summary>Starts a new log when the old one has grown too long; one old one is kept.</summary>
    public static void Rotate(string log)
    {
        if (File.Exists(log) && new FileInfo(log).Length > TooLong)
            File.Move(log, log + ".1", overwrite: true);
    }

    public static long LengthOf(string log) => File.Exists(log) ? new FileInfo(log).Length : 0;

    /// <summary>What was written since <paramref name="position"/>, at most the last 64 KiB of it.</summary>
    public static string Since(string log, long position)
    {
        if (!File.Exists(log))
            return "";
        using var file = new FileStream(
            log,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete
        );
        file.Position = Math.Min(file.Length, Math.Max(position, file.Length - (64 * 1024)));
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>The line of a log or of a program's output that says why: the first fatal one, else the last. Ends with a full stop.</summary>
    public static string Verdict(string text)
    {
        var lines = text.Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        var line = Array.Find(lines, Fatal().IsMatch) ?? (lines.Length > 0 ? lines[^1] : "nothing");
        return Prefix().Replace(line, "").TrimEnd('.') + ".";
    }

    [GeneratedRegex(
        @"\b(FATAL|PANIC|error):",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Fatal();

    // `2026-01-31 10:00:00.000 UTC [42] FATAL:  ...`, `initdb: error: ...`
    [GeneratedRegex(
        @"^.*?\b(FATAL|PANIC|ERROR|LOG|HINT|error):\s+",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Prefix();
}
