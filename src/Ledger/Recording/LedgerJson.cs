using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Ledger.Recording;

/// <summary>How event data is written: camelCase names and enum values, decimals as strings, unknown fields refused.</summary>
public static class LedgerJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            NumberHandling = JsonNumberHandling.Strict,
            PropertyNameCaseInsensitive = false,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        };
        options.Converters.Add(
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
        );
        options.Converters.Add(new DecimalAsString());
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers = { RequireWhatIsRequired },
        };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>
    /// What cannot be null must be there, also in records with positional fields; and what must be there is written, also when it is null.
    /// Otherwise a passage without lines would be read, and a sum that is not published could not be read back.
    /// </summary>
    public static void RequireWhatIsRequired(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (
                property.AssociatedParameter
                    is { HasDefaultValue: false, IsNullable: false } parameter
                && (
                    !parameter.ParameterType.IsValueType
                    || Nullable.GetUnderlyingType(parameter.ParameterType) is null
                )
            )
            {
                property.IsRequired = true;
            }

            if (property.IsRequired)
            {
                property.ShouldSerialize = static (_, _) => true;
            }
        }
    }

    // Money, percentages and tonnes must be the same to every reader, so none of them passes through a binary float.
    private sealed class DecimalAsString : JsonConverter<decimal>
    {
        private const NumberStyles Style =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

        public override decimal Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) =>
            reader.TokenType == JsonTokenType.String
            && decimal.TryParse(
                reader.GetString(),
                Style,
                CultureInfo.InvariantCulture,
                out var value
            )
                ? value
                : throw new JsonException("a decimal is a string such as \"5.00\"");

        public override void Write(
            Utf8JsonWriter writer,
            decimal value,
            JsonSerializerOptions options
        ) => writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }
}
