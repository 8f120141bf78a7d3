using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Web.Accounts;
using Web.Api.Problems;
using Web.Api.Reads;
using Web.Api.Submissions;
using Web.Api.Wire;

namespace Web.Api.Recording;

/// <summary>
/// <c>POST /promises/{id}/events</c>, and the same for targets, councils and sources: an event on a stream that is on record. Recorded at
/// once where review is off, else proposed to a second person.
/// </summary>
public static class RecordEvent
{
    public static void Map(IEndpointRouteBuilder api)
    {
        foreach (var path in StreamPath.All)
        {
            api.MapPost(
                    $"/{path.Path}/{{id}}/events",
                    (string id, [AsParameters] Writing writing) =>
                        PostAsync(path.Kind.Name, id, writing)
                )
                .Need(Right.Propose)
                .Accepts<Event>("application/json")
                .Records(conditional: true)
                .WithName($"record{path.Name}Event")
                .WithSummary(
                    $"Record an event on a {path.Kind.Name}, or propose it where review is on."
                );
        }
    }

    private static async Task<IResult> PostAsync(string kind, string id, Writing writing)
    {
        var stream = Streams.Key(kind, id);
        var body = await JsonDoor.ReadAsync(writing.Request, writing.Cancellation);
        return await writing.Kept.OnceAsync(
            writing,
            body,
            async key =>
            {
                var candidate = EventDoor.ReadEvent(body, writing.Caller, writing.Clock);
                var events = await writing.Store.ReadAsync(stream, AsOf.Now, writing.Cancellation);
                Preconditions.Hold(
                    writing.Request,
                    events[^1].Version,
                    StreamPath.EventsOf(stream)
                );
                return await writing.RecordAsync(stream, events, candidate, key);
            }
        );
    }

    /// <summary>Decides, and records or proposes what may be recorded.</summary>
    public static async Task<IResult> RecordAsync(
        this Writing writing,
        StreamKey stream,
        IReadOnlyList<RecordedEvent> events,
        Event candidate,
        Idempotency? key
    )
    {
        if (await writing.RefusalAsync(stream, events, candidate) is { } refusal)
        {
            throw Refuse.Refused(refusal);
        }

        var version = events.Count == 0 ? 0 : events[^1].Version;
        if (writing.Review.FourEyes)
        {
            return await Propose.AddAsync(writing, stream, version, candidate, key);
        }

        var recorded = new NewEvent(candidate);
        var answer = AnswerFor(recorded.Id);
        var appended = await writing.Store.AppendAsync(
            new Append(stream, version, [recorded]),
            new AppendContext
            {
                Idempotency = key is null ? null : key with { Answer = KeptAnswers.Json(answer) },
            },
            writing.Cancellation
        );
        return await writing.Kept.AnswerAsync(
            answer,
            appended,
            recorded,
            stream,
            version + 1,
            writing.Cancellation
        );
    }

    /// <summary>How a recorded event is answered.</summary>
    public static KeptAnswer AnswerFor(Guid id) =>
        new(StatusCodes.Status201Created, $"/api/v1/events/{id}", Event: id);
}
