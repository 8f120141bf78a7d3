using System.Globalization;
using Ledger.Recording;
using Web.Pages.Wording;

namespace Web.Pages.Time;

/// <summary>Every sentence about the moment that a page is shown for.</summary>
public static class TimeWords
{
    public const string Label = "Nicht der heutige Stand";
    public const string ToNow = "Diese Seite, wie sie heute ist";
    public const string Keep = "Diese Ansicht mit dem heutigen Wissen festhalten";
    public const string LinksStay =
        "Verweise auf dieser Seite führen, wo es geht, in dieselbe Zeit.";
    public const string Choose = "Diese Seite zu einer anderen Zeit";
    public const string StandLabel = "So, wie sie hier verzeichnet war am Ende des Tages";
    public const string ZumLabel = "Nur, was geschehen war bis zum";
    public const string Show = "Zeigen";

    /// <summary>Which moment a page shows, in one sentence.</summary>
    public static string Sentence(PageMoment moment) =>
        (Stand(moment), moment.AsOf.Zum) switch
        {
            ({ } stand, null) =>
                $"Sie sehen diese Seite so, wie sie {stand} im Verzeichnis stand. Was später vermerkt wurde, fehlt.",
            (null, { } zum) =>
                $"Sie sehen, was bis zum {zum.Words()} geschehen war, nach allem, was heute verzeichnet ist.",
            ({ } stand, { } zum) =>
                $"Sie sehen, was bis zum {zum.Words()} geschehen war, nach dem, was {stand} verzeichnet war.",
            _ => "",
        };

    public static string Malformed(string parameter) =>
        parameter == "zum"
            ? "Die Angabe „zum“ in der Adresse ist kein Tag."
            : "Die Angabe „stand“ in der Adresse ist weder ein Tag noch ein Zeitpunkt noch eine Eintragsnummer.";

    public const string Allowed =
        "„stand“ sagt, was hier verzeichnet war: ein Tag (2026-10-31), ein Zeitpunkt mit Zeitzone (2026-10-31T12:00:00Z) oder die "
        + "Nummer eines Eintrags. „zum“ sagt, was geschehen war: ein Tag (2024-12-31). Die Jahre gehen von 1800 bis 2199.";

    public const string NothingYet = "Damals stand diese Seite noch nicht im Verzeichnis.";

    private static string? Stand(PageMoment moment)
    {
        if (moment.AsOf.Stand is null)
        {
            return null;
        }

        if (moment.Query.StandDay is { } day)
        {
            return $"am Ende des {day.Words()}";
        }

        if (moment.Query.StandMoment is { } exact)
        {
            var at = BerlinTime.At(exact);
            return $"am {DateOnly.FromDateTime(at.DateTime).Words()} um {at.ToString("H:mm:ss", CultureInfo.InvariantCulture)} Uhr (Berlin)";
        }

        return moment.StandRecordedOn is { } recorded
            ? $"nach dem Eintrag Nr. {moment.AsOf.Stand} vom {recorded.Words()}"
            : $"nach dem Eintrag Nr. {moment.AsOf.Stand}";
    }
}
