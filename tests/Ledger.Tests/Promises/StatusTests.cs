using Ledger.Promises;
using Ledger.Recording;
using Testing;

namespace Ledger.Tests.Promises;

/// <summary>The table of statuses, row by row.</summary>
public sealed class StatusTests
{
    private static readonly Text s_reason = new("Erfunden.");

    private static Decided Decided(string on, Outcome outcome = Outcome.Adopted) =>
        new Decided { Body = "Rat der Stadt Musterstadt", Outcome = outcome }.On(on);

    private static Funded Funded(string on) =>
        new Funded { Amount = 1000m, Kind = FundingKind.Own }.On(on);

    private static Completed Completed(string on, Extent extent = Extent.Whole) =>
        new Completed { Extent = extent }.On(on);

    private static Checked Checked(string on) =>
        new Checked { Places = ["Ratsinformationssystem"] }.On(on);

    private static Abandoned Abandoned(string on) =>
        new Abandoned { Reason = AbandonmentReason.NoMoney }.On(on);

    private static Reopened Reopened(string on) => new Reopened { Reason = s_reason }.On(on);

    [Fact]
    public void A_promise_of_which_nothing_is_known_is_unchecked()
    {
        Given.APromise().Status.ShouldBe(PromiseStatus.Unchecked);
        Given
            .APromise(
                new Assigned { Committees = [] }.On("2021"),
                new Linked { Relation = Relation.SameTopic, To = "musterstadt-zusage-2" }.On(null),
                new Revised { What = RevisedAspect.Scope, To = s_reason }.On("2021")
            )
            .Status.ShouldBe(PromiseStatus.Unchecked);
    }

    [Fact]
    public void Looking_and_finding_nothing_is_not_the_same_as_not_looking()
    {
        Given.APromise(Checked("2021")).Status.ShouldBe(PromiseStatus.NoEvidence);
        Given
            .APromise(new Started().On("2020-06"), Checked("2021"))
            .Status.ShouldBe(PromiseStatus.Started);
    }

    [Fact]
    public void What_was_only_reported_before_the_promise_is_no_news_of_it()
    {
        Given
            .APromise(
                new Reported().On("2018"),
                Checked("2019"),
                Decided("2019-03") with
                {
                    Scope = Scope.Context,
                }
            )
            .Status.ShouldBe(PromiseStatus.Unchecked);
        Given.APromise(new Started().On("2018")).Status.ShouldBe(PromiseStatus.Started);
    }

    [Fact]
    public void News_makes_a_status_reported_and_never_lowers_one()
    {
        Given.APromise(new Reported().On("2021")).Status.ShouldBe(PromiseStatus.Reported);
        Given
            .APromise(Checked("2021"), new Reported().On("2022"))
            .Status.ShouldBe(PromiseStatus.Reported);
        Given
            .APromise(Decided("2021"), new Reported().On("2022"))
            .Status.ShouldBe(PromiseStatus.Decided);
    }

    [Theory]
    [InlineData(Outcome.Adopted, PromiseStatus.Decided)]
    [InlineData(Outcome.Rejected, PromiseStatus.Reported)]
    [InlineData(Outcome.Deferred, PromiseStatus.Reported)]
    [InlineData(Outcome.Noted, PromiseStatus.Reported)]
    public void Only_an_adopted_decision_decides(Outcome outcome, PromiseStatus status) =>
        Given.APromise(Decided("2021", outcome)).Status.ShouldBe(status);

    [Fact]
    public void Decided_funded_and_started_only_rise()
    {
        Given
            .APromise(Decided("2021"), Funded("2022"), new Started().On("2023"))
            .Status.ShouldBe(PromiseStatus.Started);
        Given
            .APromise(new Started().On("2021"), Funded("2022"), Decided("2023"))
            .Status.ShouldBe(PromiseStatus.Started);
        Given.APromise(Funded("2021"), Decided("2022")).Status.ShouldBe(PromiseStatus.Funded);
    }

    [Fact]
    public void Withdrawn_money_leads_back_to_what_stood_before_it()
    {
        var withdrawn = new FundingWithdrawn { Reason = s_reason }.On("2023");
        Given
            .APromise(Decided("2021"), Funded("2022"), withdrawn)
            .Status.ShouldBe(PromiseStatus.Decided);
        Given
            .APromise(Funded("2021"), new Started().On("2022"), withdrawn)
            .Status.ShouldBe(PromiseStatus.Started);
        Given
            .APromise(Funded("2021"), Funded("2022"), withdrawn)
            .Status.ShouldBe(PromiseStatus.Funded);
        Given.APromise().Refusal(withdrawn).ShouldBe("Nothing was funded before it.");
    }

    [Fact]
    public void A_rest_ends_where_it_began()
    {
        var rest = new Stalled().On("2022");
        Given.APromise(Decided("2021"), rest).Status.ShouldBe(PromiseStatus.Stalled);
        Given
            .APromise(Decided("2021"), rest, new Resumed().On("2023"))
            .Status.ShouldBe(PromiseStatus.Decided);
        Given
            .APromise(
                new Started().On("2021"),
                rest,
                new Stalled().On("2023"),
                new Resumed().On("2024")
            )
            .Status.ShouldBe(PromiseStatus.Started);
        Given.APromise().Refusal(new Resumed().On("2021")).ShouldBe("It was not resting.");
    }

    [Fact]
    public void A_delay_shows_until_work_goes_on()
    {
        var delay = new Delayed { To = Edtf.Parse("2025") }.On("2022");
        Given.APromise(new Started().On("2021"), delay).Status.ShouldBe(PromiseStatus.Delayed);
        Given
            .APromise(delay, new Progressed { Measure = s_reason }.On("2023"))
            .Status.ShouldBe(PromiseStatus.Started);
    }

    [Fact]
    public void A_final_status_stays_until_it_is_reopened()
    {
        var done = Given.APromise(new Started().On("2021"), Completed("2022"));
        done.Status.ShouldBe(PromiseStatus.Fulfilled);
        done.Refusal(new Started().On("2023")).ShouldContain("fulfilled");
        done.Refusal(Abandoned("2023")).ShouldContain("fulfilled");
        done.Refusal(Decided("2023")).ShouldContain("fulfilled");
        done.When(new Reported().On("2023")).ShouldBeOfType<Decision.Accepted>();
        done.Status.ShouldBe(PromiseStatus.Fulfilled);
        done.When(Reopened("2024")).ShouldBeOfType<Decision.Accepted>();
        done.Status.ShouldBe(PromiseStatus.Started);
        Given.APromise().Refusal(Reopened("2021")).ShouldContain("final status");
    }

    [Fact]
    public void A_part_completed_leaves_the_rest_to_be_done()
    {
        var part = Given.APromise(new Started().On("2021"), Completed("2022", Extent.Partial));
        part.Status.ShouldBe(PromiseStatus.PartlyFulfilled);
        part.When(new Progressed { Measure = s_reason }.On("2023"));
        part.Status.ShouldBe(PromiseStatus.PartlyFulfilled);
        part.When(Completed("2024"));
        part.Status.ShouldBe(PromiseStatus.Fulfilled);
    }

    [Fact]
    public void A_recurring_promise_is_kept_for_its_period_and_not_for_ever()
    {
        var yearly = Given.Events(
            Sample.Promised(deadline: new Deadline(null, DeadlineBasis.Recurring))
        );
        yearly.When(Completed("2022") with { Period = Edtf.Parse("2021") });
        yearly.Status.ShouldBe(PromiseStatus.Fulfilled);
        yearly
            .When(Completed("2023") with { Period = Edtf.Parse("2022") })
            .ShouldBeOfType<Decision.Accepted>();
        yearly.When(new Stalled().On("2024")).ShouldBeOfType<Decision.Accepted>();
        yearly.Status.ShouldBe(PromiseStatus.Stalled);
    }

    [Fact]
    public void A_part_step_never_completes_or_ends_the_whole()
    {
        var promise = Given.APromise();
        promise.Refusal(Completed("2021") with { Scope = Scope.Part }).ShouldContain("part step");
        promise.Refusal(Abandoned("2021") with { Scope = Scope.Part }).ShouldContain("part");
        promise
            .Refusal(
                new Superseded { By = "musterstadt-zusage-2", Scope = Scope.Part }.On("2021") with
                {
                    Scope = Scope.Part,
                }
            )
            .ShouldContain("part");
        promise.When(new Started { Scope = Scope.Part }.On("2021"));
        promise.Status.ShouldBe(PromiseStatus.Reported);
    }

    [Theory]
    [InlineData(Scope.Part, Confidence.High)]
    [InlineData(Scope.Context, Confidence.High)]
    [InlineData(Scope.Promise, Confidence.Low)]
    public void What_is_part_context_or_doubtful_moves_no_status_beyond_reported(
        Scope scope,
        Confidence confidence
    )
    {
        Event[] events =
        [
            Decided("2021"),
            Funded("2021"),
            new Started().On("2022"),
            new Delayed().On("2022"),
        ];
        foreach (var e in events)
        {
            Given
                .APromise(e with { Scope = scope, Confidence = confidence })
                .Status.ShouldBe(PromiseStatus.Reported);
        }
    }

    [Fact]
    public void History_filled_in_backwards_changes_no_status()
    {
        var promise = Given.APromise(Completed("2023"));
        promise.When(new Started().On("2021")).ShouldBeOfType<Decision.Accepted>();
        promise.Status.ShouldBe(PromiseStatus.Fulfilled);
        promise
            .Promise.Steps.Select(s => s.After)
            .ShouldBe([PromiseStatus.Unchecked, PromiseStatus.Started, PromiseStatus.Fulfilled]);
    }

    [Fact]
    public void An_earlier_event_that_makes_a_later_one_impossible_is_refused() =>
        Given
            .APromise(new Started().On("2023"))
            .Refusal(Completed("2022"))
            .ShouldContain("fulfilled");

    [Fact]
    public void The_status_by_a_day_leaves_out_what_had_not_happened()
    {
        var promise = Given.APromise(Decided("2021-05-04"), new Started().On("2023")).Promise;
        promise.StatusBy(new DateOnly(2021, 5, 3)).Status.ShouldBe(PromiseStatus.Unchecked);
        promise.StatusBy(new DateOnly(2021, 5, 4)).Status.ShouldBe(PromiseStatus.Decided);
        var (status, reason) = promise.StatusBy(new DateOnly(2024, 1, 1));
        status.ShouldBe(PromiseStatus.Started);
        reason!.Body.ShouldBeOfType<Started>();
    }

    [Theory]
    [InlineData("2024", DeadlineBasis.Stated, true)]
    [InlineData("2024", DeadlineBasis.Relative, true)]
    [InlineData("2024", DeadlineBasis.Term, false)]
    [InlineData("2024", DeadlineBasis.Title, false)]
    [InlineData("2026", DeadlineBasis.Stated, false)]
    [InlineData(null, DeadlineBasis.Relative, false)]
    public void Only_a_deadline_of_the_source_can_be_overdue(
        string? date,
        DeadlineBasis basis,
        bool overdue
    )
    {
        var deadline = new Deadline(date is null ? null : Edtf.Parse(date), basis);
        var promise = Given.Events(Sample.Promised(deadline: deadline));
        promise.Promise.IsOverdue(new DateOnly(2025, 6, 1)).ShouldBe(overdue);
        promise.When(Completed("2025-05-01"));
        promise.Promise.IsOverdue(new DateOnly(2025, 6, 1)).ShouldBeFalse();
    }

    [Fact]
    public void What_presupposes_the_promise_is_refused_before_it()
    {
        var promise = Given.APromise();
        promise
            .Refusal(new Assigned { Committees = [] }.On("2019"))
            .ShouldContain("before the promise");
        promise
            .When(Decided("2019") with { Scope = Scope.Context })
            .ShouldBeOfType<Decision.Accepted>();
    }

    [Fact]
    public void A_promise_begins_with_its_source_and_only_once()
    {
        Given.APromise().Refusal(Sample.Promised()).ShouldContain("already");
        Given.Events().Refusal(new Started().On("2021")).ShouldBe("The promise is not on record.");
        Given
            .Events()
            .Refusal(Sample.Promised() with { SourceRef = null })
            .ShouldContain("passage of its source");
        Given
            .Events()
            .Refusal(Sample.Promised() with { Municipality = "andersdorf" })
            .ShouldContain("andersdorf-");
        Given
            .Events()
            .Refusal(Sample.Promised() with { Topic = "erfunden" })
            .ShouldContain("'erfunden' is unknown");
    }

    [Fact]
    public void Nothing_is_recorded_without_evidence()
    {
        Given
            .APromise()
            .Refusal(new Started().On("2021") with { Evidence = [] })
            .ShouldContain("evidence");
        Given
            .APromise()
            .Refusal(
                new Started().On("2021") with
                {
                    Evidence = [Sample.Evidence with { Url = "javascript:alert(1)" }],
                }
            )
            .ShouldContain("no public http or https address");
    }
}
