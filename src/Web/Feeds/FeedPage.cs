using Ledger.EventStore;
using Projections.Feed;

namespace Web.Feeds;

/// <summary>
/// One document of a feed. The current one holds the newest entries, whole ranges of the record, so that no entry stands both in it and in an archive;
/// an archive holds one range that is full.
/// </summary>
/// <param name="Title">What the feed is, by the names that held at its end.</param>
/// <param name="Entries">Newest first.</param>
/// <param name="Updated">When the newest of them was recorded.</param>
/// <param name="Archive">Which archive it is; null = the current document.</param>
/// <param name="Previous">The archive that it joins: the next older one that is not empty.</param>
/// <param name="Root">What absolute addresses begin with.</param>
/// <param name="Authority">The name under which permanent ids are minted: the log's host, whatever host serves it.</param>
public sealed record FeedPage(
    FeedFilter Filter,
    string Title,
    IReadOnlyList<FeedEntry> Entries,
    DateTimeOffset Updated,
    long? Archive,
    long? Previous,
    string Root,
    string Authority
)
{
    private const int AtLeast = 50;

    /// <summary>The feed's permanent id (RFC 4151).</summary>
    public string Id => $"tag:{Authority},2026:feed:{Filter.Query}";

    /// <summary>Its own address, its current document's, and those before and after it.</summary>
    public string Self(string format) =>
        Root
        + (
            Archive is { } n
                ? FeedAddress.Archive(Filter, n, format)
                : FeedAddress.Current(Filter, format)
        );

    public string Current(string format) => Root + FeedAddress.Current(Filter, format);

    public string? Older(string format) =>
        Previous is { } n ? Root + FeedAddress.Archive(Filter, n, format) : null;

    public string? Newer(string format) =>
        Archive is { } n ? Root + FeedAddress.After(Filter, n, format) : null;

    /// <summary>The page where a person reads the same.</summary>
    public string Html => Root + Filter.At("/aenderungen");

    /// <summary>The current document: the newest fifty, and the rest of the range that the oldest of them stands in.</summary>
    public static async Task<FeedPage> CurrentAsync(
        FeedReader reader,
        FeedFilter filter,
        string root,
        string authority,
        CancellationToken cancellation
    )
    {
        var end = await reader.EndAsync(cancellation);
        var title = await FilterWords.TitleAsync(filter, reader, end, cancellation);
        var settled = await reader.SettleAsync(filter, cancellation);
        var oldest =
            await reader.IndexBeforeAsync(settled, end, AtLeast - 1, cancellation)
            ?? await reader.IndexFromAsync(settled, 0, cancellation)
            ?? end;
        var from = oldest / FeedAddress.Range * FeedAddress.Range;
        return await OfAsync(
            reader,
            settled,
            title,
            from,
            end,
            null,
            root,
            authority,
            cancellation
        );
    }

    /// <summary>An archive; null while its range is not full, and when nothing in it matches.</summary>
    public static async Task<FeedPage?> ArchiveAsync(
        FeedReader reader,
        FeedFilter filter,
        long n,
        string root,
        string authority,
        CancellationToken cancellation
    )
    {
        var (from, until) = (n * FeedAddress.Range, (n + 1) * FeedAddress.Range);
        if (until > await reader.EndAsync(cancellation))
        {
            return null;
        }

        var title = await FilterWords.TitleAsync(filter, reader, until, cancellation);
        var settled = await reader.SettleAsync(filter, cancellation);
        var page = await OfAsync(
            reader,
            settled,
            title,
            from,
            until,
            n,
            root,
            authority,
            cancellation
        );
        return page.Entries.Count > 0 ? page : null;
    }

    private static async Task<FeedPage> OfAsync(
        FeedReader reader,
        SettledFilter filter,
        string title,
        long from,
        long until,
        long? archive,
        string root,
        string authority,
        CancellationToken cancellation
    )
    {
        var entries = await reader.RangeAsync(filter, from, until, cancellation);
        var previous = await reader.IndexBeforeAsync(filter, from, 0, cancellation);
        return new FeedPage(
            filter.Filter,
            title,
            [.. entries.Reverse()],
            entries.Count > 0
                ? entries[^1].Recorded
                : await reader.BeganAsync(cancellation) ?? DateTimeOffset.UnixEpoch,
            archive,
            previous / FeedAddress.Range,
            root,
            authority
        );
    }
}

/// <summary>The name under which permanent ids are minted (RFC 4151): the origin's host. It is fixed before the first record.</summary>
public sealed class FeedAuthority(Npgsql.NpgsqlDataSource database)
{
    private string? _host;

    public async ValueTask<string> HostAsync(CancellationToken cancellation) =>
        _host ??=
            (await Origin.FixedAsync(database, cancellation))?.Split('/')[0].Split(':')[0]
            ?? throw new InvalidOperationException("The origin is not fixed.");
}
