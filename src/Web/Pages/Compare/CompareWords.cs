using Ledger.Promises;
using Ledger.Recording;
using Ledger.Targets;
using Web.Pages.Wording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Compare;

/// <summary>The sentences of the comparison of two dates.</summary>
public static class CompareWords
{
    /// <summary>Lines of one section: beyond that a shorter time says more.</summary>
    public const int Most = 100;

    public static string Title =>
        Say("Was sich zwischen zwei Tagen geändert hat", "What changed between two dates");

    public static string Description =>
        Say(
            "Zwei Tage vergleichen: welche Zusagen neu sind, welche einen anderen Stand haben, welche Termine und Ziele sich geändert haben und was berichtigt wurde.",
            "Compare two dates: which promises are new, which have a new status, which dates and targets have changed, and what was corrected."
        );

    public static string From => Say("Vom", "From");

    public static string To => Say("bis zum", "To");

    public static string Town => Say("Gemeinde", "Municipality");

    public static string AllTowns => Say("alle", "all");

    public static string Show => Say("Vergleichen", "Compare");

    public static string ByHappened =>
        Say("nach dem, was geschehen ist", "by when things happened");

    public static string ByRecorded =>
        Say("nach dem, was hier vermerkt wurde", "by when they were recorded here");

    public static string BadFrom =>
        Say(
            "Der erste Tag fehlt oder ist kein Tag (zum Beispiel 2024-01-01).",
            "The first date is missing or is not a date (for example 2024-01-01)."
        );

    public static string BadTo =>
        Say(
            "Der letzte Tag ist kein Tag (zum Beispiel 2024-12-31).",
            "The last date is not a date (for example 2024-12-31)."
        );

    public static string WrongOrder =>
        Say(
            "Der erste Tag liegt nach dem letzten oder in der Zukunft.",
            "The first date is after the last, or is in the future."
        );

    public static string Nothing =>
        Say(
            "In dieser Zeit ist dazu nichts verzeichnet.",
            "Nothing of this kind is on record for this period."
        );

    public static string Statuses => Say("Anderer Stand", "New status");

    public static string New => Say("Neu zugesagt", "Newly promised");

    public static string NewRecorded => Say("Neu verzeichnet", "Newly on record");

    public static string Deadlines => Say("Termine und Fristen", "Dates and deadlines");

    public static string Targets => Say("Ziele mit Zahlen", "Measurable targets");

    public static string Corrections =>
        Say("Berichtigt oder zurückgezogen", "Corrected or retracted");

    public static string CorrectionsElsewhere =>
        Say(
            "Berichtigungen geschehen in diesem Verzeichnis. Wann sie vermerkt wurden, zeigt der Vergleich nach dem, was hier vermerkt wurde.",
            "Corrections happen in this ledger. To see when they were made, compare by when things were recorded here."
        );

    public static string TitleOf(Period period) =>
        Say($"Was sich {period.Words} geändert hat", $"What changed {period.Words}");

    public static string Rest(int more) =>
        Say(
            $"Und {Writing.Count(more)} weitere. Ein kürzerer Zeitraum oder eine einzelne Gemeinde zeigt alle.",
            $"And {Writing.Count(more)} more. Choose a shorter period or a single municipality to see them all."
        );

    public static string Intro(Period period, bool recorded) =>
        recorded
            ? Say(
                $"Verglichen wird, was dieses Verzeichnis {period.Words} aufgeschrieben hat. Das sagt nichts darüber, wann etwas geschah.",
                $"This compares what this ledger recorded {period.Words}. It says nothing about when things happened."
            )
            : Say(
                $"Verglichen wird, was {period.Words} geschehen ist, nach allem, was heute verzeichnet ist. Eine ungenaue Angabe („2024“) zählt von ihrem ersten möglichen Tag an.",
                $"This compares what happened {period.Words}, going by everything on record today. An inexact date (“2024”) counts from its first possible day."
            );

    /// <summary>What an entry says about a date, in one line.</summary>
    public static string Deadline(Event e) =>
        e switch
        {
            Delayed d =>
                $"{Say("verschoben: bisher", "postponed: previously")} {d.From?.Words() ?? Say("kein Termin veröffentlicht", "no date published")}, "
                    + $"{(d.To is null ? Say("neu ", "") : Say("neu ", "now "))}{d.To?.Words() ?? Say("kein neuer Termin genannt", "no new date given")}",
            Revised r =>
                $"{Say("Frist geändert", "Deadline changed")}: {(r.From is { } from ? $"{Say("bisher", "previously")} {from.Words()}, " : "")}{Say("neu", "now")} {r.To.Words()}",
            _ => EntryWords.Title(e),
        };

    /// <summary>What of such a line is German, whatever is spoken.</summary>
    public static IEnumerable<string> Names(Event e) =>
        e switch
        {
            Revised r => new[] { r.From, r.To }
                .OfType<Text>()
                .Where(t => LanguageOf(t) is not null)
                .Select(t => t.De),
            TargetRevised r =>
            [
                r.Who,
                .. new[] { r.From, r.To }.Where(t => LanguageOf(t) is not null).Select(t => t.De),
            ],
            TargetSet s => Units.Names(s.Unit),
            Measured m => Units.Names(m.Unit),
            _ => [],
        };

    public static string Target(Event e) =>
        e switch
        {
            TargetSet s => $"{Say("Ziel gesetzt", "Target set")}: {TargetWords.Aim(s)}",
            TargetRevised r =>
                $"{Say("Ziel geändert: bisher", "Target revised: previously")} {r.From.Words()}, {Say("neu", "now")} {r.To.Words()} ({r.Who})",
            Measured m =>
                $"{Say("Messwert für", "Measured value for")} {m.Period.Words()}: {Writing.Number(m.Value, m.Unit)}{(m.Provisional ? Say(" (vorläufig)", " (provisional)") : "")}",
            Restated r =>
                $"{Say("Messwert neu berechnet", "Measured value restated")}: {Writing.Number(r.From)} → {Writing.Number(r.To)}",
            _ => EntryWords.Title(e),
        };
}
