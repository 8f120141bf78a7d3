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

    /// <summary>The line over an entry of a timeline: "geschehen am 17. November 2022", "gemeldet am 4. Dezember 2024".</summary>
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
            (Promised, OccurredBasis.Derived) => $"zugesagt {when} (von uns erschlossen)",
            (Promised, _) => $"zugesagt {when}",
            (_, OccurredBasis.Publication) => $"gemeldet {when}",
            (_, OccurredBasis.Derived) => $"geschehen {when} (von uns erschlossen)",
            _ => $"geschehen {when}",
        };
    }

    /// <summary>When this ledger wrote something down: "hier vermerkt am 22. November 2026".</summary>
    public static string Noted(DateTimeOffset recorded) =>
        $"hier vermerkt am {BerlinTime.DayOf(recorded).Words()}";

    /// <summary>How long: "ein Jahr", "2 Jahre"; null below a year.</summary>
    public static string? FullYears(DateOnly from, DateOnly to)
    {
        var years = to.Year - from.Year - (to < from.AddYears(to.Year - from.Year) ? 1 : 0);
        return years switch
        {
            < 1 => null,
            1 => "mehr als ein Jahr",
            _ => $"mehr als {years} Jahre",
        };
    }

    /// <summary>"zwischen dem 14. September 2025 und dem 12. November 2025": a span in which something happened once.</summary>
    public static string? Between(Edtf date)
    {
        if (date.Precision != EdtfPrecision.Interval || Ends(date) is not ({ } from, { } to))
        {
            return null;
        }

        return $"zwischen {Dative(from)} und {Dative(to)}";

        static string Dative(Edtf end) =>
            end.Precision == EdtfPrecision.Day ? $"dem {end.German()}" : end.German();
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
