using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Targets;

namespace Ledger.Submissions;

/// <summary>A stream's state as plain JSON: what is compared to say what an event would change.</summary>
internal static class Picture
{
    public static JsonObject Of(StreamKey stream, IReadOnlyList<RecordedEvent> events)
    {
        var picture = new JsonObject
        {
            ["entries"] = new JsonObject(
                EffectiveEvents
                    .Of(events)
                    .Select(e =>
                        KeyValuePair.Create(
                            e.Recorded.Id.ToString(),
                            Json(e.Body, e.Body.GetType())
                        )
                    )
            ),
        };
        switch (stream.Kind)
        {
            case "promise":
                var promise = Promise.From(events);
                picture["status"] = Json(promise.Status);
                picture["committees"] = Json(promise.Committees);
                break;
            case "target":
                var target = Target.From(events);
                picture["measurements"] = new JsonObject(
                    target
                        .Measurements()
                        .Select(m => KeyValuePair.Create(m.Id.ToString(), Json(m.Value)))
                );
                picture["missing"] = Json(target.Assess().Gaps);
                break;
            case "council":
                var council = Council.From(events);
                picture["committees"] = new JsonObject(
                    council.Committees.Select(c => KeyValuePair.Create(c.Slug, Json(c)))
                );
                picture["terms"] = new JsonObject(
                    council.Terms.Select(t => KeyValuePair.Create(t.Slug, Json(t)))
                );
                break;
        }

        return picture;
    }

    private static JsonNode? Json<T>(T value) => Json(value, typeof(T));

    private static JsonNode? Json(object? value, Type type) =>
        JsonSerializer.SerializeToNode(value, type, LedgerJson.Options);
}
