namespace Ledger.Postgres;

/// <summary>
/// Who runs the server: we ourselves, or, because PostgreSQL refuses to run as root, another account where we are root:
/// the one that already owns the data, else <c>nobody</c>.
/// </summary>
internal sealed record ServerAccount
{
    readonly Posix.User? other;

    ServerAccount(Posix.User? other) => this.other = other;

    public static ServerAccount Ourselves { get; } = new((Posix.User?)null);

    /// <summary>The account to switch to, or null to stay who we are.</summary>
    public string? UserName => other?.Name;

    public uint Uid => other?.Uid ?? Posix.CurrentUid;

    /// <summary>The account for a data folder, which need not exist yet.</summary>
    /// <exception cref="StartRefused">We are root, and the system has no account <c>nobody</c>.</exception>
    public static ServerAccount For(string data)
    {
        if (!Environment.IsPrivilegedProcess)
            return Ourselves;
        if (
            Directory.Exists(data)
            && Posix.OwnerOf(data) is { } uid and not 0
            && Posix.FindUser(uid) is { } owner
        )
            return new ServerAccount(owner);
        return Posix.FindUser("nobody") is { } nobody
            ? new ServerAccount(nobody)
            : throw new StartRefused(
                "PostgreSQL does not run as root and this system has no account `nobody`: start as a normal user."
            );
    }

    /// <summary>Gives a file or folder, without what is in it, to the account.</summary>
    public void Take(string path)
    {
        if (other is { } user)
            Posix.GiveTo(path, user);
    }

    /// <summary>Gives a folder and everything in it to the account, unless it has it already.</summary>
    public void TakeAll(string folder)
    {
        if (other is not { } user || Posix.OwnerOf(folder) == user.Uid)
            return;
        foreach (
            var path in Directory.EnumerateFileSystemEntries(
                folder,
                "*",
                SearchOption.AllDirectories
            )
        )
            Posix.GiveTo(path, user);
        Posix.GiveTo(folder, user); // last, so that an interrupted pass is done again
    }

    /// <summary>Whether the account can enter a folder: asked of the system itself, so that any kind of access list counts.</summary>
    public async Task<bool> CanEnterAsync(string folder, CancellationToken ct) =>
        other is null
        || (
            await Command.RunAsync("/bin/sh", ["-c", "cd \"$1\"", "sh", folder], this, ct)
        ).Succeeded;

    /// <summary>The outermost folder on the way to <paramref name="folder"/> that the account cannot enter.</summary>
    public async Task<string> FirstClosedAsync(string folder, CancellationToken ct)
    {
        var way = new Stack<string>();
        for (var step = new DirectoryInfo(folder); step is not null; step = step.Parent)
            way.Push(step.FullName);
        foreach (var step in way)
        {
            if (!await CanEnterAsync(step, ct))
                return step;
        }
        return folder;
    }
}
