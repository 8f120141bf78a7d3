using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Ledger.Postgres;
using Npgsql;

namespace Ledger.Tests.Postgres;

/// <summary>A folder of its own for each test, and the proof at the end that no server was left on it.</summary>
[SuppressMessage(
    "Interoperability",
    "CA1416",
    Justification = "These tests run where the embedded server does: not on Windows."
)]
public abstract class ServerFolder : IDisposable
{
    protected static readonly EmbeddedServerSettings Fast = new() { Durable = false };
    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected string Folder { get; } =
        Path.Combine(Path.GetTempPath(), $"zb-{Guid.NewGuid():N}"[..15]);

    protected string Data => Path.Combine(Folder, "postgres");
    protected string PidFile => Path.Combine(Data, "postmaster.pid");

    public void Dispose()
    {
        LivingServers().ShouldBeEmpty();
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected static UnixFileMode ModeOf(string path) => File.GetUnixFileMode(path);

    protected static UnixFileMode OnlyOwner =>
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    protected static async Task<string> Refused(Func<Task> act)
    {
        var sentence = (await Should.ThrowAsync<StartRefused>(act)).Message;
        sentence.ShouldEndWith(".");
        sentence.ShouldNotContain("\n");
        return sentence;
    }

    protected static async Task<NpgsqlConnection> Connect(EmbeddedServer server)
    {
        var connection = new NpgsqlConnection(
            server.ConnectionString("postgres", "postgres") + ";Pooling=false"
        );
        await connection.OpenAsync(Ct);
        return connection;
    }

    protected static async Task<string> Ask(EmbeddedServer server, string sql)
    {
        await using var connection = await Connect(server);
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(
            await command.ExecuteScalarAsync(Ct),
            CultureInfo.InvariantCulture
        )!;
    }

    protected static async Task Run(EmbeddedServer server, string sql)
    {
        await using var connection = await Connect(server);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    protected int Pid() => int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture);

    protected void Kill9()
    {
        using (var server = Process.GetProcessById(Pid()))
            server.Kill();
        SpinWait
            .SpinUntil(() => LivingServers().Count == 0, TimeSpan.FromSeconds(5))
            .ShouldBeTrue();
    }

    /// <summary>The servers that run on data under this test's Folder.</summary>
    protected List<int> LivingServers()
    {
        var found = new List<int>();
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            try
            {
                if (
                    int.TryParse(
                        Path.GetFileName(process),
                        CultureInfo.InvariantCulture,
                        out var pid
                    )
                    && File.ReadAllText(Path.Combine(process, "cmdline")) is var line
                    && line.Contains("postgres\0-D", StringComparison.Ordinal)
                    && line.Contains(Folder, StringComparison.Ordinal)
                )
                    found.Add(pid);
            }
            catch (IOException) { }
        }
        return found;
    }

    protected static ProcessStartInfo AsOwnerOfData(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" };
        if (Environment.IsPrivilegedProcess)
            start.UserName = "nobody";
        return start;
    }

    /// <summary>A folder with shell scripts in it that anyone may run.</summary>
    protected string Programs(params (string Name, string Script)[] scripts)
    {
        var bin = Path.Combine(Folder, "bin");
        const UnixFileMode anyone =
            UnixFileMode.UserRead
            | UnixFileMode.UserWrite
            | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead
            | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead
            | UnixFileMode.OtherExecute;
        Directory.CreateDirectory(bin, anyone);
        foreach (var (name, script) in scripts)
        {
            var file = Path.Combine(bin, name);
            File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
            File.SetUnixFileMode(file, anyone);
        }
        return bin;
    }
}
