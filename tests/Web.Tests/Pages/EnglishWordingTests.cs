using System.Text.Json;
using Ledger.Councils;
using Ledger.Promises;
using Ledger.Recording;
using Web.Pages.Wording;

namespace Web.Tests.Pages;

/// <summary>The sentences of the pages as English readers get them.</summary>
public sealed class EnglishWordingTests
{
    [Theory]
    [InlineData("2024-08-30", "on 30 August 2024")]
    [InlineData("2021-10", "in October 2021")]
    [InlineData("2021-10~", "around October 2021")]
    [InlineData("2018-22", "in summer 2018")]
    [InlineData("2020", "in 2020")]
    [InlineData("2020~", "around 2020")]
    [InlineData("2025-05/2025-06", "from May to June 2025")]
    [InlineData("2025/2025", "in 2025")]
    [InlineData("2020-02-26/..", "no earlier than 26 February 2020")]
    [InlineData("../2025", "no later than 2025")]
    public async Task A_date_is_said_at_its_true_precision(string date, string words) =>
        (await InEnglish(() => Edtf.Parse(date).When())).ShouldBe(words);

    [Theory]
    [InlineData("2025-09-14/2025-11-12", "between 14 September and 12 November 2025")]
    [InlineData("2020-09/2020-12", "between September and December 2020")]
    [InlineData("2020-02-26/2021-01", "between 26 February 2020 and January 2021")]
    [InlineData("2020", null)]
    public async Task A_span_in_which_something_happened_once_says_its_year_once(
        string date,
        string? words
    ) => (await InEnglish(() => DateWords.Between(Edtf.Parse(date)))).ShouldBe(words);

    [Fact]
    public async Task The_day_of_a_report_is_not_told_as_the_day_of_the_event()
    {
        var e = new Delayed
        {
            Occurred = Edtf.Parse("2024-12-04"),
            OccurredBasis = OccurredBasis.Publication,
        };
        (await InEnglish(() => e.Happened())).ShouldBe("Known from a report dated 4 December 2024");
        (await InEnglish(() => e.When())).ShouldBe("according to a report dated 4 December 2024");
        (
            await InEnglish(() => (e with { OccurredBasis = OccurredBasis.Event }).Happened())
        ).ShouldBe("Happened on 4 December 2024");
        (
            await InEnglish(() => (e with { Occurred = null, OccurredBasis = null }).Happened())
        ).ShouldBe("Date unknown");
    }

    [Fact]
    public async Task Not_checked_and_nothing_found_cannot_be_confused()
    {
        var looked = new Checked
        {
            Places = ["Ratsinformationssystem"],
            Occurred = Edtf.Parse("2026-03"),
            OccurredBasis = OccurredBasis.Event,
        };
        (await InEnglish(() => StatusWording.Sentence(PromiseStatus.Unchecked, null))).ShouldBe(
            "not checked. Nobody has looked yet. That says nothing about what happened."
        );
        (await InEnglish(() => StatusWording.Sentence(PromiseStatus.NoEvidence, looked))).ShouldBe(
            "nothing found, because a search in March 2026 found nothing."
        );
    }

    [Fact]
    public async Task Every_status_has_a_sentence_for_every_event_that_can_lead_to_it()
    {
        var text = new Text("x", "y");
        Event[] reasons =
        [
            new Reported(),
            new Started { Scope = Scope.Part },
            new Decided { Body = "Rat", Outcome = Outcome.Adopted },
            new Checked { Places = ["x"] },
            new Funded { Amount = null, Kind = FundingKind.Own },
            new FundingWithdrawn { Reason = text },
            new Started(),
            new Progressed { Measure = text },
            new Delayed(),
            new Delayed { To = Edtf.Parse("2029/..") },
            new Stalled(),
            new Resumed(),
            new Completed { Extent = Extent.Whole },
            new Completed { Extent = Extent.Partial },
            new Completed { Extent = Extent.Whole, Period = Edtf.Parse("2024") },
            new Abandoned { Reason = AbandonmentReason.NoMoney },
            new Superseded { By = "krefeld-x" },
            new Reopened { Reason = text },
        ];
        foreach (var status in Enum.GetValues<PromiseStatus>())
        {
            foreach (var reason in reasons)
            {
                var sentence = await InEnglish(() => StatusWording.Sentence(status, reason));
                sentence.ShouldStartWith($"{status.Word().En}, because ");
                sentence.ShouldEndWith(".");
                sentence.ShouldNotContain("  ");
            }
        }
    }

    [Fact]
    public async Task The_end_of_a_term_is_no_verdict()
    {
        var term = new Term("krefeld-2020", null, Edtf.Parse("2025-09-14/2025-11-12"));
        (
            await InEnglish(() =>
                StatusWording.TermEnded(term, PromiseStatus.Decided, PromiseStatus.Started)
            )
        ).ShouldBe(
            "This was promised for the 2020 to 2025 council term, which ended between 14 September and 12 November 2025. "
                + "That is not a verdict on the promise. The status at that time was: decided."
        );
    }

    [Fact]
    public async Task Only_a_deadline_that_the_source_sets_can_pass()
    {
        (
            await InEnglish(() => new Deadline(Edtf.Parse("2025"), DeadlineBasis.Stated).Sentence())
        ).ShouldBe(
            "By 2025. The source itself sets this deadline; we count up to the end of the year."
        );
        (
            await InEnglish(() =>
                new Deadline(Edtf.Parse("2025-10"), DeadlineBasis.Term).Sentence()
            )
        ).ShouldContain("that is not a deadline that can be missed");
        (
            await InEnglish(() => DeadlineWords.Short(Edtf.Parse("2018-22"), DeadlineBasis.Stated))
        ).ShouldBe("Deadline: by summer 2018");
    }

    [Theory]
    [InlineData(31, 23, null, "31 for, 23 against, abstentions not known")]
    [InlineData(31, 23, 0, "31 for, 23 against, no abstentions")]
    [InlineData(null, 1, 1, "votes for not known, 1 against, 1 abstention")]
    public async Task Votes_that_are_not_known_are_not_zero(
        int? yes,
        int? no,
        int? abstained,
        string words
    ) => (await InEnglish(() => EntryDetails.Votes(new Votes(yes, no, abstained)))).ShouldBe(words);

    [Theory]
    [InlineData("1790", "kWp", "1,790 kWp")]
    [InlineData("2.15", "Mio. t CO2e", "2.15 million tonnes of CO₂e")]
    [InlineData("60", "%", "60%")]
    [InlineData("5", "% pro Jahr", "5% per year")]
    [InlineData("250000", "EUR", "250,000 euros")]
    [InlineData("2030", "Jahr", "2030")]
    [InlineData("3", "Erfundenes", "3 Erfundenes")]
    public async Task Numbers_are_written_as_English_readers_write_them(
        string value,
        string unit,
        string words
    ) =>
        (
            await InEnglish(() =>
                Writing.Number(
                    decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture),
                    unit
                )
            )
        )
            .Replace(Writing.NoBreak, ' ')
            .ShouldBe(words);

    [Fact]
    public async Task A_correction_says_in_which_language_the_corrected_text_is()
    {
        (await InEnglish(() => EntryWords.Field("occurred"))).ShouldBe("Date");
        (await InEnglish(() => EntryWords.Value("occurred", Json("\"2024-05\"")))).ShouldBe(
            "May 2024"
        );
        var both = Json("""{"de": "Alt", "en": "Old"}""");
        (await InEnglish(() => EntryWords.Value("summary", both))).ShouldBe("Old");
        (await InEnglish(() => EntryWords.LanguageOfValue("summary", both))).ShouldBeNull();
        var german = Json("""{"de": "Alt", "en": null}""");
        (await InEnglish(() => EntryWords.Value("summary", german))).ShouldBe("Alt");
        (await InEnglish(() => EntryWords.LanguageOfValue("summary", german))).ShouldBe("de");
        EntryWords.LanguageOfValue("summary", german).ShouldBeNull();
        (await InEnglish(() => EntryWords.Value("confidence", Json("\"low\"")))).ShouldBe(
            "uncertain"
        );
        (await InEnglish(() => EntryWords.LanguageOfValue("body", Json("\"Rat\"")))).ShouldBe("de");
        (await InEnglish(() => EntryWords.Value("paper", null))).ShouldBe("unknown");
    }

    // A flow of its own: what is said there is English, and nothing after it.
    private static Task<T> InEnglish<T>(Func<T> say) =>
        Task.Run(() =>
        {
            Language.IsEnglish = true;
            return say();
        });

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
