using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Verify.Entries;

/// <summary>
/// The digest of what an entry states, in a form that can also be computed from the API's own view of an event: so the two can be compared
/// without keeping either. Left out on both sides: members that are null, and the digests of personal values, for which see
/// <see cref="Openings"/>.
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
            entry.Data,
            []
        );

    /// <summary>An item of the API: an entry as it stands in the log, or the API's own view. Null when it is neither.</summary>
    public static ShownEvent? OfItem(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var hasView = item.TryGetProperty("event", out var body);
        if (Entry.TryRead(item, out var entry))
        {
            // One that is both could say one thing here and another there.
            var isOne =
                !hasView
                && !Openings.PersonalFields.Any(f => entry.Data.TryGetProperty(f, out _))
                && Agrees(item, "index", v => v.TryGetInt64(out var i) && i == entry.Index)
                && Agrees(item, "stream", v => v.GetString() == entry.Subject);
            return new ShownEvent(
                entry.Index,
                entry.Subject,
                isOne ? Of(entry) : null,
                Openings.DigestsOf(entry.Data),
                [],
                IsEmpty: false
            );
        }

        return
            item.TryGetProperty("index", out var number)
            && number.TryGetInt64(out var index)
            && Entry.Text(item, "stream") is { } subject
            ? OfView(item, body, index, subject)
            : null;
    }

    private static ShownEvent OfView(JsonElement item, JsonElement body, long index, string subject)
    {
        var isEmpty =
            body.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
            && !item.TryGetProperty("data", out _);
        var by = Entry.Text(item, "recordedBy");
        var reviewer = Entry.Text(item, "reviewedBy");
        if (
            body.ValueKind != JsonValueKind.Object
            || !item.TryGetProperty("version", out var number)
            || !number.TryGetInt64(out var version)
            || !item.TryGetProperty("recorded", out var time)
            || !time.TryGetDateTimeOffset(out var recorded)
            || !Agrees(body, "recordedBy", v => v.GetString() == by)
            || !Agrees(body, "reviewedBy", v => v.GetString() == reviewer)
            || Entry.Text(body, "type") is not { } type
            || !TryOpen(item, body, type, out var opened)
        )
        {
            return new ShownEvent(index, subject, null, [], [], isEmpty);
        }

        return new ShownEvent(
            index,
            subject,
            Digest(
                Entry.Text(item, "id") ?? "",
                index,
                Entry.MicrosOf(recorded),
                subject,
                version,
                by,
                reviewer,
                type,
                body,
                opened.Count > 0 ? Openings.PersonalFields : []
            ),
            [.. opened, .. Openings.DigestsOf(body)],
            type == "erased" ? Openings.ErasedBy(body) : [],
            isEmpty
        );
    }

    // Only statements hold anything personal; others have names of their own.
    private static bool TryOpen(
        JsonElement item,
        JsonElement body,
        string type,
        [NotNullWhen(true)] out IReadOnlyList<string>? opened
    )
    {
        opened = [];
        return type != "stated" || Openings.TryRead(item, body, out opened);
    }

    // Said in two places, it must be the same.
    private static bool Agrees(JsonElement parent, string name, Func<JsonElement, bool> isSame) =>
        !parent.TryGetProperty(name, out var value)
        || value.ValueKind == JsonValueKind.Null
        || isSame(value);

    private static byte[] Digest(
        string id,
        long index,
        long micros,
        string subject,
        long version,
        string? recordedBy,
        string? reviewedBy,
        string type,
        JsonElement data,
        IReadOnlyList<string> opened
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
        Write(text, data, name => s_beside.Contains(name) || opened.Contains(name));
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
