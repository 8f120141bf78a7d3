using System.Text.Json;
using Ledger.Recording;
using Web.Accounts;
using Web.Api.Problems;
using Web.Api.Wire;

namespace Web.Api.Recording;

/// <summary>Reads an event from a body.</summary>
public static class EventDoor
{
    /// <summary>A new stream with the event that opens it.</summary>
    /// <param name="Id">Its name: lower-case letters, digits and hyphens; part of its address for ever.</param>
    public sealed record NewStream(string Id, Event Event);

    /// <exception cref="ProblemException">The body does not fit.</exception>
    public static Event ReadEvent(byte[] body, Caller caller, TimeProvider clock)
    {
        NeedType(body, []);
        return Checked(JsonDoor.Parse<Event>(body), "", caller, clock);
    }

    /// <inheritdoc cref="ReadEvent"/>
    public static NewStream ReadNewStream(byte[] body, Caller caller, TimeProvider clock)
    {
        NeedType(body, ["event"]);
        var opened = JsonDoor.Parse<NewStream>(body);
        return Ledger.EventStore.StreamKey.TryParse($"source:{opened.Id}", out _)
            ? opened with
            {
                Event = Checked(opened.Event, "/event", caller, clock),
            }
            : throw Refuse.Malformed(
                new BodyFault(
                    "/id",
                    "An id is made of lower-case letters, digits and single hyphens, at most 150 characters."
                )
            );
    }

    private static Event Checked(Event e, string pointer, Caller caller, TimeProvider clock)
    {
        if (e.Occurred?.EarliestDay > clock.Today())
        {
            throw Refuse.Malformed(
                new BodyFault(
                    $"{pointer}/occurred",
                    "What has not happened yet is not recorded as having happened."
                )
            );
        }

        return e with
        {
            RecordedBy = caller.Person.Pseudonym,
            ReviewedBy = null,
        };
    }

    // Said here, because the serializer would only say that it cannot make an abstract event.
    private static void NeedType(byte[] body, ReadOnlySpan<string> path)
    {
        using var document = JsonDocument.Parse(body);
        var at = document.RootElement;
        var pointer = "";
        foreach (var name in path)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return;
            }

            pointer += $"/{name}";
        }

        if (at.ValueKind != JsonValueKind.Object)
        {
            throw Refuse.Malformed(new BodyFault(pointer, "An event is an object."));
        }

        if (!at.TryGetProperty(ApiJson.Discriminator, out var type))
        {
            throw Refuse.Malformed(
                new BodyFault($"{pointer}/{ApiJson.Discriminator}", "This field is missing.")
            );
        }

        if (type.ValueKind != JsonValueKind.String || ApiJson.Find(type.GetString()) is null)
        {
            throw Refuse.Malformed(
                new BodyFault(
                    $"{pointer}/{ApiJson.Discriminator}",
                    "There is no event of that type."
                )
            );
        }
    }
}
