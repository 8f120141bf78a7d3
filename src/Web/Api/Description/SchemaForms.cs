using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Ledger.Recording;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Web.Api.Wire;

namespace Web.Api.Description;

/// <summary>What the generator cannot know of our values: the forms of dates, decimals and names.</summary>
public static partial class SchemaForms
{
    // A point, or an interval of two, open at one end.
    private const string Point = @"\d{4}(-\d{2}(-\d{2})?)?~?";

    public static Task ShapeAsync(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellation
    )
    {
        var type =
            Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        var isNullable = type != context.JsonTypeInfo.Type;
        if (
            context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object
            && type.Assembly == typeof(Event).Assembly
        )
        {
            // The generator takes every positional field for required; those that may be null may also be left out.
            schema.Required = context
                .JsonTypeInfo.Properties.Where(p => p.IsRequired)
                .Select(p => p.Name)
                .ToHashSet(StringComparer.Ordinal);
        }

        if (type == typeof(Edtf))
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = $"^({Point}(/({Point}|\\.\\.))?|\\.\\./{Point})$";
            schema.MaxLength = 23;
            schema.Description =
                $"A date as exactly as the source says it and no more exactly. {Edtf.AllowedForms}";
        }
        else if (type == typeof(decimal))
        {
            schema.Type = isNullable
                ? JsonSchemaType.String | JsonSchemaType.Null
                : JsonSchemaType.String;
            schema.Format = null;
            schema.Pattern = BoundedDecimal.Pattern;
        }
        else if (type == typeof(JsonElement) || type.Name == "JsonNode")
        {
            // Not null: where a value may be missing, the place that refers to this says so.
            schema.Type =
                JsonSchemaType.Object
                | JsonSchemaType.Array
                | JsonSchemaType.String
                | JsonSchemaType.Number
                | JsonSchemaType.Boolean;
            schema.Items = new OpenApiSchema();
            schema.Description = "Any JSON value.";
        }
        else if (typeof(Event).IsAssignableFrom(type))
        {
            schema.Type = JsonSchemaType.Object;
            schema.Required ??= new HashSet<string>(StringComparer.Ordinal);
            schema.Required.Add(ApiJson.Discriminator);
            if (type != typeof(Event))
            {
                schema.AdditionalPropertiesAllowed = false;
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Puts the code's words in comments into the API's words.</summary>
    public static void Finish(OpenApiDocument document)
    {
        foreach (var schema in document.Components?.Schemas?.Values ?? [])
        {
            // Null is said where the words are referred to: of "null or one of these" exactly one must hold.
            (schema as OpenApiSchema)?.Enum = schema
                .Enum?.Where(word => word is not null && !word.IsJsonNullSentinel())
                .ToList();
            Finish(schema);
        }
    }

    private static void Finish(IOpenApiSchema schema)
    {
        schema.Description = Plain(schema.Description);
        foreach (var property in schema.Properties?.Values ?? [])
        {
            property.Description = Plain(property.Description);
            foreach (var choice in property.OneOf ?? [])
            {
                choice.Description = Plain(choice.Description);
            }
        }
    }

    // The generator writes references in comments as "What Edtf? Event.Occurred rests on" and "Comparator.Between".
    private static string? Plain(string? description) =>
        description is null
            ? null
            : Reference()
                .Replace(
                    description,
                    m => $"`{JsonNamingPolicy.CamelCase.ConvertName(m.Groups["name"].Value)}`"
                );

    [GeneratedRegex(
        @"(?:\b[A-Za-z<>]+\?? )?\b(?:Event|Comparator|DeadlineBasis|Stated|Direction|Edtf|Checked|Decided|SubmissionState|StatusRules|Disclosures)\.(?<name>[A-Z][A-Za-z]+)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Reference();
}
