using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Verify.Entries;

/// <summary>What a canonical entry says of itself: the attributes of its CloudEvent (CloudEvents 1.0, section 3).</summary>
/// <param name="Index">Its <c>sequence</c>: twenty digits.</param>
/// <param name="Micros">Its <c>time</c>: microseconds since 1970.</param>
/// <param name="Version">Its <c>streamversion</c>: its place among those of its subject, from 1.</param>
/// <param name="Data">The event itself.</param>
public sealed record Entry(
    string Id,
    string Type,
    string Subject,
    long Index,
    long Micros,
    long Version,
    JsonElement Data
)
{
    private const string TimeForm = "yyyy-MM-ddTHH:mm:ss.ffffffZ";

    /// <summary>Reads an entry that is in canonical form.</summary>
    public static bool TryRead(JsonElement root, [NotNullWhen(true)] out Entry? entry)
    {
        entry = null;
        if (
            Text(root, "specversion") != "1.0"
            || !Guid.TryParseExact(Text(root, "id"), "D", out _)
            || Text(root, "id") is not { } id
            || Text(root, "source") is not { Length: > 0 }
            || Text(root, "type") is not { Length: > 0 } type
            || Text(root, "subject") is not { Length: > 0 } subject
            || Text(root, "sequence") is not { Length: 20 } sequence
            || !long.TryParse(
                sequence,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var index
            )
            || !TryReadTime(Text(root, "time"), out var micros)
            || !TryReadVersion(root, out var version)
            || !root.TryGetProperty("data", out var data)
            || data.ValueKind != JsonValueKind.Object
        )
        {
            return false;
        }

        entry = new Entry(id, type, subject, index, micros, version, data);
        return true;
    }

    /// <summary>The type without the product, the kind of stream and the shape's number: <c>funded</c>.</summary>
    public string ShortType => Type.Split('.') is [_, _, var name, _] ? name : Type;

    internal static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static bool TryReadTime(string? text, out long micros)
    {
        var read = DateTimeOffset.TryParseExact(
            text,
            TimeForm,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        );
        micros = MicrosOf(time);
        return read;
    }

    internal static long MicrosOf(DateTimeOffset time) =>
        (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    internal static DateTimeOffset TimeOf(long micros) =>
        DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    private static bool TryReadVersion(JsonElement root, out long version)
    {
        version = 0;
        return root.TryGetProperty("streamversion", out var value)
            && (
                value.ValueKind == JsonValueKind.Number
                    ? value.TryGetInt64(out version)
                    : value.ValueKind == JsonValueKind.String
                        && long.TryParse(
                            value.GetString(),
                            NumberStyles.None,
                            CultureInfo.InvariantCulture,
                            out version
                        )
            )
            && version > 0;
    }
}
