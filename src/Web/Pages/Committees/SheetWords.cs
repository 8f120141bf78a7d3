using Ledger.Promises;
using Projections.Committees;
using Web.Pages.Wording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Committees;

/// <summary>The sentences of a committee's sheet for a meeting.</summary>
public static class SheetWords
{
    /// <summary>Lines of one group: the sheet is to stay a sheet.</summary>
    public const int Most = 12;

    public static string Nothing =>
        Say(
            "Für diesen Ausschuss ist nichts überfällig, verzögert oder in Bewegung verzeichnet.",
            "Nothing is on record as overdue, delayed or active for this committee."
        );

    public static string ToCommittee =>
        Say(
            "Alles, wofür der Ausschuss zuständig ist",
            "Everything the committee is responsible for"
        );

    public static string Link => Say("Sitzungsblatt zum Drucken", "Printable meeting sheet");

    public static string Meaning =>
        Say(
            "„Nicht geprüft“ sagt nichts darüber, was geschehen ist. Belege stehen auf der Seite jeder Zusage.",
            "“Not checked” says nothing about what has happened. The evidence is on the page of each promise."
        );

    public static string Deadline => Say("Frist", "Deadline");

    public static string News => Say("letzte Nachricht", "Latest news");

    public static string Kicker(string town, DateOnly day) =>
        Say(
            $"Sitzungsblatt, {town}, Stand {day.Words()}. Unabhängiges Verzeichnis, kein Angebot der Stadt.",
            $"Meeting sheet, {town}, as of {day.Words()}. Independent ledger, not run by the city."
        );

    public static string Description(string committee) =>
        Say(
            $"Was im {committee} ansteht: überschrittene Fristen, Verzögertes, als Nächstes Fälliges und Stilles, auf einem Blatt.",
            $"What the {committee} has to deal with: deadlines passed, what is delayed, what is due next and what there is no news of, on one sheet."
        );

    /// <summary>Only the year, because the day is the last possible one of a date that may be vague.</summary>
    public static string LastNews(ResponsibilityRow row, DateOnly today) =>
        row.Status == PromiseStatus.Unchecked ? Say("keine", "none")
        : row.LastEvent is { } last ? $"{(last > today ? today : last).Year}"
        : Say("Tag unbekannt", "date unknown");

    public static string Rest(int rows) =>
        Say(
            $"Und {Writing.Count(rows, "weitere Zusage", "weitere Zusagen")}.",
            $"And {Writing.Count(rows, "more promise", "more promises")}."
        );

    public static string Unchecked(int open, int all) =>
        all == 0
            ? ""
            : $"{Say("Nicht geprüft", "Not checked")}: {Writing.Count(open)} {Say("von", "of")} {PromiseWords.Count(all)}.";
}
