using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Ledger.Promises;
using Ledger.Recording;
using Projections;
using Projections.Deadlines;
using Projections.Feed;
using Web.Api.Problems;
using Web.Pages;
using Web.Pages.Wording;

namespace Web.Feeds;

/// <summary>
/// <c>GET /feeds/due-today.txt</c> and <c>.json</c>: what becomes true on a day by the calendar alone, which no feed tells because nobody recorded
/// anything: deadlines whose last day it is, those that are overdue from then on, and council terms that end.
/// </summary>
public static class DueToday
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        WriteIndented = true,
    };

    /// <param name="Date">The day in Europe/Berlin.</param>
    /// <param name="DueToday">Open promises whose deadline has its last day then.</param>
    /// <param name="OverdueFromToday">Open promises whose deadline had its last day the day before.</param>
    /// <param name="TermsEndingToday">Council terms that are over on that day.</param>
    public sealed record Report(
        DateOnly Date,
        IReadOnlyList<Due> DueToday,
        IReadOnlyList<Due> OverdueFromToday,
        IReadOnlyList<Ending> TermsEndingToday
    );

    public sealed record Due(
        string Promise,
        string Municipality,
        string Town,
        string Title,
        string Deadline,
        string Status,
        string Page
    );

    public sealed record Ending(string Term, string Municipality, string Town, string Page);

    public static async Task<IResult> GetAsync(
        string format,
        HttpRequest request,
        FeedReader reader,
        DeadlineReader deadlines,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        if (format is not ("txt" or "json"))
        {
            throw Refuse.NotFound("This document's address ends in .txt or .json.");
        }

        var filter = FeedQuery.Read(request.Query, ["date"], DeadlineReader.Facets);
        _ = await FilterWords.TitleAsync(filter, reader, long.MaxValue, cancellation);
        var day = Day(FeedQuery.Single(request.Query, "date")) ?? clock.Today();
        var root = SiteRoot.Of(request);
        var open = (await deadlines.ListAsync(filter, cancellation))
            .Where(d => !d.Cancelled && !d.Status.IsClosed())
            .ToList();
        var terms = await deadlines.TermsEndingAsync(day, cancellation);
        var report = new Report(
            day,
            On(day),
            On(day.AddDays(-1)),
            [
                .. terms
                    .Where(t =>
                        filter[Facet.Municipality] is []
                        || filter[Facet.Municipality].Contains(t.Municipality)
                    )
                    .Select(t => new Ending(
                        t.Term,
                        t.Municipality,
                        t.Town,
                        root + Address.Municipality(t.Municipality)
                    )),
            ]
        );
        return new Document(
            format == "json"
                ? JsonSerializer.SerializeToUtf8Bytes(report, s_json)
                : Encoding.UTF8.GetBytes(Text(report)),
            format == "json" ? "application/json" : "text/plain; charset=utf-8",
            null,
            Document.ForAMinute
        );

        IReadOnlyList<Due> On(DateOnly last) =>
            [
                .. open.Where(d => d.Day == last)
                    .Select(d => new Due(
                        d.Stream.Name,
                        d.Municipality,
                        d.Town,
                        d.Title,
                        d.Due.ToString(),
                        EnumNames.Of(d.Status),
                        root + Address.Promise(d.Municipality, d.Slug)
                    )),
            ];
    }

    private static DateOnly? Day(string? text) =>
        text is null ? null
        : DateOnly.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        ) && day.Year is >= Edtf.FirstYear and <= Edtf.LastYear
            ? day
        : throw Refuse.BadParameter("'date' is a day such as 2026-10-31.");

    private static string Text(Report report)
    {
        var text = new StringBuilder($"Zusagenbuch, {report.Date.Words()}\n");
        Section("Heute läuft die Frist ab", report.DueToday.Select(Line));
        Section("Seit heute überfällig", report.OverdueFromToday.Select(Line));
        Section(
            "Heute endet die Wahlperiode",
            report.TermsEndingToday.Select(t => $"{t.Town}\n  {t.Page}")
        );
        return text.ToString();

        static string Line(Due due) =>
            $"{due.Town}: {due.Title} (Stand: {EnumNames.Parse<PromiseStatus>(due.Status).Word().De})\n  {due.Page}";

        void Section(string heading, IEnumerable<string> lines)
        {
            text.Append('\n').Append(heading).Append('\n');
            foreach (var line in lines.DefaultIfEmpty("keine"))
            {
                text.Append("- ").Append(line).Append('\n');
            }
        }
    }
}
