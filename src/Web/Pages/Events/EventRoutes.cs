using Ledger.EventStore;
using Ledger.Transparency;
using Projections.Targets;
using Projections.Timelines;
using Web.Hosting;
using Web.Log;
using Web.Pages.Caching;
using static Web.Pages.PageMapping;
using Store = Ledger.EventStore.EventStore;

namespace Web.Pages.Events;

/// <summary>Each event at its permanent address.</summary>
public static class EventRoutes
{
    public static void MapEvents(this IEndpointRouteBuilder app) =>
        app.MapPage("/ereignisse/{id:guid}", EventAsync).Keep(Keeping.Briefly);

    private static async Task<IResult> EventAsync(
        Guid id,
        Store store,
        LogReader log,
        ReadLogIdentity identity,
        TimelineReader timelines,
        TargetReader targets,
        CancellationToken cancellation
    )
    {
        if (await store.FindAsync(id, cancellation) is not { } e)
        {
            return NotFound();
        }

        var place = await PlaceAsync(e, timelines, targets, cancellation);
        var model = await EventModel.LoadAsync(id, store, log, identity, place, cancellation);
        return Render<EventPage>(new { Model = model });
    }

    private static async Task<string?> PlaceAsync(
        RecordedEvent e,
        TimelineReader timelines,
        TargetReader targets,
        CancellationToken cancellation
    )
    {
        var address = e.Stream.Kind switch
        {
            "council" => Address.Municipality(e.Stream.Name),
            "promise" when await timelines.NamedAsync([e.Stream], cancellation) is [var row, ..] =>
                Address.Promise(row.Municipality, row.Slug),
            "target" when await targets.FindAsync(e.Stream, cancellation) is { Set: { } set } =>
                Address.Target(
                    set.Municipality,
                    set.Municipality is { } m
                        ? Projections.Addresses.Slug(e.Stream, m)
                        : e.Stream.Name
                ),
            "source" => Address.Source(e.Stream.Name),
            "method" => Address.Method,
            _ => null,
        };
        return address is null ? null : address + EventPlace.Fragment(e.Stream, e.Type, e.Id);
    }
}
