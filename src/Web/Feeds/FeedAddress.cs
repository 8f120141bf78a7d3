using System.Globalization;
using Projections.Feed;

namespace Web.Feeds;

/// <summary>Addresses of feeds. They never change, and neither does what an archive's address answers.</summary>
public static class FeedAddress
{
    /// <summary>Version of the archives' rendering; <c>LEDGER_WRITE_DOCS=1</c> writes the golden samples of a new one.</summary>
    public const int Version = 1;

    /// <summary>How many entries of the record an archive covers: archive n those from n times this on.</summary>
    public const int Range = 100;

    /// <summary>The document that subscribers ask for again and again.</summary>
    public static string Current(FeedFilter filter, string format) =>
        filter.At($"/feeds/changes.{format}");

    /// <summary>A range of the record that is full.</summary>
    public static string Archive(FeedFilter filter, long n, string format) =>
        filter.At(
            string.Create(CultureInfo.InvariantCulture, $"/feeds/archive/{Version}/{n}.{format}")
        );

    /// <summary>Leads to whatever follows an archive by now: the next one that is not empty, else the current document.</summary>
    public static string After(FeedFilter filter, long n, string format) =>
        filter.At(
            string.Create(
                CultureInfo.InvariantCulture,
                $"/feeds/archive/{Version}/{n}/next.{format}"
            )
        );

    public static string Deadlines(FeedFilter filter) => filter.At("/feeds/deadlines.ics");

    public static string Stream(FeedFilter filter) => filter.At("/feeds/stream");

    /// <param name="format"><c>batch</c>, <c>jsonl</c> or <c>csv</c>.</param>
    public static string Pull(FeedFilter filter, string format) =>
        filter.At("/api/v1/events", $"after=-1&format={format}");
}
