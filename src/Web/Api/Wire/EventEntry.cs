using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Npgsql;

namespace Web.Api.Wire;

/// <summary>An event as it stands in the record.</summary>
/// <param name="Id">Its UUID, its public address.</param>
/// <param name="Index">Its place in the one order of the record, from 0.</param>
/// <param name="Recorded">When it was written down here.</param>
/// <param name="Stream">Key of the stream it is on.</param>
/// <param name="Version">Its place on that stream, from 1.</param>
/// <param name="RecordedBy">Pseudonym of who recorded it; <c>catalogue</c> for what came with the product.</param>
/// <param name="ReviewedBy">Pseudonym of the second person who checked it; null = nobody yet.</param>
/// <param name="Event">What it says; null when this version cannot read it.</param>
/// <param name="Unreadable">Why it cannot be read; null when it can.</param>
/// <param name="Disclosures">
/// What opens the digests of its personal values that the log holds in <c>_sd</c>, while they are not erased: each is a disclosure of RFC 9901,
/// the JSON array of salt, field and value in base64url, and SHA-256 over it, in base64url, is its digest. Empty for most events.
/// </param>
public sealed record EventEntry(
    Guid Id,
    long Index,
    DateTimeOffset Recorded,
    string Stream,
    long Version,
    string RecordedBy,
    string? ReviewedBy,
    Event? Event,
    string? Unreadable,
    IReadOnlyList<string> Disclosures
)
{
    /// <summary>An event whose body is known.</summary>
    /// <param name="disclosed">Its personal values that are not erased; they stand in the body.</param>
    public static EventEntry Of(
        long index,
        DateTimeOffset recorded,
        Guid id,
        StreamKey stream,
        long version,
        Event body,
        IEnumerable<Disclosure>? disclosed = null
    ) =>
        new(
            id,
            index,
            recorded,
            stream.ToString(),
            version,
            body.RecordedBy,
            body.ReviewedBy,
            body,
            null,
            [.. Ledger.Recording.Disclosures.Own(body, disclosed ?? []).Select(d => d.Encoded)]
        );

    /// <summary>Events with those of their personal values that are not erased.</summary>
    public static async Task<IReadOnlyList<EventEntry>> ReadAsync(
        NpgsqlDataSource database,
        IEnumerable<RecordedEvent> events,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<RecordedEvent> read = [.. events];
        var disclosed = await DisclosedAsync(database, read, cancellation);
        return [.. read.Select(e => Of(e, disclosed[e.Id]))];
    }

    /// <summary>The personal values of events, as far as they are not erased.</summary>
    public static Task<ILookup<Guid, Disclosure>> DisclosedAsync(
        NpgsqlDataSource database,
        IEnumerable<RecordedEvent> events,
        CancellationToken cancellation
    ) =>
        Ledger.Recording.Disclosures.ReadAsync(
            database,
            events.Where(e => e.Type == s_stated),
            cancellation
        );

    private static readonly string s_stated = Vocabulary
        .All.First(t => t.Record == typeof(Stated))
        .Name;

    private static EventEntry Of(RecordedEvent e, IEnumerable<Disclosure> disclosed)
    {
        try
        {
            return Of(
                e.Index,
                e.Recorded,
                e.Id,
                e.Stream,
                e.Version,
                Ledger.Recording.Disclosures.Reveal(e.Body, disclosed),
                disclosed
            );
        }
        catch (UnfoldableEventException fault)
        {
            return new EventEntry(
                e.Id,
                e.Index,
                e.Recorded,
                e.Stream.ToString(),
                e.Version,
                "",
                null,
                null,
                fault.Message,
                []
            );
        }
    }
}
