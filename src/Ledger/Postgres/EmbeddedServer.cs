using System.ComponentModel;
using System.Diagnostics;
using Npgsql;

namespace Ledger.Postgres;

/// <summary>
/// A private PostgreSQL for one installation, so that nobody has to set one up. It listens on a Unix socket in a private
/// folder and nowhere else. One process owns it (it holds <c>owner.lock</c>) and stops it when it is disposed of; any
/// other process that names the same folder attaches. A server that outlived its owner is adopted by the next one.
/// </summary>
public sealed class EmbeddedServer : IAsyncDisposable
{
    internal const int Port = 5432;

    readonly EmbeddedServerSettings settings;
    readonly Action<string> progress;
    readonly SemaphoreSlim turn = new(1);
    OwnerLock? owner;
    string? socketFolder;
    bool disposed;

    EmbeddedServer(string folder, EmbeddedServerSettings settings, Action<string> progress)
    {
        Folder = folder;
        this.settings = settings;
        this.progress = progress;
    }

    /// <summary>The folder that was named at the start, without symbolic links.</summary>
    public string Folder { get; }

    /// <summary>PostgreSQL's data folder.</summary>
    public string DataFolder => ServerPlace.Of(Folder).Data;

    /// <summary>The server's log.</summary>
    public string LogFile => ServerPlace.Of(Folder).Log;

    /// <summary>Whether this object stops the server. It may become the owner later, when the owner has gone.</summary>
    public bool Owns => owner is not null;

    /// <summary>Whether the server's process lives; it may still be starting. Costs a look at two files.</summary>
    public bool IsRunning => PidFile.Alive(DataFolder) is not null;

    /// <summary>
    /// Starts the server of a folder, or attaches to it, and returns when it serves. Makes the folder and the database
    /// in it the first time. Waits while the server is starting, or recovering after a crash.
    /// </summary>
    /// <param name="folder">Holds everything: <c>postgres</c>, <c>postgres.log</c>, <c>owner.lock</c>, <c>socket</c>.</param>
    /// <param name="settings">Count for the process that starts the server; who attaches takes it as it is.</param>
    /// <param name="progress">Is told, in a few words, what takes time.</param>
    /// <param name="ct">Cancelled while it starts, the server is stopped again.</param>
    /// <exception cref="StartRefused">Every failure that was foreseen.</exception>
    public static async Task<EmbeddedServer> StartAsync(
        string folder,
        EmbeddedServerSettings? settings = null,
        Action<string>? progress = null,
        CancellationToken ct = default
    )
    {
        if (OperatingSystem.IsWindows())
        {
            throw new StartRefused(
                "The embedded PostgreSQL runs on Linux and macOS only: name a PostgreSQL server in ConnectionStrings__Ledger."
            );
        }
        var path = Path.GetFullPath(folder);
        try
        {
            ServerPlace.Make(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw StartRefused.Unusable(path, cause);
        }
        path = Posix.RealPath(path);
        // pg_ctl hands the path to a shell between double quotes.
        if (path.Any(letter => char.IsControl(letter) || "\"$`\\".Contains(letter)))
        {
            throw new StartRefused(
                $"The folder {path} cannot hold PostgreSQL's data, because its name has a quotation mark, a dollar sign, "
                    + "a backquote or a backslash in it: name another folder in LEDGER_DATA."
            );
        }

        var server = new EmbeddedServer(
            path,
            settings ?? new EmbeddedServerSettings(),
            progress ?? (_ => { })
        );
        try
        {
            await server.EnsureRunningAsync(ct);
            return server;
        }
        catch (OperationCanceledException)
        {
            await server.DisposeAsync(); // pg_ctl may have gone, but what it started lives
            throw;
        }
        catch
        {
            server.LetGo();
            throw;
        }
    }

    /// <summary>
    /// Removes the server's data, log and socket, and nothing else, from a folder: the next start begins with an empty
    /// database. A server that outlived its owner is stopped first.
    /// </summary>
    /// <exception cref="StartRefused">Another process uses the server, or the files cannot be removed.</exception>
    public static async Task EraseAsync(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        var path = Posix.RealPath(Path.GetFullPath(folder));
        try
        {
            using var alone =
                OwnerLock.TryTake(path)
                ?? throw new StartRefused(
                    $"The database in {path} is in use by another running process: stop that process first."
                );
            var place = ServerPlace.Of(path);
            await ServerStart.StopAsync(place.Data, TimeSpan.FromSeconds(10));
            place.Remove(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw StartRefused.Unusable(path, cause);
        }
    }

    /// <summary>
    /// The connection string for a database of this server. It stays the same over restarts, with one exception: an
    /// owner that takes over a moved folder.
    /// </summary>
    public string ConnectionString(string database, string user) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = socketFolder,
            Port = Port,
            Database = database,
            Username = user,
            MaxPoolSize = 16,
            MaxAutoPrepare = 64,
            NoResetOnClose = true,
            IncludeErrorDetail = false,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
            ApplicationName = "zusagenbuch",
        }.ConnectionString;

    /// <summary>
    /// Asks the server for an answer and brings it back if it gives none: restarts it if it has died or if its own files
    /// were replaced under it, waits if it is recovering. Becomes the owner if there is none any more. Call it again and
    /// again; a healthy server costs one connection.
    /// </summary>
    /// <exception cref="StartRefused">It could not be brought back.</exception>
    public async Task EnsureRunningAsync(CancellationToken ct = default)
    {
        await turn.WaitAsync(ct);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            await BringUpAsync(ct);
        }
        catch (UnauthorizedAccessException cause)
        {
            throw new StartRefused(
                $"The database in {Folder} belongs to another user: start as that user, or name another folder in "
                    + "LEDGER_DATA.",
                cause
            );
        }
        catch (Exception cause) when (cause is IOException or Win32Exception)
        {
            throw StartRefused.Unusable(Folder, cause);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Stops the server, if this object owns it; <see cref="EnsureRunningAsync"/> starts it again.</summary>
    public async Task StopAsync()
    {
        await turn.WaitAsync();
        try
        {
            await StopOwnAsync();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Stops the server, if this object owns it, and lets go of the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync();
        try
        {
            await StopOwnAsync();
        }
        finally
        {
            LetGo();
            turn.Release();
        }
    }

    async Task StopOwnAsync()
    {
        if (!Owns)
            return;
        await ServerStart.StopAsync(DataFolder, settings.Ceiling);
        ServerPlace.Of(Folder).LeaveSocketFolder();
    }

    void LetGo()
    {
        disposed = true;
        owner?.Dispose();
        owner = null;
    }

    async Task BringUpAsync(CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var told = false;
        while (true)
        {
            owner ??= OwnerLock.TryTake(Folder);
            var place = ServerPlace.Of(Folder);
            if (PidFile.Alive(place.Data) is { } running)
            {
                var answer = await AskAsync(running, ct);
                if (answer is ServerAnswer.FilesGone && Owns)
                {
                    progress("PostgreSQL's files were replaced, restarting it");
                    await ServerStart.StopAsync(place.Data, settings.Ceiling);
                    continue;
                }
                if (answer is not ServerAnswer.NotYet)
                {
                    socketFolder = running.SocketFolder;
                    return;
                }
            }
            else if (Owns)
            {
                await LaunchAsync(ct);
                return;
            }

            if (watch.Elapsed > settings.Ceiling)
                throw Unanswered(place);
            if (!told && watch.Elapsed > TimeSpan.FromSeconds(1))
            {
                progress("waiting for PostgreSQL to answer");
                told = true;
            }
            await Task.Delay(50, ct);
        }
    }

    async Task LaunchAsync(CancellationToken ct)
    {
        var account = ServerAccount.For(ServerPlace.Of(Folder).Data);
        var place = await ServerPlace.Of(Folder).ReachableAsync(Folder, account, ct);
        var binaries = await PostgresBinaries.FindAsync(
            settings.Binaries,
            Folder,
            place.Data,
            account,
            ct
        );
        if (PostgresBinaries.WrittenBy(place.Data) is null)
        {
            progress($"making the database with PostgreSQL {binaries.Major}");
            await NewDatabase.CreateAsync(place, binaries, account, settings.Durable, ct);
        }
        account.TakeAll(place.Data);
        var sockets = place.MakeSocketFolder(account);
        ServerConfiguration.Write(place.Data, sockets, settings, account);
        progress($"starting PostgreSQL {binaries.Major}");
        await ServerStart.RunAsync(place, sockets, binaries, account, settings.Ceiling, ct);
        socketFolder = sockets;
    }

    static async Task<ServerAnswer> AskAsync(PidFile running, CancellationToken ct)
    {
        if (running.SocketFolder.Length == 0)
            return ServerAnswer.NotYet;
        var question = new NpgsqlConnectionStringBuilder
        {
            Host = running.SocketFolder,
            Port = running.Port,
            Database = "postgres",
            Username = "postgres",
            Pooling = false,
            Timeout = 5,
            CommandTimeout = 5,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
            ApplicationName = "zusagenbuch watch",
        };
        return await ServerProbe.AskAsync(question.ConnectionString, ct);
    }

    StartRefused Unanswered(ServerPlace place) =>
        PidFile.Alive(place.Data) is { } running
            ? new StartRefused(
                $"PostgreSQL (process {running.Pid}) has not answered for {settings.Ceiling.TotalSeconds:0} seconds: end "
                    + $"it or wait and start again, its log is {place.Log}."
            )
            : new StartRefused(
                $"Another process holds {Folder} but has not started PostgreSQL within {settings.Ceiling.TotalSeconds:0} "
                    + "seconds: stop that process and start again."
            );
}
