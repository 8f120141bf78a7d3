using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Targets;
using Web.Pages.Targets;
using Web.Pages.Wording;
using static Web.Tests.Pages.InventedTarget;

namespace Web.Tests.Pages;

public sealed class TargetWordsTests
{
    private const char Nbsp = Writing.NoBreak;
    private static readonly DateOnly s_today = new(2026, 11, 22);

    [Fact]
    public void The_sixty_per_cent_target_cannot_be_assessed_and_says_what_is_missing()
    {
        var target = A(Sixty(), Measured("2017", 2.15m));
        TargetWords
            .Sentence(target.Set!, target.Assess(), s_today)
            .ShouldBe(
                "Ob das Ziel erreicht ist, lässt sich nicht sagen: Es fehlen ein Ausgangswert für 1990, ein Messwert für 2025, "
                    + "die Angabe der Gase und die Grenze der Bilanz."
            );
    }

    [Fact]
    public void A_target_whose_year_lies_ahead_is_neither_reached_nor_missed()
    {
        var set = Sixty() with
        {
            Value = 65,
            Year = 2030,
            Gas = "Treibhausgase",
            Boundary = "Land",
        };
        var target = A(set, Measured("1990", 367), Measured("2023", 187.5m, provisional: true));
        TargetWords
            .Sentence(target.Set!, target.Assess(), s_today)
            .ShouldBe(
                $"Das Ziel ist 65{Nbsp}% weniger als 1990, bis 2030; ob es erreicht wird, steht noch nicht fest. "
                    + $"Gemessen sind rund 49{Nbsp}% weniger als 1990 (2023, vorläufiger Wert)."
            );
    }

    [Fact]
    public void A_target_whose_year_was_not_measured_gets_no_verdict_from_an_earlier_year()
    {
        var set = Sixty() with
        {
            Value = 29,
            Year = 2020,
            Gas = "Treibhausgase",
            Boundary = "Stadtgebiet",
        };
        var target = A(set, Measured("1990", 1.67m), Measured("2019", 1.17m));
        var sentence = TargetWords.Sentence(target.Set!, target.Assess(), s_today);
        sentence.ShouldContain("lässt sich nicht sagen: Es fehlt ein Messwert für 2020.");
        sentence.ShouldContain($"rund 30{Nbsp}% weniger");
    }

    [Fact]
    public void A_measured_target_year_decides()
    {
        var set = Sixty() with { Gas = "CO2", Boundary = "Stadtgebiet" };
        var reached = A(set, Measured("1990", 100), Measured("2025", 39));
        TargetWords
            .Sentence(reached.Set!, reached.Assess(), s_today)
            .ShouldContain("Messwert erreicht");
        var missed = A(set, Measured("1990", 100), Measured("2025", 41));
        TargetWords
            .Sentence(missed.Set!, missed.Assess(), s_today)
            .ShouldContain("Messwert nicht erreicht");
    }

    [Fact]
    public void A_target_without_a_number_says_so()
    {
        var target = A(Sixty() with { Direction = Direction.Lower, Value = null, Base = null });
        TargetWords
            .Sentence(target.Set!, target.Assess(), s_today)
            .ShouldContain("eine Zahl, die erreicht werden soll");
    }

    [Fact]
    public void The_chart_marks_the_years_without_a_value()
    {
        var target = A(Sixty(), Measured("2017", 2.15m));
        var chart = Chart.Of(target.Set!, target.Measurements()).ShouldNotBeNull();
        chart.Dots.Count.ShouldBe(1);
        chart
            .Gaps.Select(g => g.Label.Text)
            .ShouldBe(["1990: kein Ausgangswert", "2025: kein Messwert"]);
        chart.Aim.ShouldBeNull();
        chart.AimLine.ShouldBeNull();
        chart.Dots[0].X.ShouldBeInRange(chart.Gaps[0].X, chart.Gaps[1].X);
    }

    [Fact]
    public void The_words_of_neighbouring_values_do_not_cover_each_other()
    {
        var set = Sixty() with { Value = 65, Year = 2030 };
        var target = A(set, Measured("1990", 367), Measured("2022", 218), Measured("2023", 187.5m));
        var chart = Chart.Of(target.Set!, target.Measurements())!;
        var (a, b) = (chart.Dots[1].Label, chart.Dots[2].Label);
        (
            Math.Abs(a.Y - b.Y) >= 12 || Math.Abs(a.X - b.X) >= 50 || a.AtEnd != b.AtEnd
        ).ShouldBeTrue();
        chart.Dots.ShouldAllBe(d =>
            d.X >= Chart.Left && d.X <= Chart.Right && d.Y >= Chart.Top && d.Y <= Chart.Bottom
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.004)]
    [InlineData(1)]
    [InlineData(1000000)]
    [InlineData(123456789012)]
    public void A_chart_has_two_to_six_steps_whatever_the_numbers(double value)
    {
        var target = A(Sixty(), Measured("2017", (decimal)value));
        var chart = Chart.Of(target.Set!, target.Measurements())!;
        chart.Values.Count.ShouldBeInRange(2, 6);
        chart.Values.Select(v => v.At).ShouldBeUnique();
    }

    [Fact]
    public void Without_a_measurement_there_is_no_chart() =>
        Chart.Of(Sixty(), A(Sixty()).Measurements()).ShouldBeNull();
}
