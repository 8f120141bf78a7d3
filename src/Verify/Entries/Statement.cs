using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Verify.Entries;

/// <summary>
/// The digest of what an entry states, in a form that can also be computed from the API's own view of an event: so the two can be compared
/// without keeping either. Left out on both sides: members that are null, and the personal values of a statement, which the log holds as
/// salted digests only (RFC 9901).
/// </summary>
public static class Statement
{
    private static readonly string[] s_beside =
    [
        "recordedBy",
        "reviewedBy",
        "type",
        "_sd",
        "_sd_alg",
    ];
    private static readonly string[] s_personal = ["name", "text"];

    public static byte[] Of(Entry entry) =>
        Digest(
            entry.Id,
            entry.Index,
            entry.Micros,
            entry.Subject,
            entry.Version,
            Entry.Text(entry.Data, "recordedBy"),
            Entry.Text(entry.Data, "reviewedBy"),
            entry.ShortType,
            entry.Data
        );

    /// <summary>The same of an item of the API: an entry as it stands in the log, or the API's own view. Null when it is neither.</summary>
    public static (long Index, string Subject, byte[]? Digest)? OfItem(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (Entry.TryRead(item, out var entry))
        {
            return (entry.Index, entry.Subject, Of(entry));
        }

        if (
            !item.TryGetProperty("index", out var number)
            || !number.TryGetInt64(out var index)
            || Entry.Text(item, "stream") is not { } subject
        )
        {
            return null;
        }

        var readable =
            item.TryGetProperty("event", out var body)
            && body.ValueKind == JsonValueKind.Object
            && item.TryGetProperty("version", out var version)
            && version.TryGetInt64(out _)
            && DateTimeOffset.TryParse(
                Entry.Text(item, "recorded"),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out _
            );
        return (
            index,
            subject,
            readable
                ? Digest(
                    Entry.Text(item, "id") ?? "",
                    index,
                    Entry.MicrosOf(
                        DateTimeOffset.Parse(
                            Entry.Text(item, "recorded")!,
                            CultureInfo.InvariantCulture,
                            DateTimeStyles.AssumeUniversal
                        )
                    ),
                    subject,
                    item.GetProperty("version").GetInt64(),
                    Entry.Text(item, "recordedBy"),
                    Entry.Text(item, "reviewedBy"),
                    Entry.Text(body, "type") ?? "",
                    body
                )
                : null
        );
    }

    private static byte[] Digest(
        string id,
        long index,
        long micros,
        string subject,
        long version,
        string? recordedBy,
        string? reviewedBy,
        string type,
        JsonElement data
    )
    {
        var text = new ArrayBufferWriter<byte>(2048);
        var plainType = type.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        Write(text, id);
        Write(text, index);
        Write(text, micros);
        Write(text, subject);
        Write(text, version);
        Write(text, recordedBy ?? "");
        Write(text, reviewedBy ?? "");
        Write(text, plainType);
        var personal = plainType == "stated" ? s_personal : [];
        Write(text, data, name => s_beside.Contains(name) || personal.Contains(name));
        return SHA256.HashData(text.WrittenSpan);
    }

    // Any form will do in which two different statements never have the same bytes.
    private static void Write(
        ArrayBufferWriter<byte> to,
        JsonElement value,
        Func<string, bool>? leave
    )
    {
        to.Write([(byte)value.ValueKind]);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = value
                    .EnumerateObject()
                    .Where(m =>
                        m.Value.ValueKind != JsonValueKind.Null && leave?.Invoke(m.Name) != true
                    )
                    .OrderBy(m => m.Name, StringComparer.Ordinal)
                    .ToArray();
                Write(to, members.Length);
                foreach (var member in members)
                {
                    Write(to, member.Name);
                    Write(to, member.Value, null);
                }

                break;
            case JsonValueKind.Array:
                Write(to, value.GetArrayLength());
                foreach (var item in value.EnumerateArray())
                {
                    Write(to, item, null);
                }

                break;
            case JsonValueKind.String:
                Write(to, value.GetString()!);
                break;
            case JsonValueKind.Number:
                Write(to, value.GetRawText());
                break;
        }
    }

    private static void Write(ArrayBufferWriter<byte> to, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(to.GetSpan(8), number);
        to.Advance(8);
    }

    private static void Write(ArrayBufferWriter<byte> to, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Write(to, length);
        Encoding.UTF8.GetBytes(text, to.GetSpan(length));
        to.Advance(length);
    }
}
