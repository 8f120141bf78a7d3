using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.EventStore;
using Ledger.Recording;

namespace Ledger.Catalogue;

/// <summary>Puts items of the catalogue to the decisions that judge every command.</summary>
internal static class SeedDecisions
{
    /// <summary>Decides items in their order, each on what stands before it.</summary>
    /// <param name="seeds">What is to be recorded.</param>
    /// <param name="ids">Event ids of items that are on record; those of these items are added.</param>
    /// <param name="histories">What is on record of their streams.</param>
    /// <param name="known">Every stream that is on record or comes on record with these.</param>
    /// <exception cref="CatalogueException">At least one item is refused, one line for each.</exception>
    public static List<Append> Decide(
        IReadOnlyList<Seed> seeds,
        Dictionary<string, Guid> ids,
        IReadOnlyList<StreamHistory> histories,
        IReadOnlySet<StreamKey> known,
        DateTimeOffset now
    )
    {
        List<string> faults = [];
        var streams = histories.ToDictionary(
            h => h.Stream,
            h => new Draft(h.Events.Count, [.. h.Events], [])
        );
        foreach (var seed in seeds)
        {
            ids.TryAdd(seed.Id, Guid.CreateVersion7());
        }

        foreach (var seed in seeds)
        {
            if (!streams.TryGetValue(seed.Stream, out var draft))
            {
                streams[seed.Stream] = draft = new Draft(0, [], []);
            }

            try
            {
                var body = Body(seed, ids);
                var refusal =
                    Decisions.Decide(seed.Stream, draft.Events, body, now) as Decision.Refused
                    ?? NamedStreams.RefuseUnknown(body, known.Contains);
                if (refusal is not null)
                {
                    throw seed.Node.Fault(refusal.Reason.En!);
                }

                draft.New.Add(new NewEvent(body) { Id = ids[seed.Id] });
                draft.Events.Add(
                    RecordedEvent.Of(
                        body,
                        seed.Stream,
                        draft.Events.Count + 1,
                        now,
                        ids[seed.Id]
                    ) with
                    {
                        // In the order of the seeds, after everything that is recorded.
                        Index = int.MaxValue + (long)draft.Events.Count,
                    }
                );
            }
            catch (SeedException e)
            {
                faults.Add(e.Message);
            }
        }

        return faults.Count == 0
            ?
            [
                .. streams
                    .Where(s => s.Value.New.Count > 0)
                    .Select(s => new Append(s.Key, s.Value.Version, s.Value.New)),
            ]
            : throw new CatalogueException(faults);
    }

    private static Event Body(Seed seed, Dictionary<string, Guid> ids)
    {
        var fields = Resolved(seed, seed.Fields, ids);
        try
        {
            if (seed.Corrects is { } item)
            {
                foreach (var side in (string[])["from", "to"])
                {
                    fields[side] = AsWritten(item, (string)fields["field"]!, fields[side], ids);
                }
            }

            return (Event)fields.Deserialize(seed.Type.Record, LedgerJson.Options)!;
        }
        catch (JsonException e)
        {
            var field = e.Path?.TrimStart('$', '.').Split('.', '[')[0];
            throw new SeedException(seed.Node.File, seed.Node.LineOf(field), Explain(e, field));
        }
    }

    // References to other items stand in the seeds as these items' ids.
    private static JsonObject Resolved(Seed seed, JsonObject fields, Dictionary<string, Guid> ids)
    {
        var resolved = (JsonObject)fields.DeepClone();
        foreach (var field in (string[])["measurement", "event"])
        {
            if (resolved[field]?.GetValue<string>() is { } reference)
            {
                var name = reference.Contains(':', StringComparison.Ordinal)
                    ? reference
                    : $"event:{reference}";
                resolved[field] = ids.TryGetValue(name, out var id)
                    ? id.ToString()
                    : throw seed.Node.Fault(field, $"the event '{reference}' is not in the seeds");
            }
        }

        return resolved;
    }

    // A value of an item's field as the record writes it, which may leave out what a person writes down.
    private static JsonNode? AsWritten(
        Seed item,
        string field,
        JsonNode? value,
        Dictionary<string, Guid> ids
    )
    {
        var fields = Resolved(item, item.Fields, ids);
        fields[field] = value?.DeepClone();
        var body = fields.Deserialize(item.Type.Record, LedgerJson.Options);
        return JsonSerializer
            .SerializeToNode(body, item.Type.Record, LedgerJson.Options)![field]
            ?.DeepClone();
    }

    private static string Explain(JsonException e, string? field)
    {
        var about = string.IsNullOrEmpty(field) ? "" : $"{field}: ";
        var message = e.Message.Split(" Path: ")[0];
        return message switch
        {
            _ when message.Contains("missing required properties", StringComparison.Ordinal) =>
                $"a field is missing:{message[(message.LastIndexOf(':') + 1)..]}",
            _ when message.Contains("could not be mapped", StringComparison.Ordinal) =>
                $"{about}this field is unknown here",
            _ when message.Contains("System.String", StringComparison.Ordinal) =>
                $"{about}expected a text; put it in quotation marks",
            _ => about + message,
        };
    }

    private sealed record Draft(long Version, List<RecordedEvent> Events, List<NewEvent> New);
}
