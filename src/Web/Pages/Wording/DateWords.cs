using System.Globalization;
using Ledger.Promises;
using Ledger.Recording;

namespace Web.Pages.Wording;

/// <summary>When something happened, as part of a sentence and never more exactly than it is known.</summary>
public static class DateWords
{
    /// <summary>"30. August 2024".</summary>
    public static string Words(this DateOnly day) => Edtf.Day(day).German();

    /// <summary>"am 30. August 2024", "im Oktober 2021", "im Sommer 2018", "2020", "frühestens am 26. Februar 2020".</summary>
    public static string When(this Edtf date)
    {
        if (date.Precision == EdtfPrecision.Interval)
        {
            var (from, to) = Ends(date);
            return (from, to) switch
            {
                ({ } start, null) => $"frühestens {start.When()}",
                (null, { } end) => $"spätestens {end.When()}",
                _ => date.German(),
            };
        }

        var about = date.IsApproximate ? "etwa " : "";
        var exact = date.IsApproximate ? date.German()["etwa ".Length..] : date.German();
        return about
            + date.Precision switch
            {
                EdtfPrecision.Day => $"am {exact}",
                EdtfPrecision.Month => $"im {exact}",
                _ => exact,
            };
    }

    /// <summary>When an event took place and what that rests on: "am 12. Dezember 2023", "laut Meldung vom 4. Dezember 2024".</summary>
    public static string When(this Event e) =>
        (e.Occurred, e.OccurredBasis) switch
        {
            (null, _) => "an einem unbekannten Tag",
            ({ } date, OccurredBasis.Publication) => ReportOf(date),
            ({ } date, OccurredBasis.Derived) when Between(date) is { } between => between,
            ({ } date, _) => date.When(),
        };

    /// <summary>The line over an entry of a timeline: "Geschehen am 17. November 2022", "Gemeldet am 4. Dezember 2024".</summary>
    public static string Happened(this Event e)
    {
        if (e.Occurred is not { } date)
        {
            return "Tag unbekannt";
        }

        var when =
            e.OccurredBasis == OccurredBasis.Derived ? Between(date) ?? date.When() : date.When();
        return (e, e.OccurredBasis) switch
        {
            (Promised, OccurredBasis.Derived) => $"{Writing.Capital(when)} (von uns erschlossen)",
            (Promised, _) => Writing.Capital(when),
            (_, OccurredBasis.Publication) => $"Gemeldet {when}",
            (_, OccurredBasis.Derived) => $"Geschehen {when} (von uns erschlossen)",
            _ => $"Geschehen {when}",
        };
    }

    /// <summary>"am 22. November 2026 um 04:10 Uhr", on a Berlin clock.</summary>
    public static string Moment(DateTimeOffset moment) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"am {BerlinTime.DayOf(moment).Words()} um {BerlinTime.At(moment):HH:mm} Uhr"
        );

    /// <summary>When this ledger wrote something down: "hier vermerkt am 22. November 2026".</summary>
    public static string Noted(DateTimeOffset recorded) =>
        $"hier vermerkt am {BerlinTime.DayOf(recorded).Words()}";

    /// <summary>Full years from one day to another.</summary>
    public static int Years(DateOnly from, DateOnly to) =>
        to.Year - from.Year - (to < from.AddYears(to.Year - from.Year) ? 1 : 0);

    /// <summary>"mehr als ein Jahr", "mehr als 2 Jahre".</summary>
    public static string MoreThan(int years) =>
        years == 1 ? "mehr als ein Jahr" : $"mehr als {years} Jahre";

    /// <summary>"zwischen dem 14. September 2025 und dem 12. November 2025": a span in which something happened once.</summary>
    public static string? Between(Edtf date)
    {
        if (date.Precision != EdtfPrecision.Interval || Ends(date) is not ({ } from, { } to))
        {
            return null;
        }

        return $"zwischen {Dative(WithoutYear(from, to))} und {Dative(to.German())}";

        static string Dative(string end) =>
            char.IsAsciiDigit(end[0]) && end.Contains('.', StringComparison.Ordinal)
                ? $"dem {end}"
                : end;

        // "dem 14. September und dem 12. November 2025": the year is said once.
        static string WithoutYear(Edtf from, Edtf to) =>
            from.EarliestDay!.Value.Year == to.LatestDay!.Value.Year
            && from.Precision is EdtfPrecision.Day or EdtfPrecision.Month
            && !from.IsApproximate
                ? from.German()[..^" 2025".Length]
                : from.German();
    }

    private static string ReportOf(Edtf date) =>
        date.Precision switch
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
