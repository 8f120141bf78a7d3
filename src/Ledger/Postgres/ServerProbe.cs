using System.Net.Sockets;
using Npgsql;

namespace Ledger.Postgres;

/// <summary>What a server says when it is asked for a connection.</summary>
internal enum ServerAnswer
{
    /// <summary>It serves.</summary>
    Ready,

    /// <summary>Nobody listens, or it starts up, recovers or shuts down.</summary>
    NotYet,

    /// <summary>It serves, but its own files have gone from under it (SQLSTATE 58P01): it must be restarted.</summary>
    FilesGone,
}

internal static class ServerProbe
{
    /// <summary>Asks with a connection of its own. The empty block makes a new backend load a library.</summary>
    public static async Task<ServerAnswer> AskAsync(string connectionString, CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand("do $$ begin end $$", connection);
            await command.ExecuteNonQueryAsync(ct);
            return ServerAnswer.Ready;
        }
        catch (PostgresException answer)
        {
            return answer.SqlState switch
            {
                PostgresErrorCodes.UndefinedFile => ServerAnswer.FilesGone,
                PostgresErrorCodes.CannotConnectNow
                or PostgresErrorCodes.AdminShutdown
                or PostgresErrorCodes.CrashShutdown => ServerAnswer.NotYet,
                _ => ServerAnswer.Ready, // such as too many connections: it lives
            };
        }
        catch (Exception silence)
            when (silence is NpgsqlException or SocketException or IOException or TimeoutException)
        {
            return ServerAnswer.NotYet;
        }
    }
}
