using Ledger.EventStore;
using Microsoft.AspNetCore.Http.Metadata;
using Projections.Feed;
using Web.Api.Problems;
using Web.Api.Recording;
using Web.Api.Wire;
using Web.Feeds;

namespace Web.Api.Reads;

/// <summary><c>GET /events</c>, <c>/events/{id}</c> and each stream's <c>…/{id}/events</c>: the record itself.</summary>
public static class ReadEvents
{
    /// <param name="Stream">Key of the stream.</param>
    /// <param name="Version">How many events it has: what If-Match takes, and this answer's ETag.</param>
    /// <param name="Items">All of them, in the order of the record.</param>
    public sealed record StreamEvents(string Stream, long Version, IReadOnlyList<EventEntry> Items);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapRead(
                "/events",
                ListOrPullAsync,
                "listEvents",
                "The record in its order, page by page; with 'after' or a filter the sealed entries themselves."
            )
            .WithMetadata(
                new ProducesResponseTypeMetadata(
                    200,
                    typeof(Page<EventEntry>),
                    ["application/json"]
                ),
                new ProducesResponseTypeMetadata(304)
            );
        api.MapRead("/events/{id:guid}", GetAsync, "readEvent", "One event.");
        foreach (var path in StreamPath.All)
        {
            api.MapRead(
                $"/{path.Path}/{{id}}/events",
                (
                    string id,
                    [AsParameters] AsOfQuery query,
                    EventStore store,
                    CancellationToken cancellation
                ) => StreamAsync(path.Kind.Name, id, query, store, cancellation),
                $"read{path.Name}Events",
                "The events of one stream as they were recorded. The ETag is the version that If-Match takes."
            );
        }
    }

    /// <summary>The API's own page, or another form of the same record (docs/feeds.md).</summary>
    private static async Task<IResult> ListOrPullAsync(
        string? cursor,
        int? limit,
        [AsParameters] AsOfQuery query,
        HttpRequest request,
        EventStore store,
        FeedReader reader,
        CancellationToken cancellation
    ) =>
        PullEvents.FormatOf(request) is { } format
            ? await PullEvents.GetAsync(request, format, reader, cancellation)
            : await ListAsync(cursor, limit, query, store, cancellation);

    /// <param name="cursor">First log index of the page: the page before's <c>next</c>.</param>
    public static async Task<Read<Page<EventEntry>>> ListAsync(
        string? cursor,
        int? limit,
        [AsParameters] AsOfQuery query,
        EventStore store,
        CancellationToken cancellation
    )
    {
        var asOf = await query.ResolveAsync(store, cancellation);
        var most = Cursor.Limit(limit);
        var from =
            cursor is null ? 0
            : long.TryParse(cursor, out var index) && index is >= 0 and < long.MaxValue / 2 ? index
            : throw Refuse.BadParameter("'cursor' is a log index.");
        var events = await store.ReadAllAsync(from, most + 1, cancellation);
        IReadOnlyList<RecordedEvent> counted = [.. events.Where(e => e.Index < asOf.Before)];
        return new(
            new Page<EventEntry>(
                await EventEntry.ReadAsync(
                    store.Database,
                    counted.Take(most).Where(e => Happened(e, asOf)),
                    cancellation
                ),
                counted.Count > most
                    ? counted[most]
                        .Index.ToString(System.Globalization.CultureInfo.InvariantCulture)
                    : null,
                asOf
            )
        );
    }

    public static async Task<Read<EventEntry>> GetAsync(
        Guid id,
        [AsParameters] AsOfQuery query,
        EventStore store,
        CancellationToken cancellation
    )
    {
        var asOf = await query.ResolveAsync(store, cancellation);
        return
            await store.FindAsync(id, cancellation) is { } e
            && e.Index < asOf.Before
            && Happened(e, asOf)
            ? new((await EventEntry.ReadAsync(store.Database, [e], cancellation))[0])
            : throw Refuse.NotFound($"There is no event {id}.");
    }

    private static async Task<Read<StreamEvents>> StreamAsync(
        string kind,
        string id,
        AsOfQuery query,
        EventStore store,
        CancellationToken cancellation
    )
    {
        var asOf = await query.ResolveAsync(store, cancellation);
        var events = await store.ReadAsync(Streams.Key(kind, id), asOf, cancellation);
        var version = events[^1].Version;
        return new(
            new StreamEvents(
                events[0].Stream.ToString(),
                version,
                await EventEntry.ReadAsync(
                    store.Database,
                    events.Where(e => Happened(e, asOf)),
                    cancellation
                )
            ),
            asOf.Zum is { } zum ? $"{version}-{zum:yyyyMMdd}" : $"{version}"
        );
    }

    private static bool Happened(RecordedEvent e, AsOf asOf)
    {
        if (asOf.Zum is null)
        {
            return true;
        }

        try
        {
            return (e.Body.Occurred is { } o ? o.EarliestDay ?? DateOnly.MinValue : e.RecordedDay)
                <= asOf.HappenedBy;
        }
        catch (UnfoldableEventException)
        {
            return true;
        }
    }
}
