namespace Ledger.Recording;

/// <summary>An <see cref="Edtf"/> as people say it, at its true precision.</summary>
/// <remarks>The words are written here and not asked of the machine: they must be the same everywhere.</remarks>
public static class EdtfWords
{
    static readonly Language GermanWords = new(
        About: "etwa ",
        To: " bis ",
        By: "bis ",
        From: "ab ",
        InSeason: "im ",
        AfterDay: ".",
        Months:
        [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        Seasons: ["Frühjahr", "Sommer", "Herbst", "Winter"]
    );

    static readonly Language EnglishWords = new(
        About: "about ",
        To: " to ",
        By: "by ",
        From: "from ",
        InSeason: "",
        AfterDay: "",
        Months:
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        Seasons: ["spring", "summer", "autumn", "winter"]
    );

    /// <summary>"30. August 2024", "im Sommer 2018", "etwa Oktober 2021", "Mai bis Juni 2025".</summary>
    public static string German(this Edtf date) => Say(date, GermanWords);

    /// <summary>"30 August 2024", "summer 2018", "about October 2021", "May to June 2025".</summary>
    public static string English(this Edtf date) => Say(date, EnglishWords);

    static string Say(Edtf date, Language words)
    {
        var (start, end) = (date.Start, date.End);
        if (start.IsOpen)
        {
            return words.By + About(end, words) + Full(end, words);
        }

        if (end.IsOpen)
        {
            return words.From + About(start, words) + Full(start, words);
        }

        if (start == end)
        {
            var inSeason = start.Precision == EdtfPrecision.Season ? words.InSeason : "";
            return About(start, words) + inSeason + Full(start, words);
        }

        // Each end says its own "about": one for both would leave open which of them is meant.
        return About(start, words)
            + Short(start, end, words)
            + words.To
            + About(end, words)
            + Full(end, words);
    }

    static string About(EdtfPoint point, Language words) => point.IsAbout ? words.About : "";

    static string Full(EdtfPoint point, Language words) =>
        point.Part switch
        {
            0 => $"{point.Year}",
            EdtfPoint.Winter => $"{Name(point, words)} {WinterYears(point.Year)}",
            _ => $"{Name(point, words)} {point.Year}",
        };

    /// <summary>The start of an interval without what its end says anyway.</summary>
    static string Short(EdtfPoint start, EdtfPoint end, Language words)
    {
        if (
            start.Year != end.Year
            || start.Part is 0 or EdtfPoint.Winter
            || end.Part is 0 or EdtfPoint.Winter
        )
        {
            return Full(start, words);
        }

        var sameMonth = start.Part == end.Part && start.DayOfMonth != 0 && end.DayOfMonth != 0;
        return sameMonth ? $"{start.DayOfMonth}{words.AfterDay}" : Name(start, words);
    }

    static string Name(EdtfPoint point, Language words) =>
        point.Precision switch
        {
            EdtfPrecision.Season => words.Seasons[point.Part - EdtfPoint.Spring],
            EdtfPrecision.Day =>
                $"{point.DayOfMonth}{words.AfterDay} {words.Months[point.Part - 1]}",
            _ => words.Months[point.Part - 1],
        };

    // 2023/24, but 1999/2000.
    static string WinterYears(int year)
    {
        var next = year + 1;
        return next % 100 == 0 ? $"{year}/{next}" : $"{year}/{next % 100:00}";
    }

    sealed record Language(
        string About,
        string To,
        string By,
        string From,
        string InSeason,
        string AfterDay,
        string[] Months,
        string[] Seasons
    );
}
