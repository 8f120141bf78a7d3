using System.Globalization;
using Ledger.Recording;
using Web.Pages.Wording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Time;

/// <summary>Every sentence about the moment that a page is shown for.</summary>
public static class TimeWords
{
    public static string Label => Say("Nicht der heutige Stand", "Not as it stands today");

    public static string ToNow => Say("Diese Seite, wie sie heute ist", "This page as it is today");

    public static string Keep =>
        Say(
            "Diese Ansicht mit dem heutigen Wissen festhalten",
            "Permanent link to this view, with what is known today"
        );

    public static string LinksStay =>
        Say(
            "Verweise auf dieser Seite führen, wo es geht, in dieselbe Zeit.",
            "Where possible, links on this page lead to the same moment."
        );

    public static string Choose =>
        Say("Diese Seite zu einer anderen Zeit", "This page at another time");

    public static string StandLabel =>
        Say(
            "So, wie sie hier verzeichnet war am Ende des Tages",
            "As it was recorded here at the end of"
        );

    public static string ZumLabel =>
        Say("Nur, was geschehen war bis zum", "Only what had happened by");

    public static string Show => Say("Zeigen", "Show");

    public static string NoSuchMoment =>
        Say("Diesen Zeitpunkt gibt es nicht", "There is no such moment");

    public static string NotYetOnRecord =>
        Say("Damals noch nicht verzeichnet", "Not on record at that time");

    public static string NothingYet =>
        Say(
            "Damals stand diese Seite noch nicht im Verzeichnis.",
            "This page was not yet in the ledger at that time."
        );

    /// <summary>Which moment a page shows, in one sentence.</summary>
    public static string Sentence(PageMoment moment) =>
        (Stand(moment), moment.AsOf.Zum) switch
        {
            ({ } stand, null) => Say(
                $"Sie sehen diese Seite so, wie sie {stand} im Verzeichnis stand. Was später vermerkt wurde, fehlt.",
                $"You are looking at this page as it was in the ledger {stand}. Anything recorded later is not shown."
            ),
            (null, { } zum) => Say(
                $"Sie sehen, was bis zum {zum.Words()} geschehen war, nach allem, was heute verzeichnet ist.",
                $"You are looking at what had happened by {zum.Words()}, according to everything on record today."
            ),
            ({ } stand, { } zum) => Say(
                $"Sie sehen, was bis zum {zum.Words()} geschehen war, nach dem, was {stand} verzeichnet war.",
                $"You are looking at what had happened by {zum.Words()}, according to what was on record {stand}."
            ),
            _ => "",
        };

    public static string Malformed(string parameter) =>
        parameter == "zum"
            ? Say(
                "Die Angabe „zum“ in der Adresse ist kein Tag.",
                "The value “zum” in the address is not a date."
            )
            : Say(
                "Die Angabe „stand“ in der Adresse ist weder ein Tag noch ein Zeitpunkt noch eine Eintragsnummer.",
                "The value “stand” in the address is neither a date nor a moment nor the number of an entry."
            );

    public static string Allowed =>
        Say(
            "„stand“ sagt, was hier verzeichnet war: ein Tag (2026-10-31), ein Zeitpunkt mit Zeitzone (2026-10-31T12:00:00Z) oder die "
                + "Nummer eines Eintrags. „zum“ sagt, was geschehen war: ein Tag (2024-12-31). Die Jahre gehen von 1800 bis 2199.",
            "“stand” says what was on record here: a date (2026-10-31), a moment with its time zone (2026-10-31T12:00:00Z) or the number "
                + "of an entry. “zum” says what had happened: a date (2024-12-31). Years go from 1800 to 2199."
        );

    private static string? Stand(PageMoment moment)
    {
        if (moment.AsOf.Stand is null)
        {
            return null;
        }

        if (moment.Query.StandDay is { } day)
        {
            return $"{Say("am Ende des", "at the end of")} {day.Words()}";
        }

        if (moment.Query.StandMoment is { } exact)
        {
            var at = BerlinTime.At(exact);
            var (date, time) = (
                DateOnly.FromDateTime(at.DateTime).Words(),
                at.ToString("H:mm:ss", CultureInfo.InvariantCulture)
            );
            return Say($"am {date} um {time} Uhr (Berlin)", $"on {date} at {time} (Berlin time)");
        }

        var entry = $"{Say("nach dem Eintrag Nr.", "after entry no.")} {moment.AsOf.Stand}";
        return moment.StandRecordedOn is { } recorded
            ? $"{entry} {Say("vom", "of")} {recorded.Words()}"
            : entry;
    }
}
