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
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LetNullBeMissing } },
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        };
        options.Converters.Add(
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
        );
        options.Converters.Add(new DecimalAsString());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    // What may be null is not written when it is, so it need not be there to be read.
    private static void LetNullBeMissing(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AssociatedParameter is { IsMemberInitializer: false, IsNullable: true })
            {
                property.IsRequired = false;
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
