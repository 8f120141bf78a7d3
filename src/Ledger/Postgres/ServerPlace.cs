using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Postgres;

/// <summary>
/// Where the parts of a server lie. Normally all in the folder the caller named. Where we are root and that folder lies
/// behind one that the server's account cannot enter (a clone in /root), <c>postgres</c> and <c>postgres.log</c> in it
/// are symbolic links into a folder of their own under /var/lib/zusagenbuch, which only root can make and nothing cleans up.
/// </summary>
[SuppressMessage(
    "Interoperability",
    "CA1416",
    Justification = "EmbeddedServer.StartAsync refuses Windows."
)]
internal sealed record ServerPlace(string Folder, string Data, string Log)
{
    const string Elsewhere = "/var/lib/zusagenbuch";
    const UnixFileMode OnlyOwner =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    const UnixFileMode Passable = OnlyOwner | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Where initdb works, until the result is whole and is renamed to <see cref="Data"/>.</summary>
    public string Unfinished => Data + ".new";

    /// <summary>What attempts at making a database left behind.</summary>
    public IEnumerable<string> Leftovers =>
        Directory.Exists(Folder)
            ? Directory.EnumerateDirectories(Folder, Path.GetFileName(Unfinished) + "*")
            : [];

    /// <summary>Makes the caller's folder: for us alone, or passable for the server's account if we are root.</summary>
    public static void Make(string folder) =>
        Directory.CreateDirectory(folder, Environment.IsPrivilegedProcess ? Passable : OnlyOwner);

    /// <summary>The place as it stands, whether or not anything has been made there.</summary>
    public static ServerPlace Of(string folder)
    {
        var data = Path.Combine(folder, "postgres");
        var target = new FileInfo(data).LinkTarget;
        return At(target is null ? data : Path.GetFullPath(target, folder));
    }

    /// <summary>The place, made sure that the server's account can enter it.</summary>
    /// <exception cref="StartRefused">It cannot, and the data already lies there or there is nowhere else to go.</exception>
    public async Task<ServerPlace> ReachableAsync(
        string folder,
        ServerAccount account,
        CancellationToken ct
    )
    {
        Directory.CreateDirectory(Folder);
        if (await account.CanEnterAsync(Folder, ct))
            return this;
        if (Posix.OwnerOf(Folder) == Posix.CurrentUid)
            File.SetUnixFileMode(Folder, File.GetUnixFileMode(Folder) | UnixFileMode.OtherExecute);
        if (await account.CanEnterAsync(Folder, ct))
            return this;

        var closed = await account.FirstClosedAsync(Folder, ct);
        var refusal =
            $"PostgreSQL does not run as root, and the user `{account.UserName}` that it would run as cannot enter "
            + $"{closed}: name a folder outside of it in LEDGER_DATA, or start as a normal user.";
        if (Folder != folder || Directory.Exists(Data))
            throw new StartRefused(refusal);
        try
        {
            return MoveOut(folder);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new StartRefused(refusal, cause);
        }
    }

    /// <summary>
    /// The folder for the Unix socket, made for the server's account alone: beside the data, or a short private folder
    /// under $XDG_RUNTIME_DIR or /tmp where that path would be too long for a socket or would need quoting.
    /// </summary>
    /// <exception cref="StartRefused">Somebody else has a folder of that name under /tmp.</exception>
    public string MakeSocketFolder(ServerAccount account)
    {
        var beside = Path.Combine(Folder, "socket");
        var path = FitsSocket(beside) ? beside : ShortSocketFolder();
        Directory.CreateDirectory(path, OnlyOwner);
        var owner = Posix.OwnerOf(path);
        if (
            new FileInfo(path).LinkTarget is not null
            || (owner is { } uid && uid != Posix.CurrentUid && uid != account.Uid)
        )
        {
            throw new StartRefused(
                $"The folder {path}, needed for PostgreSQL's socket, belongs to another user: remove it, or name a "
                    + "shorter folder in LEDGER_DATA."
            );
        }
        account.Take(path);
        File.SetUnixFileMode(path, OnlyOwner);
        return path;
    }

    /// <summary>Makes an empty folder for the account alone.</summary>
    public static void MakePrivate(string path, ServerAccount account)
    {
        Directory.CreateDirectory(path, OnlyOwner);
        account.Take(path);
    }

    /// <summary>Removes everything that a server left here, also through the links.</summary>
    public void Remove(string folder)
    {
        string[] folders =
        [
            Data,
            .. Leftovers,
            Path.Combine(Folder, "socket"),
            ShortSocketFolder(),
        ];
        foreach (var path in folders.Where(Directory.Exists))
            Directory.Delete(path, recursive: true);
        string[] files = [Log, Log + ".1"];
        foreach (var path in files)
            File.Delete(path);
        if (Folder == folder)
            return;
        File.Delete(Path.Combine(folder, "postgres"));
        File.Delete(Path.Combine(folder, "postgres.log"));
        if (Path.GetDirectoryName(Folder) == Elsewhere)
            Directory.Delete(Folder);
    }

    /// <summary>Removes a socket folder under /tmp once its server has stopped; the next start makes it again.</summary>
    public void LeaveSocketFolder()
    {
        if (
            Directory.Exists(ShortSocketFolder())
            && !Directory.EnumerateFileSystemEntries(ShortSocketFolder()).Any()
        )
            Directory.Delete(ShortSocketFolder());
    }

    static ServerPlace At(string data)
    {
        var folder = Path.GetDirectoryName(data)!;
        return new(folder, data, Path.Combine(folder, "postgres.log"));
    }

    // The name tells whose data it is; a number is added if a folder of that name is in use or was left behind.
    static ServerPlace MoveOut(string folder)
    {
        Directory.CreateDirectory(Elsewhere, Passable);
        var name = Path.Combine(Elsewhere, Fingerprint(folder)[..8]);
        var free = name;
        for (var number = 2; Path.Exists(free); number++)
            free = $"{name}-{number}";
        Directory.CreateDirectory(free, Passable);
        var place = At(Path.Combine(free, "postgres"));
        File.Delete(Path.Combine(folder, "postgres.log"));
        File.CreateSymbolicLink(Path.Combine(folder, "postgres.log"), place.Log);
        File.CreateSymbolicLink(Path.Combine(folder, "postgres"), place.Data);
        return place;
    }

    // 107 bytes is what fits into the address of a Unix socket; the list of folders in postgresql.conf is split at
    // commas, Npgsql's list of hosts too.
    static bool FitsSocket(string path) =>
        Encoding.UTF8.GetByteCount(path) + "/.s.PGSQL.5432.lock".Length <= 107
        && !path.Any(letter =>
            char.IsWhiteSpace(letter) || char.IsControl(letter) || ",:;'\"\\=".Contains(letter)
        );

    string ShortSocketFolder()
    {
        var own = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        var root =
            !Environment.IsPrivilegedProcess
            && own is { Length: > 0 }
            && Directory.Exists(own)
            && FitsSocket(Path.Combine(own, "zusagenbuch-0123456789abcdef"))
                ? own
                : "/tmp";
        return Path.Combine(root, $"zusagenbuch-{Fingerprint(Data)[..16]}");
    }

    static string Fingerprint(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
