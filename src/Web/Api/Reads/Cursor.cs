using System.Buffers.Text;
using System.Text.Json;
using Web.Api.Problems;

namespace Web.Api.Reads;

/// <summary>Where a page ended: the list's order and the sort keys of its last item. Opaque to readers.</summary>
public static class Cursor
{
    private const int Longest = 2_000;

    public static string Write(string order, IReadOnlyList<string> keys) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes((string[])[order, .. keys]));

    /// <summary>Reads a cursor of this order with so many keys.</summary>
    /// <exception cref="ProblemException">It is none.</exception>
    public static IReadOnlyList<string>? Read(
        string? cursor,
        string order,
        Func<IReadOnlyList<string>, bool> fits
    )
    {
        if (cursor is null)
        {
            return null;
        }

        try
        {
            if (
                cursor.Length <= Longest
                && JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(cursor))
                    is { Length: > 0 } parts
                && parts[0] == order
                && parts.All(p => p?.Contains('\0', StringComparison.Ordinal) == false)
                && fits(parts[1..])
            )
            {
                return parts[1..];
            }
        }
        catch (Exception e)
            when (e is FormatException or JsonException or InvalidOperationException)
        {
            // Said below.
        }

        throw Refuse.BadParameter("'cursor' is not one that a page of this list gave.");
    }

    /// <summary>Reads a page's size.</summary>
    /// <exception cref="ProblemException">It is out of bounds.</exception>
    public static int Limit(int? limit, int most = 500) =>
        (limit ?? 100) is >= 1 and var size && size <= most
            ? size
            : throw Refuse.BadParameter($"'limit' is a number from 1 to {most}.");
}
