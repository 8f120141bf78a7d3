using Ledger.Councils;
using Ledger.EventStore;
using Projections.Committees;

namespace Web.Api.Reads;

/// <summary><c>GET /municipalities</c> and <c>/municipalities/{id}</c>: whose promises are on record, with the council's terms.</summary>
public static class ListMunicipalities
{
    /// <param name="Id">Part of every address below it.</param>
    /// <param name="Ags">Official municipality key, eight digits.</param>
    /// <param name="Version">Of the council's stream: what If-Match takes.</param>
    public sealed record Municipality(
        string Id,
        string Name,
        string Ags,
        string State,
        IReadOnlyList<Term> Terms,
        long Version
    );

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapRead(
            "/municipalities",
            ListAsync,
            "listMunicipalities",
            "The municipalities on record."
        );
        api.MapRead(
            "/municipalities/{id}",
            GetAsync,
            "readMunicipality",
            "A municipality with its council's terms."
        );
    }

    public static async Task<Read<Page<Municipality>>> ListAsync(
        [AsParameters] AsOfQuery query,
        EventStore store,
        CommitteeReader reader,
        CancellationToken cancellation
    )
    {
        var asOf = await query.ResolveAsync(store, cancellation);
        List<Municipality> found = [];
        await foreach (var history in reader.CouncilHistoriesAsync(cancellation))
        {
            if (Of(history.Stream, asOf.Of(history.Events)) is { } municipality)
            {
                found.Add(municipality);
            }
        }

        return new(new Page<Municipality>(found, null, asOf));
    }

    public static async Task<Read<Municipality>> GetAsync(
        string id,
        [AsParameters] AsOfQuery query,
        EventStore store,
        CancellationToken cancellation
    )
    {
        var key = Streams.Key("council", id);
        var events = await store.ReadAsync(
            key,
            await query.ResolveAsync(store, cancellation),
            cancellation
        );
        return new(Of(key, events)!);
    }

    private static Municipality? Of(StreamKey key, IReadOnlyList<RecordedEvent> events)
    {
        var council = Council.From(events);
        return council.Registered is { } r
            ? new Municipality(key.Name, r.Name, r.Ags, r.State, council.Terms, events[^1].Version)
            : null;
    }
}
