using System.Text.Json;

namespace Verify.Checks;

/// <summary>What reading a stranger's JSON throws when it is not what it should be.</summary>
internal static class Unreadable
{
    /// <summary>Whether an exception says that the JSON is broken, lacks a member, or has a value of another kind.</summary>
    public static bool Says(Exception e) =>
        e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException;
}
