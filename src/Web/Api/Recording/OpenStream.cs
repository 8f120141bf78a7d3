using Ledger.EventStore;
using Ledger.Recording;
using Web.Accounts;
using Web.Api.Problems;
using Web.Api.Reads;
using Web.Api.Wire;

namespace Web.Api.Recording;

/// <summary><c>POST /promises</c>, <c>/targets</c>, <c>/councils</c>, <c>/sources</c>: the event with which a stream begins.</summary>
public static class OpenStream
{
    public static void Map(IEndpointRouteBuilder api)
    {
        foreach (var path in StreamPath.All)
        {
            api.MapPost(
                    $"/{path.Path}",
                    ([AsParameters] Writing writing) => PostAsync(path.Kind, writing)
                )
                .Need(Right.Propose)
                .Accepts<EventDoor.NewStream>("application/json")
                .Records(conditional: false)
                .WithName($"open{path.Name}")
                .WithSummary($"Record a new {path.Kind.Name}, or propose it where review is on.");
        }
    }

    private static async Task<IResult> PostAsync(StreamKind kind, Writing writing)
    {
        var body = await JsonDoor.ReadAsync(writing.Request, writing.Cancellation);
        return await writing.Kept.OnceAsync(
            writing,
            body,
            async key =>
            {
                var opened = EventDoor.ReadNewStream(body, writing.Caller, writing.Clock);
                var stream = Streams.Key(kind.Name, opened.Id);
                var events = await writing.Store.ReadStreamAsync(
                    stream,
                    cancellation: writing.Cancellation
                );
                try
                {
                    return await writing.RecordAsync(stream, events, opened.Event, key);
                }
                catch (StaleVersionException)
                {
                    // Somebody opened it between reading and recording.
                    throw Refuse.Refused(Objections.AlreadyOnRecord.Refuse(kind.Subject));
                }
            }
        );
    }
}
