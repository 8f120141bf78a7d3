using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Verify.Entries;

/// <summary>
/// Personal values: the log holds salted digests of them (RFC 9901), the API shows name and text as long as they are not erased, and with
/// them what opens the digests. So what is shown can be held against what was signed, and an erasure leaves nothing behind.
/// </summary>
public static class Openings
{
    private static readonly JsonDocumentOptions s_json = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = 2,
    };

    /// <summary>The fields that are never in the log themselves.</summary>
    public static IReadOnlyList<string> PersonalFields { get; } = ["name", "text"];

    /// <summary>The digests that an entry commits to.</summary>
    public static IReadOnlyList<string> DigestsOf(JsonElement data) => Texts(data, "_sd");

    /// <summary>The digests that an entry declares erased.</summary>
    public static IReadOnlyList<string> ErasedBy(JsonElement data) => Texts(data, "digests");

    /// <summary>The digests that an item of the API opens; false when it shows a personal value that it does not open, or opens another.</summary>
    public static bool TryRead(
        JsonElement item,
        JsonElement body,
        [NotNullWhen(true)] out IReadOnlyList<string>? digests
    )
    {
        digests = null;
        var opened = new Dictionary<string, string>(StringComparer.Ordinal);
        List<string> found = [];
        foreach (var disclosure in Texts(item, "disclosures"))
        {
            if (
                Decode(disclosure) is not [_, var name, var value]
                || !PersonalFields.Contains(name)
                || !opened.TryAdd(name, value)
            )
            {
                return false;
            }

            found.Add(DigestOf(disclosure));
        }

        foreach (var field in PersonalFields)
        {
            var shown =
                body.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null;
            if (
                shown != opened.TryGetValue(field, out var said)
                || (shown && (value.ValueKind != JsonValueKind.String || value.GetString() != said))
            )
            {
                return false;
            }
        }

        digests = found;
        return true;
    }

    // RFC 9901, section 4.2.3: over the characters as they are sent.
    private static string DigestOf(string disclosure) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(disclosure)));

    // RFC 9901, section 4.2.1: salt, name, value.
    private static string[]? Decode(string disclosure)
    {
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(disclosure), s_json);
            return
                json.RootElement.ValueKind == JsonValueKind.Array
                && json.RootElement.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String)
                ? [.. json.RootElement.EnumerateArray().Select(e => e.GetString()!)]
                : null;
        }
        catch (Exception e)
            when (e is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IReadOnlyList<string> Texts(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ?
            [
                .. list.EnumerateArray()
                    .Where(e => e.ValueKind == JsonValueKind.String)
                    .Select(e => e.GetString()!),
            ]
            : [];
}
