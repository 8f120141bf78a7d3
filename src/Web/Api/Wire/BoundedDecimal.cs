using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Web.Api.Wire;

/// <summary>A decimal is a string; no town's budget, tonne or percentage needs more digits than these.</summary>
public sealed class BoundedDecimal : JsonConverter<decimal>
{
    /// <summary>At most fifteen digits before the point and six after it.</summary>
    public const string Pattern = @"^-?\d{1,15}(\.\d{1,6})?$";

    private const int Longest = 1 + 15 + 1 + 6;

    public override decimal Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString()!, out var value)
            ? value
            : throw new JsonException(
                "A decimal is a string such as \"5.00\", with at most fifteen digits before the point and six after it."
            );

    public override void Write(
        Utf8JsonWriter writer,
        decimal value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));

    private static bool TryParse(string text, out decimal value)
    {
        value = 0;
        if (text.Length is 0 or > Longest)
        {
            return false;
        }

        var digits = text.AsSpan(text[0] == '-' ? 1 : 0);
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var part = point < 0 ? "0" : digits[(point + 1)..];
        return whole.Length is > 0 and <= 15
            && part.Length is > 0 and <= 6
            && !whole.ContainsAnyExceptInRange('0', '9')
            && !part.ContainsAnyExceptInRange('0', '9')
            && decimal.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out value
            );
    }
}
