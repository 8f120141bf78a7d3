using System.Globalization;
using System.Text;

namespace Ledger.Postgres;

/// <summary>
/// Our settings, in a file of their own that postgresql.conf includes last. It is written anew before each start, so
/// that a new version of the application, or a moved folder, takes effect.
/// </summary>
internal static class ServerConfiguration
{
    const string FileName = "zusagenbuch.conf";

    /// <summary>Makes a fresh data folder read our file.</summary>
    public static void IncludeIn(string data) =>
        File.AppendAllText(
            Path.Combine(data, "postgresql.conf"),
            $"\ninclude_if_exists = '{FileName}'\n"
        );

    public static void Write(
        string data,
        string socketFolder,
        EmbeddedServerSettings settings,
        ServerAccount account
    )
    {
        var lines = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["listen_addresses"] = "",
            ["port"] = Invariant(EmbeddedServer.Port),
            ["unix_socket_directories"] = socketFolder,
            ["unix_socket_permissions"] = "0700",
            ["max_connections"] = Invariant(settings.MaxConnections),
            ["shared_buffers"] = "128MB",
            ["jit"] = "off", // statements here are short; compiling them costs more than it gains
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["lc_messages"] = "C",
            ["log_checkpoints"] = "off",
        };
        if (!settings.Durable)
        {
            lines["fsync"] = "off";
            lines["synchronous_commit"] = "off";
            lines["full_page_writes"] = "off";
        }
        foreach (var (name, value) in settings.Extra)
            lines[name] = value;

        var text = new StringBuilder(
            "# Written by Zusagenbuch before each start: changes here are lost.\n"
        );
        foreach (var (name, value) in lines)
            text.Append(
                CultureInfo.InvariantCulture,
                $"{name} = '{value.Replace("'", "''", StringComparison.Ordinal)}'\n"
            );

        var file = Path.Combine(data, FileName);
        var unfinished = file + ".new";
        File.WriteAllText(unfinished, text.ToString());
        account.Take(unfinished);
        File.Move(unfinished, file, overwrite: true);
    }

    static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
