using Ledger.Promises;
using Projections.Committees;
using Web.Pages.Wording;

namespace Web.Pages.Committees;

/// <summary>The sentences of a committee's sheet for a meeting.</summary>
public static class SheetWords
{
    /// <summary>Lines of one group: the sheet is to stay a sheet.</summary>
    public const int Most = 12;

    public const string Nothing =
        "Für diesen Ausschuss ist nichts überfällig, verzögert oder in Bewegung verzeichnet.";
    public const string ToCommittee = "Alles, wofür der Ausschuss zuständig ist";
    public const string Link = "Sitzungsblatt zum Drucken";
    public const string Meaning =
        "„Nicht geprüft“ sagt nichts darüber, was geschehen ist. Belege stehen auf der Seite jeder Zusage.";

    public static string Kicker(string town, DateOnly day) =>
        $"Sitzungsblatt, {town}, Stand {day.Words()}. Unabhängiges Verzeichnis, kein Angebot der Stadt.";

    public static string Description(string committee) =>
        $"Was im {committee} ansteht: überschrittene Fristen, Verzögertes, als Nächstes Fälliges und Stilles, auf einem Blatt.";

    /// <summary>Only the year, because the day is the last possible one of a date that may be vague.</summary>
    public static string LastNews(ResponsibilityRow row, DateOnly today) =>
        row.Status == PromiseStatus.Unchecked ? "keine"
        : row.LastEvent is { } last ? $"{(last > today ? today : last).Year}"
        : "Tag unbekannt";

    public static string Rest(int rows) =>
        $"Und {German.Count(rows, "weitere Zusage", "weitere Zusagen")}.";

    public static string Unchecked(int open, int all) =>
        all == 0
            ? ""
            : $"Nicht geprüft: {German.Count(open)} von {German.Count(all, "Zusage", "Zusagen")}.";
}
