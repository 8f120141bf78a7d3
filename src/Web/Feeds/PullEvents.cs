using System.Globalization;
using System.Text;
using Projections.Feed;
using Web.Api.Problems;
using Web.Api.Reads;

namespace Web.Feeds;

/// <summary>
/// <c>GET /api/v1/events?after=…</c>: the sealed record in pages, as a CloudEvents batch (the exact entry bytes), as JSON Lines or as a table.
/// </summary>
public static class PullEvents
{
    public const string Batch = "application/cloudevents-batch+json";
    public const string JsonLines = "application/x-ndjson";
    public const string Csv = "text/csv";

    private const int Most = 1_000;

    /// <summary>Parameters that are no filter.</summary>
    private static readonly string[] s_own = ["after", "limit", "format"];

    /// <summary>The form that a request asks for; null = it asks for the API's own page of events (<see cref="ReadEvents"/>).</summary>
    /// <exception cref="ProblemException">There is no such format.</exception>
    public static string? FormatOf(HttpRequest request)
    {
        switch (FeedQuery.Single(request.Query, "format"))
        {
            case "batch":
                return Batch;
            case "jsonl":
                return JsonLines;
            case "csv":
                return Csv;
            case not null:
                throw Refuse.BadParameter("'format' is one of batch, jsonl, csv.");
        }

        var asked = request.GetTypedHeaders().Accept;
        foreach (var accepted in asked.OrderByDescending(a => a.Quality ?? 1))
        {
            switch (accepted.MediaType.Value?.ToLowerInvariant())
            {
                case Batch:
                    return Batch;
                case JsonLines or "application/jsonl":
                    return JsonLines;
                case Csv:
                    return Csv;
            }
        }

        return
            request.Query.ContainsKey("after")
            || Facet.All.Any(f => request.Query.ContainsKey(f.Name))
            ? Batch
            : null;
    }

    /// <summary>Reads the index after which entries are wanted; -1 is before the first.</summary>
    /// <exception cref="ProblemException">It is none.</exception>
    public static long After(string? text) =>
        text is null or "-1" ? -1
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && index < long.MaxValue / 2
            ? index
        : throw Refuse.BadParameter(
            "'after' is the log index of the last entry that you have, or -1."
        );

    /// <summary>Answers in a form other than the API's own.</summary>
    public static async Task<IResult> GetAsync(
        HttpRequest request,
        string format,
        FeedReader reader,
        CancellationToken cancellation
    )
    {
        var filter = FeedQuery.Read(request.Query, s_own);
        var after = After(FeedQuery.Single(request.Query, "after"));
        var limit = Limit(FeedQuery.Single(request.Query, "limit"), format);
        var settled = await reader.SettleAsync(filter, cancellation);
        var until = await reader.EndAsync(cancellation);
        var (body, last, isWhole) =
            format == Csv
                ? await TableAsync(
                    reader,
                    settled,
                    after + 1,
                    until,
                    limit,
                    SiteRoot.Of(request),
                    cancellation
                )
                : await EntriesAsync(
                    reader,
                    settled,
                    after + 1,
                    until,
                    limit,
                    format,
                    cancellation
                );
        var parameters = string.Create(
            CultureInfo.InvariantCulture,
            $"after={last}&limit={limit}{(FeedQuery.Single(request.Query, "format") is { } f ? $"&format={f}" : "")}"
        );
        return new Document(
            body,
            format == Csv ? "text/csv; charset=utf-8; header=present" : format,
            null,
            isWhole ? "public, max-age=86400" : Document.Ask
        )
        {
            Links = last is null
                ? default
                : $"<{filter.At("/api/v1/events", parameters)}>; rel=\"next\"",
        };
    }

    private static int Limit(string? text, string format) =>
        text is null
            ? format == Batch
                ? 100
                : Most
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit is >= 1 and <= Most
                ? limit
                : throw Refuse.BadParameter($"'limit' is a number from 1 to {Most}.");

    // A withheld entry has no bytes any more; the entry that declares it says which it was.
    private static async Task<(byte[] Body, long? Last, bool IsWhole)> EntriesAsync(
        FeedReader reader,
        SettledFilter filter,
        long from,
        long until,
        int limit,
        string format,
        CancellationToken cancellation
    )
    {
        var entries = await reader.RawAsync(filter, from, until, limit, cancellation);
        using var body = new MemoryStream();
        var between = format == Batch ? ","u8.ToArray() : "\n"u8.ToArray();
        if (format == Batch)
        {
            body.WriteByte((byte)'[');
        }

        var isFirst = true;
        foreach (var bytes in entries.Select(e => e.Bytes).OfType<byte[]>())
        {
            if (!isFirst && format == Batch)
            {
                body.Write(between);
            }

            isFirst = false;
            body.Write(bytes);
            if (format != Batch)
            {
                body.Write(between);
            }
        }

        if (format == Batch)
        {
            body.WriteByte((byte)']');
        }

        return (
            body.ToArray(),
            entries.Count > 0 ? entries[^1].Index : null,
            entries.Count == limit
        );
    }

    private static async Task<(byte[] Body, long? Last, bool IsWhole)> TableAsync(
        FeedReader reader,
        SettledFilter filter,
        long from,
        long until,
        int limit,
        string root,
        CancellationToken cancellation
    )
    {
        var entries = await reader.FromAsync(filter, from, until, limit, cancellation);
        return (
            Encoding.UTF8.GetBytes(EntryTable.Write(entries, root)),
            entries.Count > 0 ? entries[^1].Index : null,
            entries.Count == limit
        );
    }
}
