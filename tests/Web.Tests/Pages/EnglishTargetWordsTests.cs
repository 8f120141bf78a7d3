using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Targets;
using Web.Pages.Targets;
using Web.Pages.Wording;
using static Web.Tests.Pages.InventedTarget;

namespace Web.Tests.Pages;

/// <summary>Whether a target is reached, as English readers get it.</summary>
public sealed class EnglishTargetWordsTests
{
    private static readonly DateOnly s_today = new(2026, 11, 22);

    [Fact]
    public async Task The_sixty_per_cent_target_cannot_be_assessed_and_says_what_is_missing() =>
        (await SentenceAsync(Sixty(), Measured("2017", 2.15m))).ShouldBe(
            "It is not possible to say whether the target has been reached: there is no baseline value for 1990, no measured value for 2025, "
                + "no statement of the gases counted and no statement of the area covered."
        );

    [Fact]
    public async Task One_thing_that_is_missing_is_said_alone() =>
        (
            await SentenceAsync(
                Sixty() with
                {
                    Gas = "CO2",
                    Boundary = "Stadtgebiet",
                    Base = new BaseValue(1990, 3),
                    Year = null,
                }
            )
        ).ShouldEndWith("has been reached: there is no measured value.");

    [Fact]
    public async Task A_target_whose_year_lies_ahead_is_neither_reached_nor_missed()
    {
        var set = Sixty() with
        {
            Value = 65,
            Year = 2030,
            Gas = "Treibhausgase",
            Boundary = "Land",
        };
        (
            await SentenceAsync(
                set,
                Measured("1990", 367),
                Measured("2023", 187.5m) with
                {
                    Provisional = true,
                }
            )
        ).ShouldBe(
            "The target is 65% less than in 1990, by 2030; whether it will be reached remains to be seen. "
                + "Latest measurement: about 49% less than in 1990 (2023, provisional value)."
        );
    }

    [Fact]
    public async Task A_target_whose_year_was_not_measured_gets_no_verdict_from_an_earlier_year()
    {
        var set = Sixty() with
        {
            Value = 29,
            Year = 2020,
            Gas = "Treibhausgase",
            Boundary = "Stadtgebiet",
        };
        (await SentenceAsync(set, Measured("1990", 1.67m), Measured("2019", 1.17m))).ShouldBe(
            "It is not possible to say whether the target (29% less than in 1990, by 2020) was reached: there is no measured value for 2020. "
                + "Latest measurement: about 30% less than in 1990 (2019)."
        );
    }

    [Theory]
    [InlineData(39, "has been reached.")]
    [InlineData(41, "has not been reached.")]
    public async Task A_measured_target_year_decides(int value, string verdict) =>
        (
            await SentenceAsync(
                Sixty() with
                {
                    Gas = "CO2",
                    Boundary = "Stadtgebiet",
                },
                Measured("1990", 100),
                Measured("2025", value)
            )
        ).ShouldStartWith(
            $"According to the measured value, the target (60% less than in 1990, by 2025) {verdict} Latest measurement: about "
        );

    [Theory]
    [InlineData(-3.2, "about 3% less than in 1990")]
    [InlineData(3.2, "about 3% more than in 1990")]
    [InlineData(0.2, "almost the same as in 1990")]
    public async Task A_change_is_compared_with_the_right_word(double percent, string words) =>
        (await InEnglish(() => TargetWords.Change((decimal)percent, 1990))).ShouldBe(words);

    [Theory]
    [InlineData(Direction.AtLeast, 60, "at least 60%, by 2025")]
    [InlineData(Direction.AtMost, 60, "at most 60%, by 2025")]
    [InlineData(Direction.Raise, null, "more, no figure given, by 2025")]
    [InlineData(Direction.Lower, null, "less, no figure given, by 2025")]
    [InlineData(Direction.Reach, null, "no figure given, by 2025")]
    public async Task An_aim_says_whether_it_is_a_floor_or_a_ceiling(
        Direction direction,
        int? value,
        string words
    ) =>
        (
            await InEnglish(() =>
                TargetWords.Aim(Sixty() with { Direction = direction, Value = value })
            )
        ).ShouldBe(words);

    [Fact]
    public async Task The_picture_is_told_in_a_sentence_and_marks_the_years_without_a_value()
    {
        var target = A(Sixty(), Measured("2017", 2.15m));
        var sentence = await InEnglish(() =>
            SeriesWords.Shown(
                target.Set!,
                target.Measurements(),
                Chart.Of(target.Set!, target.Measurements())!
            )
        );
        sentence.ShouldBe(
            $"A single measured value: 2.15{Writing.NoBreak}million tonnes of CO₂ (2017). Dotted vertical lines mark gaps: 1990: no baseline value; 2025: no measured value."
        );
    }

    private static async Task<string> SentenceAsync(TargetSet set, params Event[] measured)
    {
        var target = A([set, .. measured]);
        return await InEnglish(() => TargetWords.Sentence(set, target.Assess(), s_today));
    }

    // A flow of its own: what is said there is English, and nothing after it.
    private static Task<T> InEnglish<T>(Func<T> say) =>
        Task.Run(() =>
        {
            Language.IsEnglish = true;
            return say();
        });
}
