using Ledger.Promises;
using Ledger.Recording;
using Ledger.Targets;
using Web.Pages.Wording;

namespace Web.Pages.Compare;

/// <summary>The sentences of the comparison of two dates.</summary>
public static class CompareWords
{
    public const string Title = "Was sich zwischen zwei Tagen geändert hat";
    public const string Description =
        "Zwei Tage vergleichen: welche Zusagen neu sind, welche einen anderen Stand haben, welche Termine und Ziele sich geändert haben und was berichtigt wurde.";
    public const string From = "Vom";
    public const string To = "bis zum";
    public const string Town = "Gemeinde";
    public const string AllTowns = "alle";
    public const string Show = "Vergleichen";
    public const string ByHappened = "nach dem, was geschehen ist";
    public const string ByRecorded = "nach dem, was hier vermerkt wurde";
    public const string BadFrom =
        "Der erste Tag fehlt oder ist kein Tag (zum Beispiel 2024-01-01).";
    public const string BadTo = "Der letzte Tag ist kein Tag (zum Beispiel 2024-12-31).";
    public const string WrongOrder = "Der erste Tag liegt nach dem letzten oder in der Zukunft.";

    /// <summary>Lines of one section: beyond that a shorter time says more.</summary>
    public const int Most = 100;

    public const string Nothing = "In dieser Zeit ist dazu nichts verzeichnet.";
    public const string Statuses = "Anderer Stand";
    public const string New = "Neu zugesagt";
    public const string NewRecorded = "Neu verzeichnet";
    public const string Deadlines = "Termine und Fristen";
    public const string Targets = "Ziele mit Zahlen";
    public const string Corrections = "Berichtigt oder zurückgezogen";
    public const string CorrectionsElsewhere =
        "Berichtigungen geschehen in diesem Verzeichnis. Wann sie vermerkt wurden, zeigt der Vergleich nach dem, was hier vermerkt wurde.";

    public static string Rest(int more) =>
        $"Und {Writing.Count(more)} weitere. Ein kürzerer Zeitraum oder eine einzelne Gemeinde zeigt alle.";

    public static string Intro(Period period, bool recorded) =>
        recorded
            ? $"Verglichen wird, was dieses Verzeichnis {period.Words} aufgeschrieben hat. Das sagt nichts darüber, wann etwas geschah."
            : $"Verglichen wird, was {period.Words} geschehen ist, nach allem, was heute verzeichnet ist. Eine ungenaue Angabe („2024“) zählt von ihrem ersten möglichen Tag an.";

    /// <summary>What an entry says about a date, in one line.</summary>
    public static string Deadline(Event e) =>
        e switch
        {
            Delayed d =>
                $"verschoben: bisher {d.From?.German() ?? "kein Termin veröffentlicht"}, neu {d.To?.German() ?? "kein neuer Termin genannt"}",
            Revised r =>
                $"Frist geändert: {(r.From is { } from ? $"bisher {from.De}, " : "")}neu {r.To.De}",
            _ => EntryWords.Title(e),
        };

    public static string Target(Event e) =>
        e switch
        {
            TargetSet s => $"Ziel gesetzt: {TargetWords.Aim(s)}",
            TargetRevised r => $"Ziel geändert: bisher {r.From.De}, neu {r.To.De} ({r.Who})",
            Measured m =>
                $"Messwert für {m.Period.German()}: {Writing.Number(m.Value, m.Unit)}{(m.Provisional ? " (vorläufig)" : "")}",
            Restated r =>
                $"Messwert neu berechnet: {Writing.Number(r.From)} → {Writing.Number(r.To)}",
            _ => EntryWords.Title(e),
        };
}
