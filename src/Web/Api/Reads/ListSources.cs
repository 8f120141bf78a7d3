using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Sources;
using Projections.Timelines;

namespace Web.Api.Reads;

/// <summary><c>GET /sources</c> and <c>/sources/{id}</c>: the documents in which promises stand.</summary>
public static class ListSources
{
    /// <param name="Id">Name of its stream.</param>
    /// <param name="File">Anyone with a copy can compute its fingerprint again.</param>
    /// <param name="Version">Of its stream: what If-Match takes.</param>
    public sealed record Source(
        string Id,
        string Municipality,
        Text Title,
        Standing Kind,
        IReadOnlyList<string> Proponents,
        string? Term,
        SourceFile File,
        LocatorScheme Locators,
        string Normalisation,
        LineRange Lines,
        Text? Note,
        Edtf? Published,
        long Version
    );

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapRead("/sources", ListAsync, "listSources", "The documents in which promises stand.");
        api.MapRead("/sources/{id}", GetAsync, "readSource", "A document with its fingerprint.");
    }

    public static async Task<Read<Page<Source>>> ListAsync(
        string? municipality,
        [AsParameters] AsOfQuery query,
        EventStore store,
        TimelineReader reader,
        CancellationToken cancellation
    )
    {
        var asOf = await query.ResolveAsync(store, cancellation);
        List<Source> found = [];
        await foreach (var history in reader.SourceHistoriesAsync(municipality, cancellation))
        {
            if (Of(history.Stream, asOf.Of(history.Events)) is { } source)
            {
                found.Add(source);
            }
        }

        return new(new Page<Source>(found, null, asOf));
    }

    public static async Task<Read<Source>> GetAsync(
        string id,
        [AsParameters] AsOfQuery query,
        EventStore store,
        CancellationToken cancellation
    )
    {
        var key = Streams.Key("source", id);
        var events = await store.ReadAsync(
            key,
            await query.ResolveAsync(store, cancellation),
            cancellation
        );
        return new(Of(key, events)!);
    }

    private static Source? Of(StreamKey key, IReadOnlyList<RecordedEvent> events) =>
        Ledger.Sources.Source.From(events).Registered is { } s
            ? new Source(
                key.Name,
                s.Municipality,
                s.Title,
                s.Kind,
                s.Proponents,
                s.Term,
                s.File,
                s.Locators,
                s.Normalisation,
                s.Lines,
                s.Note,
                s.Occurred,
                events[^1].Version
            )
            : null;
}
