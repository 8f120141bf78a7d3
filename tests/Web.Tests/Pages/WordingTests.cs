using System.Text.Json;
using Ledger.Councils;
using Ledger.Promises;
using Ledger.Recording;
using Testing;
using Web.Pages.Wording;

namespace Web.Tests.Pages;

public sealed class WordingTests
{
    private const char Nbsp = Writing.NoBreak;

    [Theory]
    [InlineData("2024-08-30", "am 30. August 2024")]
    [InlineData("2021-10", "im Oktober 2021")]
    [InlineData("2021-10~", "etwa im Oktober 2021")]
    [InlineData("2018-22", "im Sommer 2018")]
    [InlineData("2020", "2020")]
    [InlineData("2020~", "etwa 2020")]
    [InlineData("2025-05/2025-06", "Mai bis Juni 2025")]
    [InlineData("2020-02-26/..", "frühestens am 26. Februar 2020")]
    [InlineData("../2025", "spätestens 2025")]
    public void A_date_is_said_at_its_true_precision(string date, string words) =>
        Edtf.Parse(date).When().ShouldBe(words);

    [Theory]
    [InlineData("2025-09-14/2025-11-12", "zwischen dem 14. September und dem 12. November 2025")]
    [InlineData("2020-09/2020-12", "zwischen September und Dezember 2020")]
    [InlineData("2020-02-26/2021-01", "zwischen dem 26. Februar 2020 und Januar 2021")]
    [InlineData("2020-02-26/..", null)]
    [InlineData("2020", null)]
    public void A_span_in_which_something_happened_once_says_its_year_once(
        string date,
        string? words
    ) => DateWords.Between(Edtf.Parse(date)).ShouldBe(words);

    [Fact]
    public void The_day_of_a_report_is_not_told_as_the_day_of_the_event()
    {
        var e = new Delayed
        {
            Occurred = Edtf.Parse("2024-12-04"),
            OccurredBasis = OccurredBasis.Publication,
        };
        e.Happened().ShouldBe("Gemeldet am 4. Dezember 2024");
        e.When().ShouldBe("laut Meldung vom 4. Dezember 2024");
        (e with { OccurredBasis = OccurredBasis.Event })
            .Happened()
            .ShouldBe("Geschehen am 4. Dezember 2024");
        (e with { OccurredBasis = OccurredBasis.Derived })
            .Happened()
            .ShouldEndWith("(von uns erschlossen)");
        (e with { Occurred = null, OccurredBasis = null }).Happened().ShouldBe("Tag unbekannt");
    }

    [Fact]
    public void A_status_comes_with_the_event_that_led_to_it()
    {
        var decided = new Decided
        {
            Body = "Rat der Stadt Krefeld",
            Outcome = Outcome.Adopted,
            Occurred = Edtf.Parse("2022-11-17"),
            OccurredBasis = OccurredBasis.Event,
        };
        StatusWording
            .Sentence(PromiseStatus.Decided, decided)
            .ShouldBe(
                "beschlossen, weil der Rat der Stadt Krefeld am 17. November 2022 zugestimmt hat."
            );
    }

    [Fact]
    public void Not_checked_and_nothing_found_cannot_be_confused()
    {
        var open = StatusWording.Sentence(PromiseStatus.Unchecked, null);
        var looked = new Checked
        {
            Places = ["Ratsinformationssystem"],
            Occurred = Edtf.Parse("2026-03"),
            OccurredBasis = OccurredBasis.Event,
        };
        var empty = StatusWording.Sentence(PromiseStatus.NoEvidence, looked);
        open.ShouldBe(
            "nicht geprüft. Noch niemand hat nachgesehen. Das sagt nichts darüber, was geschehen ist."
        );
        empty.ShouldBe("nichts gefunden, weil eine Suche im März 2026 nichts ergab.");
        StatusWording
            .Meaning(PromiseStatus.NoEvidence, looked)
            .ShouldBe("Es wurde nachgesehen und nichts gefunden.");
    }

    [Fact]
    public void Every_status_has_a_sentence_for_every_event_that_can_lead_to_it()
    {
        var text = new Text("x");
        Event[] reasons =
        [
            new Reported(),
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
                var sentence = StatusWording.Sentence(status, reason);
                sentence.ShouldStartWith($"{status.Word().De}, weil ");
                sentence.ShouldEndWith(".");
                sentence.ShouldNotContain("  ");
            }
        }
    }

    [Theory]
    [InlineData("Rat der Stadt Krefeld", "der Rat der Stadt Krefeld")]
    [InlineData("Umweltausschuss der Stadt Krefeld", "der Umweltausschuss der Stadt Krefeld")]
    [InlineData("Bezirksvertretung Uerdingen", "die Bezirksvertretung Uerdingen")]
    [InlineData("Runder Tisch", "das Gremium „Runder Tisch“")]
    public void A_body_gets_the_article_that_its_name_shows(string body, string words) =>
        StatusWording.WithArticle(body).ShouldBe(words);

    [Fact]
    public void The_end_of_a_term_is_no_verdict_and_tells_the_status_of_then_only_if_it_has_changed()
    {
        var term = new Term("krefeld-2020", null, Edtf.Parse("2025-09-14/2025-11-12"));
        var same = StatusWording.TermEnded(term, PromiseStatus.Decided, PromiseStatus.Decided);
        same.ShouldBe(
            "Zugesagt war das für die Wahlperiode 2020 bis 2025; sie endete zwischen dem 14. September und dem 12. November 2025. "
                + "Das ist kein Urteil über die Zusage."
        );
        StatusWording
            .TermEnded(term, PromiseStatus.Decided, PromiseStatus.Started)
            .ShouldEndWith("Der Stand war damals: beschlossen.");
    }

    [Theory]
    [InlineData(
        "2025",
        DeadlineBasis.Stated,
        "Bis 2025. Die Quelle nennt diese Frist selbst; gerechnet wird bis zum Jahresende."
    )]
    [InlineData(
        "2020-03-17",
        DeadlineBasis.Stated,
        "Bis 17. März 2020. Die Quelle nennt diese Frist selbst."
    )]
    [InlineData(null, DeadlineBasis.None, "Die Quelle nennt keine Frist.")]
    [InlineData(null, DeadlineBasis.Recurring, "Wiederkehrend, ohne einen einzelnen letzten Tag.")]
    public void A_deadline_says_what_it_rests_on(
        string? date,
        DeadlineBasis basis,
        string sentence
    ) => new Deadline(date is null ? null : Edtf.Parse(date), basis).Sentence().ShouldBe(sentence);

    [Fact]
    public void The_end_of_a_term_is_never_worded_as_a_deadline_that_was_missed()
    {
        new Deadline(Edtf.Parse("2025-10"), DeadlineBasis.Term)
            .Sentence()
            .ShouldContain("keine Frist, die versäumt werden kann");
        DeadlineWords.Short(Edtf.Parse("2025-10"), DeadlineBasis.Term).ShouldBeNull();
        DeadlineWords.Short(Edtf.Parse("2025"), DeadlineBasis.Stated).ShouldBe("Frist: bis 2025");
    }

    [Fact]
    public void An_overdue_promise_that_nobody_checked_is_not_called_broken() =>
        DeadlineWords
            .Overdue(
                new Deadline(Edtf.Parse("2025"), DeadlineBasis.Stated),
                PromiseStatus.Unchecked
            )
            .ShouldEndWith("Ob die Zusage trotzdem erfüllt ist, hat noch niemand geprüft.");

    [Fact]
    public void A_rejected_motion_is_not_headed_decided()
    {
        var decided = new Decided { Body = "Rat", Outcome = Outcome.Rejected };
        EntryWords.Title(decided).ShouldBe("Abgelehnt");
        EntryWords.Title(decided with { Outcome = Outcome.Adopted }).ShouldBe("Beschlossen");
    }

    [Theory]
    [InlineData(31, 23, null, "31 dafür, 23 dagegen, Enthaltungen nicht bekannt")]
    [InlineData(24, 22, 5, "24 dafür, 22 dagegen, 5 Enthaltungen")]
    [InlineData(null, 3, 1, "Stimmen dafür nicht bekannt, 3 dagegen, 1 Enthaltung")]
    public void Votes_that_are_not_published_are_not_zero(
        int? yes,
        int? no,
        int? abstained,
        string words
    ) => EntryDetails.Votes(new Votes(yes, no, abstained)).ShouldBe(words);

    [Fact]
    public void A_correction_is_said_in_words()
    {
        EntryWords.Field("occurred").ShouldBe("Tag");
        EntryWords.Value("occurred", Json("\"2024-05\"")).ShouldBe("Mai 2024");
        EntryWords.Value("summary", Json("""{"de": "Alt", "en": "Old"}""")).ShouldBe("Alt");
        EntryWords.Value("confidence", Json("\"low\"")).ShouldBe("unsicher");
        EntryWords.Value("paper", null).ShouldBe("unbekannt");

        static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
    }

    [Fact]
    public void Numbers_are_written_as_Germans_write_them_whatever_the_machine_says()
    {
        Writing.Number(1790, "kWp").ShouldBe($"1.790{Nbsp}kWp");
        Writing.Number(2.15m, "Mio. t CO2").ShouldBe($"2,15{Nbsp}Mio. t CO₂");
        Writing.Number(367.0m).ShouldBe("367");
        Writing.Number(2035, "Jahr").ShouldBe("2035");
        Writing.List(["a", "b", "c"]).ShouldBe("a, b und c");
        Writing.Shortened("eins zwei drei", 10).ShouldBe("eins zwei …");
    }

    [Fact]
    public void A_quantity_says_that_its_base_value_is_not_stated()
    {
        var quantity = new Quantity(
            60,
            "%",
            "Minderung der Emissionen",
            Comparator.Equal,
            null,
            new BaseValue(1990, null)
        );
        quantity
            .Words()
            .ShouldBe(
                $"60{Nbsp}%: Minderung der Emissionen gegenüber 1990 (der Wert für 1990 ist nicht genannt)"
            );
        new Quantity(2, "Jahre", "Abstand", Comparator.Between, 4)
            .Words()
            .ShouldBe($"2 bis 4{Nbsp}Jahre: Abstand");
    }
}
