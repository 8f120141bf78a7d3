using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ledger.EventStore;

/// <summary>
/// The key of a stream: its kind and, but for the streams <c>method</c> and <c>log</c>, a readable name:
/// <c>promise:krefeld-klimaneutral-2035</c>. Lower-case ASCII letters, digits and single hyphens, at most 160 characters;
/// the database's admission trigger holds every writer to the same form.
/// </summary>
[JsonConverter(typeof(StreamKeyJson))]
public readonly record struct StreamKey : IComparable<StreamKey>
{
    private const int MaxLength = 160;
    private readonly string? _text;

    private StreamKey(string text) => _text = text;

    /// <summary>What kind of stream this is: <c>promise</c>, <c>target</c>, <c>council</c>, <c>source</c>, <c>method</c> or <c>log</c>.</summary>
    public string Kind => Text.Split(':', 2)[0];

    /// <summary>The part after the colon; empty for <c>method</c> and <c>log</c>.</summary>
    public string Name =>
        Text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var at ? Text[(at + 1)..] : "";

    private string Text =>
        _text ?? throw new InvalidOperationException("An empty StreamKey has no text.");

    public static StreamKey Promise(string name) => Parse($"promise:{name}");

    public static StreamKey Target(string name) => Parse($"target:{name}");

    public static StreamKey Council(string name) => Parse($"council:{name}");

    public static StreamKey Source(string name) => Parse($"source:{name}");

    /// <exception cref="FormatException">The text is no stream key.</exception>
    public static StreamKey Parse(string text) =>
        TryParse(text, out var key)
            ? key
            : throw new FormatException(
                $"'{text}' is no stream key: expected kind:name in lower-case letters, digits and hyphens."
            );

    public static bool TryParse([NotNullWhen(true)] string? text, out StreamKey key)
    {
        key = default;
        if (text is null || text.Length is 0 or > MaxLength)
        {
            return false;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var kind = colon < 0 ? text.AsSpan() : text.AsSpan(0, colon);
        if (
            kind.IsEmpty
            || kind.ContainsAnyExceptInRange('a', 'z')
            || (colon >= 0 && !IsName(text.AsSpan(colon + 1)))
        )
        {
            return false;
        }

        key = new StreamKey(text);
        return true;
    }

    /// <summary>Whether a text can be the name part of a key, and so a part of a public address.</summary>
    public static bool IsName(ReadOnlySpan<char> name)
    {
        var letterBefore = false;
        foreach (var c in name)
        {
            if (c == '-' && letterBefore)
            {
                letterBefore = false;
            }
            else if (c is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
            {
                letterBefore = true;
            }
            else
            {
                return false;
            }
        }

        return letterBefore;
    }

    public int CompareTo(StreamKey other) => string.CompareOrdinal(Text, other.Text);

    public static bool operator <(StreamKey left, StreamKey right) => left.CompareTo(right) < 0;

    public static bool operator >(StreamKey left, StreamKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(StreamKey left, StreamKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(StreamKey left, StreamKey right) => left.CompareTo(right) >= 0;

    public override string ToString() => Text;

    private sealed class StreamKeyJson : JsonConverter<StreamKey>
    {
        public override StreamKey Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) =>
            TryParse(reader.GetString(), out var key)
                ? key
                : throw new JsonException("not a stream key");

        public override void Write(
            Utf8JsonWriter writer,
            StreamKey value,
            JsonSerializerOptions options
        ) => writer.WriteStringValue(value.ToString());
    }
}
