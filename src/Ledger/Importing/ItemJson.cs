using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.EventStore;
using Ledger.Recording;

namespace Ledger.Importing;

/// <summary>An event as JSON between ledgers: without who recorded it, and with the ids of other events as the file has them.</summary>
internal static class ItemJson
{
    /// <summary>The fields that name another event of the same stream.</summary>
    public static IReadOnlyList<string> References { get; } = ["event", "measurement", "about"];

    private static readonly string[] s_recorders = ["recordedBy", "reviewedBy"];

    /// <summary>The fields of an event, without those that the ledger itself enters and without nulls that say nothing.</summary>
    public static JsonObject Of(Event body)
    {
        var type = body.GetType();
        var json = JsonSerializer.SerializeToNode(body, type, LedgerJson.Options)!.AsObject();
        foreach (var field in s_recorders)
        {
            json.Remove(field);
        }

        var required = LedgerJson
            .Options.GetTypeInfo(type)
            .Properties.Where(p => p.IsRequired)
            .Select(p => p.Name);
        foreach (
            var field in json.Where(f => f.Value is null)
                .Select(f => f.Key)
                .Except(required)
                .ToList()
        )
        {
            json.Remove(field);
        }

        return json;
    }

    /// <summary>
    /// Fingerprint of what an item says, whatever format it came in: references as event ids, personal values left out, so that it is the
    /// same before they are concealed, after, and when they are erased.
    /// </summary>
    public static byte[] Sha256(StreamKey stream, Event body)
    {
        var json = Of(body);
        foreach (var field in (string[])[.. Disclosures.PersonalFields, "_sd", "_sd_alg"])
        {
            if (body is Promises.Stated)
            {
                json.Remove(field);
            }
        }

        return SHA256.HashData(
            Encoding.UTF8.GetBytes(
                $"{stream}\n{Vocabulary.Of(body).Name}\n{Sorted(json)!.ToJsonString()}"
            )
        );
    }

    /// <summary>Reads the fields as an event of a type.</summary>
    /// <returns>The event, or why it is none.</returns>
    public static (Event? Body, Decision.Refused? Refusal) Read(EventType type, JsonObject fields)
    {
        if (s_recorders.FirstOrDefault(fields.ContainsKey) is not null)
        {
            return (null, Objections.RecorderGiven.Refuse());
        }

        if (IsBroken(fields))
        {
            return (null, Objections.BrokenText.Refuse());
        }

        try
        {
            return ((Event)fields.Deserialize(type.Record, LedgerJson.Options)!, null);
        }
        catch (JsonException e)
        {
            return (null, Explain(e));
        }
    }

    // PostgreSQL keeps no U+0000, and no canonical form has half a surrogate pair.
    private static bool IsBroken(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject o:
                return o.Any(f => f.Key.Contains('\0') || IsBroken(f.Value));
            case JsonArray a:
                return a.Any(IsBroken);
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                try
                {
                    return IsBroken(value.GetValue<string>());
                }
                catch (InvalidOperationException)
                {
                    return true;
                }

            default:
                return false;
        }
    }

    private static bool IsBroken(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || (char.IsSurrogate(text[i]) && !char.IsSurrogatePair(text, i)))
            {
                return true;
            }

            i += char.IsSurrogate(text[i]) ? 1 : 0;
        }

        return false;
    }

    private static Decision.Refused Explain(JsonException e)
    {
        var field = e.Path?.TrimStart('$', '.') ?? "";
        var message = e.Message.Split(" Path: ")[0];
        if (message.Contains("missing required properties", StringComparison.Ordinal))
        {
            var names = message[(message.LastIndexOf(':') + 1)..].Trim().TrimEnd('.');
            return Objections.FieldMissing.Refuse(names);
        }

        return message.Contains("could not be mapped", StringComparison.Ordinal)
            ? Objections.FieldUnknown.Refuse(field)
            : Objections.FieldMalformed.Refuse(field, message);
    }

    private static JsonNode? Sorted(JsonNode? node) =>
        node switch
        {
            JsonObject o => new JsonObject(
                o.OrderBy(f => f.Key, StringComparer.Ordinal)
                    .Select(f => KeyValuePair.Create(f.Key, Sorted(f.Value)))
            ),
            JsonArray a => new JsonArray([.. a.Select(Sorted)]),
            _ => node?.DeepClone(),
        };
}
