using System.Security.Cryptography;
using Npgsql;

namespace Ledger.EventStore;

/// <summary>
/// The log's identity: the public address under which it is served, without its scheme (<c>zusagen.example/log</c>). Fixed once, before the
/// first record, and never changed, because every signature names it.
/// </summary>
public static class Origin
{
    /// <summary>An origin of the embedded default: local, random, and under a top-level domain that can never be public.</summary>
    public static string NewLocal() =>
        $"local-{RandomNumberGenerator.GetHexString(8, lowercase: true)}.invalid/log";

    /// <summary>Whether an origin is a local one, which a publicly reachable server must not use.</summary>
    public static bool IsLocal(string origin) =>
        origin.Split('/')[0].EndsWith(".invalid", StringComparison.Ordinal);

    /// <summary>What is wrong with an origin, in a sentence; null when nothing is.</summary>
    public static string? Fault(string origin) =>
        origin.Length is > 0 and <= 200
        && !origin.Contains("://", StringComparison.Ordinal)
        && !origin.EndsWith('/')
        && Uri.TryCreate($"https://{origin}", UriKind.Absolute, out var uri)
        && uri.Host.Contains('.', StringComparison.Ordinal)
        && !origin.Any(char.IsAsciiLetterUpper)
        && origin.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '/' or ':' or '_')
            ? null
            : $"'{origin}' is no origin: write the public address in lower case without its scheme, such as zusagen.example/log.";

    /// <summary>The origin that is fixed; null before the first start.</summary>
    public static async Task<string?> FixedAsync(
        NpgsqlDataSource database,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand("select origin from ledger.installation");
        return (string?)await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>Fixes the origin, unless one is fixed.</summary>
    /// <returns>The origin that holds.</returns>
    public static async Task<string> FixAsync(
        NpgsqlDataSource database,
        string origin,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand("select ledger.fix_origin($1)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = origin });
        return (string)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
