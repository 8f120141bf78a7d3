using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Ledger.Recording;

namespace Ledger.Tests.Recording;

public sealed class EdtfTests
{
    [Theory]
    [InlineData("2024-08-30", "2024-08-30", "2024-08-30", EdtfPrecision.Day)]
    [InlineData("2024-02-29", "2024-02-29", "2024-02-29", EdtfPrecision.Day)]
    [InlineData("2024-08", "2024-08-01", "2024-08-31", EdtfPrecision.Month)]
    [InlineData("2023-02", "2023-02-01", "2023-02-28", EdtfPrecision.Month)]
    [InlineData("2024-12", "2024-12-01", "2024-12-31", EdtfPrecision.Month)]
    [InlineData("2018-21", "2018-03-01", "2018-05-31", EdtfPrecision.Season)]
    [InlineData("2018-22", "2018-06-01", "2018-08-31", EdtfPrecision.Season)]
    [InlineData("2018-23", "2018-09-01", "2018-11-30", EdtfPrecision.Season)]
    [InlineData("2018-24", "2018-12-01", "2019-02-28", EdtfPrecision.Season)]
    [InlineData("2023-24", "2023-12-01", "2024-02-29", EdtfPrecision.Season)]
    [InlineData("2199-24", "2199-12-01", "2200-02-28", EdtfPrecision.Season)]
    [InlineData("1800", "1800-01-01", "1800-12-31", EdtfPrecision.Year)]
    [InlineData("2199", "2199-01-01", "2199-12-31", EdtfPrecision.Year)]
    [InlineData("2025-05/2025-06", "2025-05-01", "2025-06-30", EdtfPrecision.Interval)]
    [InlineData("2024-08-30/2024-08-30", "2024-08-30", "2024-08-30", EdtfPrecision.Interval)]
    [InlineData("2024-05/2024", "2024-05-01", "2024-12-31", EdtfPrecision.Interval)]
    [InlineData("2024/2024-05", "2024-01-01", "2024-05-31", EdtfPrecision.Interval)]
    [InlineData("2023-24/2024-01", "2023-12-01", "2024-01-31", EdtfPrecision.Interval)]
    [InlineData("../2025", null, "2025-12-31", EdtfPrecision.Interval)]
    [InlineData("2020-02-26/..", "2020-02-26", null, EdtfPrecision.Interval)]
    public void A_date_knows_its_days_and_its_precision(
        string text,
        string? earliest,
        string? latest,
        EdtfPrecision precision
    )
    {
        var date = Edtf.Parse(text);

        date.EarliestDay.ShouldBe(earliest is null ? null : On(earliest));
        date.LatestDay.ShouldBe(latest is null ? null : On(latest));
        date.Precision.ShouldBe(precision);
        date.IsApproximate.ShouldBeFalse();
        date.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("2024-08-30~", "2024-08-30")]
    [InlineData("2021-10~", "2021-10")]
    [InlineData("2018-22~", "2018-22")]
    [InlineData("2018~", "2018")]
    [InlineData("2025-05~/2025-06", "2025-05/2025-06")]
    [InlineData("2025-05/2025-06~", "2025-05/2025-06")]
    [InlineData("../2025~", "../2025")]
    [InlineData("2020~/..", "2020/..")]
    public void About_is_remembered_but_does_not_widen(string about, string exact)
    {
        var date = Edtf.Parse(about);
        var same = Edtf.Parse(exact);

        date.IsApproximate.ShouldBeTrue();
        date.EarliestDay.ShouldBe(same.EarliestDay);
        date.LatestDay.ShouldBe(same.LatestDay);
        date.Precision.ShouldBe(same.Precision);
        date.CompareTo(same).ShouldBe(0);
        date.ShouldNotBe(same);
    }

    [Theory]
    [InlineData("2024-08-30", "30. August 2024", "30 August 2024")]
    [InlineData("2024-03-01", "1. März 2024", "1 March 2024")]
    [InlineData("2024-08", "August 2024", "August 2024")]
    [InlineData("2018", "2018", "2018")]
    [InlineData("2018-21", "im Frühjahr 2018", "spring 2018")]
    [InlineData("2018-22", "im Sommer 2018", "summer 2018")]
    [InlineData("2018-23", "im Herbst 2018", "autumn 2018")]
    [InlineData("2023-24", "im Winter 2023/24", "winter 2023/24")]
    [InlineData("2008-24", "im Winter 2008/09", "winter 2008/09")]
    [InlineData("1999-24", "im Winter 1999/2000", "winter 1999/2000")]
    [InlineData("2021-10~", "etwa Oktober 2021", "about October 2021")]
    [InlineData("2018~", "etwa 2018", "about 2018")]
    [InlineData("2024-08-30~", "etwa 30. August 2024", "about 30 August 2024")]
    [InlineData("2018-22~", "etwa im Sommer 2018", "about summer 2018")]
    [InlineData("2025-05/2025-06", "Mai bis Juni 2025", "May to June 2025")]
    [InlineData(
        "2024-11/2025-02",
        "November 2024 bis Februar 2025",
        "November 2024 to February 2025"
    )]
    [InlineData("2024-05-03/2024-05-05", "3. bis 5. Mai 2024", "3 to 5 May 2024")]
    [InlineData("2024-04-30/2024-05-05", "30. April bis 5. Mai 2024", "30 April to 5 May 2024")]
    [InlineData(
        "2023-12-30/2024-01-02",
        "30. Dezember 2023 bis 2. Januar 2024",
        "30 December 2023 to 2 January 2024"
    )]
    [InlineData("2020/2025", "2020 bis 2025", "2020 to 2025")]
    [InlineData("2025/2025", "2025", "2025")]
    [InlineData("2018-22/2018-22", "im Sommer 2018", "summer 2018")]
    [InlineData("2018-21/2018-23", "Frühjahr bis Herbst 2018", "spring to autumn 2018")]
    [InlineData(
        "2018-09/2018-24",
        "September 2018 bis Winter 2018/19",
        "September 2018 to winter 2018/19"
    )]
    [InlineData(
        "2018-24/2019-21",
        "Winter 2018/19 bis Frühjahr 2019",
        "winter 2018/19 to spring 2019"
    )]
    [InlineData("2024-05-03/2024-06", "3. Mai bis Juni 2024", "3 May to June 2024")]
    [InlineData("2024-05/2024-05-20", "Mai bis 20. Mai 2024", "May to 20 May 2024")]
    [InlineData("2024-05/2024", "Mai 2024 bis 2024", "May 2024 to 2024")]
    [InlineData("2024/2024-05", "2024 bis Mai 2024", "2024 to May 2024")]
    [InlineData("2025-05~/2025-06", "etwa Mai bis Juni 2025", "about May to June 2025")]
    [InlineData("2025-05/2025-06~", "Mai bis etwa Juni 2025", "May to about June 2025")]
    [InlineData("2025-05~/2025-06~", "etwa Mai bis etwa Juni 2025", "about May to about June 2025")]
    [InlineData("../2025", "bis 2025", "by 2025")]
    [InlineData("../2018-22", "bis Sommer 2018", "by summer 2018")]
    [InlineData("../2025-06~", "bis etwa Juni 2025", "by about June 2025")]
    [InlineData("2020-02-26/..", "ab 26. Februar 2020", "from 26 February 2020")]
    [InlineData("2018-24~/..", "ab etwa Winter 2018/19", "from about winter 2018/19")]
    public void A_date_is_said_as_people_say_it(string text, string german, string english)
    {
        var date = Edtf.Parse(text);

        date.German().ShouldBe(german);
        date.English().ShouldBe(english);
    }

    [Fact]
    public void Every_month_has_its_name_on_every_machine()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            // Its own calendar says 2567 for 2024.
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("th-TH");
            for (var month = 1; month <= 12; month++)
            {
                var day = new DateOnly(2024, month, 1);
                var date = Edtf.Day(day);
                date.ToString().ShouldBe(Iso(day));
                date.German()
                    .ShouldBe(day.ToString("d. MMMM yyyy", CultureInfo.GetCultureInfo("de-DE")));
                date.English()
                    .ShouldBe(day.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB")));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("2024-08-30?", "none of the allowed forms")]
    [InlineData("2024%", "none of the allowed forms")]
    [InlineData("202X", "none of the allowed forms")]
    [InlineData("2024-XX", "none of the allowed forms")]
    [InlineData("-2024", "none of the allowed forms")]
    [InlineData("+2024", "none of the allowed forms")]
    [InlineData("Y2024", "none of the allowed forms")]
    [InlineData("~2024", "none of the allowed forms")]
    [InlineData("2024~~", "none of the allowed forms")]
    [InlineData("2024~-08", "none of the allowed forms")]
    [InlineData("~", "none of the allowed forms")]
    [InlineData("24", "none of the allowed forms")]
    [InlineData("2024-8", "none of the allowed forms")]
    [InlineData("2024-", "none of the allowed forms")]
    [InlineData("20240830", "none of the allowed forms")]
    [InlineData("2024/08/30", "none of the allowed forms")]
    [InlineData("2024.08.30", "none of the allowed forms")]
    [InlineData("30.08.2024", "none of the allowed forms")]
    [InlineData("2024-08-30T12:00:00Z", "none of the allowed forms")]
    [InlineData(" 2024", "none of the allowed forms")]
    [InlineData("2024 ", "none of the allowed forms")]
    [InlineData("2024-08-30\n", "none of the allowed forms")]
    [InlineData("2024-+8", "none of the allowed forms")]
    [InlineData("٢٠٢٤", "none of the allowed forms")]
    [InlineData("unknown", "none of the allowed forms")]
    [InlineData("..", "none of the allowed forms")]
    [InlineData("/", "none of the allowed forms")]
    [InlineData("2024/", "none of the allowed forms")]
    [InlineData("/2024", "none of the allowed forms")]
    [InlineData("2024/2025/2026", "none of the allowed forms")]
    [InlineData("..~/2024", "none of the allowed forms")]
    [InlineData("[2023,2024]", "none of the allowed forms")]
    [InlineData("1799", "outside the allowed years")]
    [InlineData("2200-01", "outside the allowed years")]
    [InlineData("0000", "outside the allowed years")]
    [InlineData("2024-00", "no such month or season")]
    [InlineData("2024-13", "no such month or season")]
    [InlineData("2024-20", "no such month or season")]
    [InlineData("2024-25", "no such month or season")]
    [InlineData("2024-13-01", "no such month or season")]
    [InlineData("2024-08-00", "no such day")]
    [InlineData("2024-08-32", "no such day")]
    [InlineData("2023-02-29", "no such day")]
    [InlineData("1900-02-29", "no such day")]
    [InlineData("2024-21-01", "no such day")]
    [InlineData("2025-06/2025-05", "start is after its end")]
    [InlineData("2024-08-31/2024-08-30", "start is after its end")]
    [InlineData("2024-24/2024-21", "start is after its end")]
    [InlineData("2023-02-29/2024", "no such day")]
    [InlineData("2024/2024-13", "no such month or season")]
    [InlineData("../..", "open at both ends")]
    public void Anything_else_is_refused_with_a_reason_and_what_is_allowed(
        string text,
        string reason
    )
    {
        Edtf.TryParse(text, out var value, out var error).ShouldBeFalse();

        value.ShouldBeNull();
        error.ShouldStartWith($"“{text}” is refused: ");
        error.ShouldContain(reason);
        error.ShouldEndWith(Edtf.AllowedForms);
        Should.Throw<FormatException>(() => Edtf.Parse(text)).Message.ShouldBe(error);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Nothing_is_refused_as_missing(string? text)
    {
        Edtf.TryParse(text, out _, out var error).ShouldBeFalse();

        error.ShouldBe("A date is missing. " + Edtf.AllowedForms);
    }

    [Fact]
    public void A_long_text_is_not_repeated_whole()
    {
        Edtf.TryParse(new string('2', 48_000), out _, out var error).ShouldBeFalse();

        error.Length.ShouldBeLessThan(600);
    }

    [Fact]
    public void The_sentence_of_what_is_allowed_names_only_what_is_allowed()
    {
        var named = Edtf.AllowedForms[..^1]
            .Split([' ', '(', ')', ',', ';'])
            .Where(word => word.Any(char.IsAsciiDigit));

        named.ShouldBe(named.Select(form => Edtf.Parse(form).ToString()));
        named.Count().ShouldBe(13);
    }

    [Fact]
    public void Every_day_of_the_allowed_years_is_a_date_and_no_other()
    {
        for (var day = new DateOnly(1800, 1, 1); day.Year < 2200; day = day.AddDays(1))
        {
            var date = Edtf.Parse(Iso(day));
            if (date.EarliestDay != day || date.LatestDay != day || date != Edtf.Day(day))
            {
                Assert.Fail($"{Iso(day)} was read as {date.EarliestDay} to {date.LatestDay}");
            }
        }

        Should.Throw<ArgumentOutOfRangeException>(() => Edtf.Day(new DateOnly(1799, 12, 31)));
        Should.Throw<ArgumentOutOfRangeException>(() => Edtf.Day(new DateOnly(2200, 1, 1)));
    }

    [Theory]
    [InlineData("2024-08-30", "2024-08-30", false)]
    [InlineData("2024-08-30", "2024-08-31", true)]
    [InlineData("2024", "2024-12-31", false)]
    [InlineData("2024~", "2025-01-01", true)]
    [InlineData("2023-24", "2024-02-29", false)]
    [InlineData("2023-24", "2024-03-01", true)]
    [InlineData("../2025", "2026-01-01", true)]
    [InlineData("2020/..", "9999-12-31", false)]
    public void A_date_is_over_once_its_last_day_has_passed(string text, string today, bool over) =>
        Edtf.Parse(text).IsOver(On(today)).ShouldBe(over);

    [Fact]
    public void Order_is_by_earliest_then_latest_day_with_open_start_first_and_open_end_last()
    {
        string[] expected =
        [
            "../2019",
            "../2025",
            "2018",
            "2018/..",
            "2018-03-01",
            "2018-03",
            "2018-21",
            "2018-03/2018-12",
            "2018-03/..",
            "2018-04",
            "2018-12",
            "2018-24",
            "2019-01-01",
            "2019",
        ];

        var sorted = expected.Reverse().Select(Edtf.Parse).Order().Select(date => date.ToString());

        sorted.ShouldBe(expected);
        Edtf.Parse("2018").CompareTo(null).ShouldBePositive();
    }

    [Fact]
    public void Values_at_the_same_place_keep_the_order_in_which_they_were_recorded()
    {
        string[] recorded = ["2018-22~", "2018-06/2018-08", "2018-22"];

        recorded.Select(Edtf.Parse).Order().Select(date => date.ToString()).ShouldBe(recorded);
    }

    [Fact]
    public void In_json_a_date_is_its_text()
    {
        var json = JsonSerializer.Serialize(new Dated(Edtf.Parse("2021-10~/.."), null));

        json.ShouldBe("""{"Occurred":"2021-10~/..","Deadline":null}""");
        JsonSerializer
            .Deserialize<Dated>(json)
            .ShouldBe(new Dated(Edtf.Parse("2021-10~/.."), null));
    }

    [Theory]
    [InlineData("\"2024-13\"", "“2024-13” is refused: there is no such month or season. ")]
    [InlineData("\"\"", "A date is missing. ")]
    [InlineData("2024", "A date is a string, not Number. ")]
    [InlineData("{}", "A date is a string, not StartObject. ")]
    public void In_json_anything_else_is_refused_with_the_place(string date, string message)
    {
        var refusal = Should.Throw<JsonException>(() =>
            JsonSerializer.Deserialize<Dated>($$"""{"Deadline":null,"Occurred":{{date}}}""")
        );

        refusal.Message.ShouldBe(message + Edtf.AllowedForms);
        refusal.Path.ShouldBe("$.Occurred");
    }

    [Fact]
    public void Reading_allocates_nothing_but_the_value()
    {
        string[] texts = ["2024-08-30", "2018-22~", "2025-05/2025-06", "../2025"];
        const int rounds = 1_000;
        _ = texts.Select(Edtf.Parse).ToList();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var text in texts)
            {
                _ = Edtf.Parse(text);
            }
        }

        var perValue = (GC.GetAllocatedBytesForCurrentThread() - before) / (rounds * texts.Length);
        perValue.ShouldBeLessThanOrEqualTo(64);
    }

    [Fact]
    public void Reading_and_writing_gives_the_same_text_and_an_equal_value() =>
        Holds(
            Dates(),
            text =>
            {
                var date = Edtf.Parse(text);
                var again = Edtf.Parse(new string(text));
                return date.ToString() == text
                    && date == again
                    && date.GetHashCode() == again.GetHashCode()
                    && JsonSerializer.Deserialize<Edtf>(JsonSerializer.Serialize(date)) == date;
            }
        );

    [Fact]
    public void The_earliest_day_is_never_after_the_latest() =>
        Holds(
            Dates(),
            text =>
            {
                var date = Edtf.Parse(text);
                return (date.EarliestDay ?? DateOnly.MinValue)
                        <= (date.LatestDay ?? DateOnly.MaxValue)
                    && date.EarliestDay is null == text.StartsWith("..", StringComparison.Ordinal)
                    && date.LatestDay is null == text.EndsWith("..", StringComparison.Ordinal)
                    && date.IsApproximate == text.Contains('~', StringComparison.Ordinal)
                    && date.Precision
                        == EdtfPrecision.Interval
                        == text.Contains('/', StringComparison.Ordinal);
            }
        );

    [Fact]
    public void The_order_is_total_and_agrees_with_the_days() =>
        Holds(
            Dates().Three(),
            texts =>
            {
                var (a, b, c) = (
                    Edtf.Parse(texts.Item1),
                    Edtf.Parse(texts.Item2),
                    Edtf.Parse(texts.Item3)
                );
                var antisymmetric = Math.Sign(a.CompareTo(b)) == -Math.Sign(b.CompareTo(a));
                var transitive = a.CompareTo(b) > 0 || b.CompareTo(c) > 0 || a.CompareTo(c) <= 0;
                var sameDays = a.EarliestDay == b.EarliestDay && a.LatestDay == b.LatestDay;
                return antisymmetric
                    && transitive
                    && a.CompareTo(a) == 0
                    && a.CompareTo(b) == 0 == sameDays;
            }
        );

    [Fact]
    public void Words_do_not_raise_the_precision() =>
        Holds(
            Dates(),
            text =>
            {
                var date = Edtf.Parse(text);
                return date.German().Contains("etwa", StringComparison.Ordinal)
                        == date.IsApproximate
                    && date.English().Contains("about", StringComparison.Ordinal)
                        == date.IsApproximate
                    && date.German().Contains('.', StringComparison.Ordinal)
                        == text.Split('/').Any(end => end.TrimEnd('~').Length == 10);
            }
        );

    [Fact]
    public void A_date_with_one_character_changed_is_accepted_only_if_it_is_one_of_the_allowed_forms() =>
        Holds(
            Mutations(),
            text =>
            {
                var accepted = Edtf.TryParse(text, out var value, out var error);
                return accepted == IsAllowed(text)
                    && (value is not null) == accepted
                    && (error is null) == accepted
                    && (!accepted || value!.ToString() == text);
            }
        );

    sealed record Dated(Edtf Occurred, Edtf? Deadline);

    static DateOnly On(string day) =>
        DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static void Holds<T>(Gen<T> values, Func<T, bool> property) =>
        Check.One(Testing.Load.Cases(20_000), Prop.ForAll(values.ToArbitrary(), property));

    // Few years, so that dates meet, follow and contain each other often.
    static Gen<string> Points() =>
        from year in Gen.OneOf(Gen.Choose(2023, 2025), Gen.Choose(1800, 2199))
        from day in Gen.Choose(0, 364)
        from season in Gen.Choose(21, 24)
        from form in Gen.Choose(0, 3)
        from about in Gen.Elements("", "", "~")
        let date = new DateOnly(year, 1, 1).AddDays(day)
        select form switch
        {
            0 => $"{year}",
            1 => $"{year}-{season}",
            2 => Iso(date)[..7],
            _ => Iso(date),
        } + about;

    static Gen<string> Dates() =>
        from a in Points()
        from b in Points()
        from form in Gen.Choose(0, 4)
        let pair = FirstDay(a) <= FirstDay(b) ? $"{a}/{b}" : $"{b}/{a}"
        select form switch
        {
            0 => $"../{a}",
            1 => $"{a}/..",
            2 or 3 => pair,
            _ => a,
        };

    static Gen<string> Mutations() =>
        from text in Dates()
        from place in Gen.Choose(0, text.Length - 1)
        from character in Gen.Elements("0123456789-/.~?%X \u0664".ToCharArray())
        from form in Gen.Choose(0, 2)
        select form switch
        {
            0 => text.Remove(place, 1),
            1 => text.Insert(place, $"{character}"),
            _ => text.Remove(place, 1).Insert(place, $"{character}"),
        };

    // A second, slow reading of the design, independent of the one under test.
    static bool IsAllowed(string text)
    {
        var ends = text.Split('/');
        return ends.Length switch
        {
            1 => FirstDay(text) is not null,
            2 when ends[0] == ".." => FirstDay(ends[1]) is not null,
            2 when ends[1] == ".." => FirstDay(ends[0]) is not null,
            2 => FirstDay(ends[0]) <= LastDay(ends[1]),
            _ => false,
        };
    }

    static DateOnly? FirstDay(string point) => Days(point)?.First;

    static DateOnly? LastDay(string point) => Days(point)?.Last;

    static (DateOnly First, DateOnly Last)? Days(string point)
    {
        var form = Regex.Match(
            point,
            @"\A(1[89]|2[01])[0-9]{2}(-(0[1-9]|1[0-2]|2[1-4])|-[01][0-9]-[0-3][0-9])?~?\z",
            RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
        );
        if (!form.Success)
        {
            return null;
        }

        var text = point.TrimEnd('~');
        if (text.Length == 10)
        {
            return DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                default,
                out var day
            )
                ? (day, day)
                : null;
        }

        var (first, months) = text[4..] switch
        {
            "" => ($"{text}-01", 12),
            "-21" => ($"{text[..4]}-03", 3),
            "-22" => ($"{text[..4]}-06", 3),
            "-23" => ($"{text[..4]}-09", 3),
            "-24" => ($"{text[..4]}-12", 3),
            _ => (text, 1),
        };
        var start = On($"{first}-01");
        return (start, start.AddMonths(months).AddDays(-1));
    }
}
