using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.EventStore;
using Ledger.Promises;

namespace Ledger.Recording;

/// <summary>A recorded event as it counts now: with its corrections applied, at its place on the occurred axis.</summary>
/// <param name="Recorded">The event as it was recorded, unchanged.</param>
/// <param name="Body">Its fields after corrections.</param>
/// <param name="Corrections">The events that corrected it, oldest first.</param>
public sealed record EffectiveEvent(
    RecordedEvent Recorded,
    Event Body,
    IReadOnlyList<RecordedEvent> Corrections
) : IComparable<EffectiveEvent>
{
    /// <summary>First day on which it can have happened; the day it was recorded when that is unknown.</summary>
    public DateOnly From { get; } =
        Body.Occurred is { } o ? o.EarliestDay ?? DateOnly.MinValue : Recorded.RecordedDay;

    /// <summary>Last day on which it can have happened.</summary>
    public DateOnly To { get; } =
        Body.Occurred is { } o ? o.LatestDay ?? DateOnly.MaxValue : Recorded.RecordedDay;

    /// <summary>Earliest possible day, then latest possible day, then index.</summary>
    public int CompareTo(EffectiveEvent? other)
    {
        if (other is null)
        {
            return 1;
        }

        var byFrom = From.CompareTo(other.From);
        var byTo = byFrom != 0 ? byFrom : To.CompareTo(other.To);
        return byTo != 0 ? byTo : Recorded.Index.CompareTo(other.Recorded.Index);
    }
}

/// <summary>Reads a stream as it counts: corrections applied, retracted events left out, in the order in which things happened.</summary>
public static class EffectiveEvents
{
    /// <summary>The effective events of one stream, ordered by occurred. Corrections, retractions and erasures themselves are not among them.</summary>
    /// <exception cref="UnfoldableEventException">An event, or a corrected one, does not fit its type.</exception>
    public static List<EffectiveEvent> Of(IReadOnlyList<RecordedEvent> recorded)
    {
        recorded = WithoutWithheld(recorded);
        HashSet<Guid>? retracted = null;
        Dictionary<Guid, List<RecordedEvent>>? corrections = null;
        foreach (var e in recorded)
        {
            if (e.Body is Retracted r)
            {
                (retracted ??= []).Add(r.Event);
            }
        }

        foreach (var e in recorded)
        {
            if (e.Body is Corrected c && retracted?.Contains(e.Id) != true)
            {
                corrections ??= [];
                if (!corrections.TryGetValue(c.Event, out var list))
                {
                    corrections[c.Event] = list = [];
                }

                list.Add(e);
            }
        }

        var effective = new List<EffectiveEvent>(recorded.Count);
        foreach (var e in recorded)
        {
            if (
                e.Body is Corrected or Retracted or Erased or Withheld
                || retracted?.Contains(e.Id) == true
            )
            {
                continue;
            }

            effective.Add(
                corrections is not null && corrections.TryGetValue(e.Id, out var of)
                    ? new EffectiveEvent(e, Apply(e, of), of)
                    : new EffectiveEvent(e, e.Body, [])
            );
        }

        effective.Sort();
        return effective;
    }

    /// <summary>
    /// Refuses a correction or retraction that points nowhere, at another one of its kind, or that leaves the event malformed;
    /// null when nothing is wrong or the event is neither.
    /// </summary>
    public static Decision.Refused? RefuseMisdirected(
        IReadOnlyList<RecordedEvent> recorded,
        Event candidate
    )
    {
        var about = candidate switch
        {
            Corrected c => c.Event,
            Retracted r => r.Event,
            _ => (Guid?)null,
        };
        recorded = WithoutWithheld(recorded);
        if (about is null)
        {
            return null;
        }

        var target = recorded.FirstOrDefault(e => e.Id == about);
        if (target is null)
        {
            return Objections.EventNotOnStream.Refuse(about);
        }

        if (target.Body is Erased or Withheld)
        {
            return Objections.DeclarationStays.Refuse();
        }

        if (target.Version == 1 && candidate is Retracted)
        {
            return Objections.FirstEventStays.Refuse();
        }

        if (recorded.Any(e => e.Body is Retracted r && r.Event == about))
        {
            return Objections.RetractedAlready.Refuse(about);
        }

        if (candidate is not Corrected correction)
        {
            return null;
        }

        if (target.Body is Corrected or Retracted)
        {
            return Objections.NotCorrectable.Refuse();
        }

        if (correction.Field is "recordedBy" or "reviewedBy")
        {
            return Objections.RecorderStays.Refuse();
        }

        if (
            target.Body is Stated
            && (
                Disclosures.PersonalFields.Contains(correction.Field)
                || correction.Field is "_sd" or "_sd_alg"
            )
        )
        {
            return Objections.PersonalStays.Refuse();
        }

        var effective = Of(recorded).Single(e => e.Recorded.Id == about);
        var now = JsonSerializer.SerializeToNode(
            effective.Body,
            effective.Body.GetType(),
            LedgerJson.Options
        )!;
        if (!JsonNode.DeepEquals(now[correction.Field], Node(correction.From)))
        {
            return Objections.FieldSaysOtherwise.Refuse(correction.Field);
        }

        try
        {
            var corrected = Patch(target, effective.Body, correction);
            return Decision.RefuseFaults(corrected);
        }
        catch (UnfoldableEventException e)
        {
            return Objections.CorrectedMalformed.Refuse(e.Message);
        }
    }

    /// <summary>A stream without the events that are withheld: their data is blank, so nothing of them can be read or count.</summary>
    public static IReadOnlyList<RecordedEvent> WithoutWithheld(
        IReadOnlyList<RecordedEvent> recorded
    )
    {
        HashSet<Guid>? withheld = null;
        foreach (var e in recorded)
        {
            if (e.Type == "withheld")
            {
                (withheld ??= []).Add(((Withheld)e.Body).Event);
            }
        }

        return withheld is null ? recorded : [.. recorded.Where(e => !withheld.Contains(e.Id))];
    }

    private static Event Apply(RecordedEvent e, List<RecordedEvent> corrections)
    {
        var body = e.Body;
        foreach (var correction in corrections)
        {
            body = Patch(e, body, (Corrected)correction.Body);
        }

        return body;
    }

    private static Event Patch(RecordedEvent e, Event body, Corrected correction)
    {
        var json = JsonSerializer
            .SerializeToNode(body, body.GetType(), LedgerJson.Options)!
            .AsObject();
        json[correction.Field] = Node(correction.To);
        return e.Read(JsonSerializer.SerializeToUtf8Bytes(json));
    }

    private static JsonNode? Node(JsonElement? element) =>
        element is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } value
            ? JsonNode.Parse(value.GetRawText())
            : null;
}
