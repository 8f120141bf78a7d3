using System.Globalization;
using Ledger.Promises;
using Ledger.Recording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Wording;

/// <summary>When something happened, as part of a sentence and never more exactly than it is known.</summary>
public static class DateWords
{
    /// <summary>"30. August 2024", "im Sommer 2018"; in English "30 August 2024", "summer 2018".</summary>
    public static string Words(this Edtf date) => Say(date.German(), date.English());

    /// <summary>"30. August 2024", in English "30 August 2024".</summary>
    public static string Words(this DateOnly day) => Edtf.Day(day).Words();

    /// <summary>
    /// "am 30. August 2024", "im Oktober 2021", "im Sommer 2018", "2020", "frühestens am 26. Februar 2020"; in English "on 30 August
    /// 2024", "in October 2021", "in summer 2018", "in 2020", "no earlier than 26 February 2020".
    /// </summary>
    public static string When(this Edtf date)
    {
        if (date.Precision == EdtfPrecision.Interval)
        {
            var (from, to) = Ends(date);
            return (from, to) switch
            {
                ({ } start, null) => Say(
                    $"frühestens {start.When()}",
                    $"no earlier than {start.English()}"
                ),
                (null, { } end) => Say(
                    $"spätestens {end.When()}",
                    $"no later than {end.English()}"
                ),
                ({ } start, { } end) when start == end && IsEnglish => start.When(),
                _ => Say(date.German(), $"from {date.English()}"),
            };
        }

        return IsEnglish ? EnglishWhen(date) : GermanWhen(date);
    }

    /// <summary>When an event took place and what that rests on: "am 12. Dezember 2023", "laut Meldung vom 4. Dezember 2024".</summary>
    public static string When(this Event e) =>
        (e.Occurred, e.OccurredBasis) switch
        {
            (null, _) => UnknownDay,
            ({ } date, OccurredBasis.Publication) => ReportOf(date),
            ({ } date, OccurredBasis.Derived) when Between(date) is { } between => between,
            ({ } date, _) => date.When(),
        };

    /// <summary>"an einem unbekannten Tag", as part of a sentence.</summary>
    public static string UnknownDay => Say("an einem unbekannten Tag", "on an unknown date");

    /// <summary>The line over an entry of a timeline: "Geschehen am 17. November 2022", "Gemeldet am 4. Dezember 2024".</summary>
    public static string Happened(this Event e)
    {
        if (e.Occurred is not { } date)
        {
            return Say("Tag unbekannt", "Date unknown");
        }

        var when =
            e.OccurredBasis == OccurredBasis.Derived ? Between(date) ?? date.When() : date.When();
        var inferred = Say("(von uns erschlossen)", "(inferred by us)");
        return (e, e.OccurredBasis) switch
        {
            (Promised, OccurredBasis.Derived) => $"{Writing.Capital(when)} {inferred}",
            (Promised, _) => Writing.Capital(when),
            // "Reported" is the word of a status and of a type of entry.
            (_, OccurredBasis.Publication) => Say(
                $"Gemeldet {when}",
                $"Known from a report dated {date.English()}"
            ),
            (_, OccurredBasis.Derived) => $"{Say("Geschehen", "Happened")} {when} {inferred}",
            _ => $"{Say("Geschehen", "Happened")} {when}",
        };
    }

    /// <summary>"am 22. November 2026 um 04:10 Uhr", on a Berlin clock.</summary>
    public static string Moment(DateTimeOffset moment)
    {
        var (day, time) = (
            BerlinTime.DayOf(moment).Words(),
            BerlinTime.At(moment).ToString("HH:mm", CultureInfo.InvariantCulture)
        );
        return Say($"am {day} um {time} Uhr", $"on {day} at {time} (Berlin time)");
    }

    /// <summary>When this ledger wrote something down: "hier vermerkt am 22. November 2026".</summary>
    public static string Noted(DateTimeOffset recorded) =>
        $"{Say("hier vermerkt am", "recorded here on")} {BerlinTime.DayOf(recorded).Words()}";

    /// <summary>Full years from one day to another.</summary>
    public static int Years(DateOnly from, DateOnly to) =>
        to.Year - from.Year - (to < from.AddYears(to.Year - from.Year) ? 1 : 0);

    /// <summary>"mehr als ein Jahr", "mehr als 2 Jahre".</summary>
    public static string MoreThan(int years) =>
        years == 1
            ? Say("mehr als ein Jahr", "more than a year")
            : Say($"mehr als {years} Jahre", $"more than {years} years");

    /// <summary>
    /// "zwischen dem 14. September und dem 12. November 2025", in English "between 14 September and 12 November 2025": a span in
    /// which something happened once.
    /// </summary>
    public static string? Between(Edtf date)
    {
        if (date.Precision != EdtfPrecision.Interval || Ends(date) is not ({ } from, { } to))
        {
            return null;
        }

        return Say(
            $"zwischen {Dative(WithoutYear(from, to))} und {Dative(to.German())}",
            $"between {WithoutYear(from, to)} and {to.English()}"
        );

        static string Dative(string end) =>
            char.IsAsciiDigit(end[0]) && end.Contains('.', StringComparison.Ordinal)
                ? $"dem {end}"
                : end;

        // "dem 14. September und dem 12. November 2025": the year is said once.
        static string WithoutYear(Edtf from, Edtf to) =>
            from.EarliestDay!.Value.Year == to.LatestDay!.Value.Year
            && from.Precision is EdtfPrecision.Day or EdtfPrecision.Month
            && !from.IsApproximate
                ? from.Words()[..^" 2025".Length]
                : from.Words();
    }

    private static string EnglishWhen(Edtf date) =>
        date switch
        {
            { IsApproximate: true } => $"around {date.English()["about ".Length..]}",
            { Precision: EdtfPrecision.Day } => $"on {date.English()}",
            _ => $"in {date.English()}",
        };

    private static string GermanWhen(Edtf date)
    {
        var about = date.IsApproximate ? "etwa " : "";
        var exact = date.German()[about.Length..];
        return about
            + date.Precision switch
            {
                EdtfPrecision.Day => $"am {exact}",
                EdtfPrecision.Month => $"im {exact}",
                _ => exact,
            };
    }

    private static string ReportOf(Edtf date) =>
        IsEnglish
            ? $"according to a report dated {date.English()}"
            : date.Precision switch
            {
                EdtfPrecision.Day or EdtfPrecision.Month when !date.IsApproximate =>
                    $"laut Meldung vom {date.German()}",
                EdtfPrecision.Year when !date.IsApproximate => $"laut Meldung von {date.German()}",
                _ => $"laut einer Meldung ({date.German()})",
            };

    private static (Edtf? From, Edtf? To) Ends(Edtf interval)
    {
        var parts = interval.ToString().Split('/');
        return (Read(parts[0]), Read(parts[1]));

        static Edtf? Read(string end) => end == ".." ? null : Edtf.Parse(end);
    }
}
