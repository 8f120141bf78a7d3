using System.Globalization;
using Ledger.Promises;
using Projections.Deadlines;
using Projections.Feed;
using Web.Pages;
using Web.Pages.Wording;

namespace Web.Feeds;

/// <summary>
/// <c>GET /feeds/deadlines.ics</c>: the deadlines that sources set, for calendars (RFC 5545, RFC 7986). A deadline keeps its UID for ever; what no longer
/// holds is cancelled and does not vanish, because a calendar would keep what vanishes.
/// </summary>
public static class DeadlineCalendar
{
    public const string ContentType = "text/calendar; charset=utf-8";

    public static async Task<IResult> GetAsync(
        HttpRequest request,
        FeedReader reader,
        DeadlineReader deadlines,
        FeedAuthority authority,
        CancellationToken cancellation
    )
    {
        var filter = FeedQuery.Read(request.Query, facets: DeadlineReader.Facets);
        var title = await FilterWords.TitleAsync(filter, reader, long.MaxValue, cancellation);
        var rows = await deadlines.ListAsync(filter, cancellation);
        var changed = rows.Count > 0 ? rows.Max(r => r.Changed) : (DateTimeOffset?)null;
        return new Document(
            Write(
                rows,
                filter.IsEverything
                    ? "Fristen im Zusagenbuch"
                    : title.Replace("Zusagenbuch:", "Fristen:", StringComparison.Ordinal),
                SiteRoot.Of(request),
                filter,
                await authority.HostAsync(cancellation)
            ),
            ContentType,
            changed,
            "public, max-age=3600"
        )
        {
            Links = $"<{SiteRoot.Of(request)}{FeedAddress.Deadlines(filter)}>; rel=\"self\"",
        };
    }

    /// <summary>The calendar's bytes; no clock is asked, so the same deadlines are the same bytes.</summary>
    public static byte[] Write(
        IReadOnlyList<DeadlineRow> rows,
        string name,
        string root,
        FeedFilter filter,
        string authority
    )
    {
        var calendar = new ICalendar()
            .Line("BEGIN", "VCALENDAR")
            .Line("VERSION", "2.0")
            .Line("PRODID", "-//Zusagenbuch//Fristen 1//DE")
            .Line("CALSCALE", "GREGORIAN")
            .Line("METHOD", "PUBLISH")
            .Text("NAME", name)
            .Text("X-WR-CALNAME", name)
            .Text(
                "DESCRIPTION",
                "Fristen, die eine Quelle selbst setzt. Das Ende einer Wahlperiode ist keine Frist."
            )
            .Line("URL", $"{root}/abonnieren")
            .Line("SOURCE;VALUE=URI", root + FeedAddress.Deadlines(filter))
            .Line("REFRESH-INTERVAL;VALUE=DURATION", "P1D")
            .Line("X-PUBLISHED-TTL", "P1D");
        foreach (var row in rows)
        {
            Event(calendar, row, root, authority);
        }

        return calendar.Line("END", "VCALENDAR").ToBytes();
    }

    private static void Event(ICalendar calendar, DeadlineRow row, string root, string authority)
    {
        var page = root + Address.Promise(row.Municipality, row.Slug);
        calendar
            .Line("BEGIN", "VEVENT")
            .Line("UID", $"deadline-{row.Stream.Name}@{authority}")
            .Line("DTSTAMP", Moment(row.Changed))
            .Line("CREATED", Moment(row.Since))
            .Line("LAST-MODIFIED", Moment(row.Changed))
            .Line("SEQUENCE", row.Sequence.ToString(CultureInfo.InvariantCulture))
            .Line("DTSTART;VALUE=DATE", Day(row.Day))
            .Line("DTEND;VALUE=DATE", Day(row.Day.AddDays(1)))
            .Text(
                "SUMMARY;LANGUAGE=de",
                $"{(row.Cancelled ? "Frist entfällt" : "Frist")}: {row.Title} ({row.Town})"
            )
            .Text("DESCRIPTION;LANGUAGE=de", Description(row, page))
            .Line("URL", page)
            .Line(
                "CATEGORIES",
                $"{ICalendar.Escape(row.Town)},{ICalendar.Escape(PromiseWords.Topic(row.Topic))}"
            )
            .Line("STATUS", row.Cancelled ? "CANCELLED" : "CONFIRMED")
            .Line("TRANSP", "TRANSPARENT")
            .Line("END", "VEVENT");
    }

    private static string Description(DeadlineRow row, string page)
    {
        List<string> lines =
        [
            DeadlineWords.Sentence(new Deadline(row.Due, row.Basis)),
            $"Stand: {row.Status.Word().De}. {row.Status.Meaning().De}",
        ];
        if (row.Cancelled)
        {
            lines.Add("Die Frist gilt nicht mehr, oder ein anderer Ausschuss ist jetzt zuständig.");
        }

        if (row.MovedTo is { } moved)
        {
            lines.Add(
                $"Von den Verantwortlichen verschoben, neuer Termin {moved.When()}. Die Frist der Quelle bleibt."
            );
        }

        lines.Add(page);
        return string.Join("\n", lines);
    }

    private static string Day(DateOnly day) =>
        day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
