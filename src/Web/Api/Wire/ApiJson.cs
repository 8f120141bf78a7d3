using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Ledger.Recording;

namespace Web.Api.Wire;

/// <summary>
/// JSON as the API speaks it: the record's own form (<see cref="LedgerJson"/>), an event with its <c>type</c> beside its fields, and
/// without what only the server may say of it.
/// </summary>
public static class ApiJson
{
    /// <summary>Name of the property that tells an event's type.</summary>
    public const string Discriminator = "type";

    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>The type's name on the wire: <c>fundingWithdrawn</c>.</summary>
    public static string NameOf(EventType type) =>
        JsonNamingPolicy.CamelCase.ConvertName(type.Record.Name);

    /// <summary>The type of that name on the wire; null when there is none.</summary>
    public static EventType? Find(string? name) =>
        Vocabulary.All.FirstOrDefault(t =>
            string.Equals(NameOf(t), name, StringComparison.Ordinal)
        );

    /// <summary>Gives other options the same form: those of the host, from which the OpenAPI document is made.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        var record = LedgerJson.Options;
        options.PropertyNamingPolicy = record.PropertyNamingPolicy;
        options.PropertyNameCaseInsensitive = false;
        options.DefaultIgnoreCondition = record.DefaultIgnoreCondition;
        options.UnmappedMemberHandling = record.UnmappedMemberHandling;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.AllowOutOfOrderMetadataProperties = true;
        options.RespectNullableAnnotations = true;
        options.Encoder = record.Encoder;
        options.Converters.Add(new BoundedDecimal());
        foreach (var converter in record.Converters)
        {
            options.Converters.Add(converter);
        }

        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers =
            {
                LedgerJson.RequireWhatIsRequired,
                TellType,
                WriteAnswersWhole,
                LeaveToTheServer,
            },
        };
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions();
        Apply(options);
        options.MakeReadOnly();
        return options;
    }

    private static void TellType(JsonTypeInfo info)
    {
        if (info.Type != typeof(Event))
        {
            return;
        }

        info.PolymorphismOptions = new JsonPolymorphismOptions
        {
            TypeDiscriminatorPropertyName = Discriminator,
        };
        foreach (var type in Vocabulary.All)
        {
            info.PolymorphismOptions.DerivedTypes.Add(
                new JsonDerivedType(type.Record, NameOf(type))
            );
        }
    }

    // Answers of the API name every field of theirs, if need be as null. What the record says leaves out a null, but not where the field has
    // to be sent: what was read can be sent again.
    private static void WriteAnswersWhole(JsonTypeInfo info)
    {
        foreach (var property in info.Properties.Where(p => p.IsRequired))
        {
            property.ShouldSerialize = static (_, _) => true;
        }

        if (
            info.Type.Namespace?.StartsWith("Web.", StringComparison.Ordinal) == true
            && !info.Type.IsAssignableTo(typeof(ISparse))
        )
        {
            foreach (var property in info.Properties)
            {
                property.ShouldSerialize = static (_, _) => true;
            }
        }
    }

    private static void LeaveToTheServer(JsonTypeInfo info)
    {
        if (!typeof(Event).IsAssignableFrom(info.Type))
        {
            return;
        }

        for (var i = info.Properties.Count - 1; i >= 0; i--)
        {
            if (info.Properties[i].Name is "recordedBy" or "reviewedBy" or "_sd" or "_sd_alg")
            {
                info.Properties.RemoveAt(i);
            }
        }
    }
}

/// <summary>An answer that leaves out what does not concern it, rather than saying null.</summary>
public interface ISparse;
