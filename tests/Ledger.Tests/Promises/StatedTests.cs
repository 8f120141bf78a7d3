using System.Text.Json;
using Ledger.Promises;
using Ledger.Recording;
using Testing;

namespace Ledger.Tests.Promises;

/// <summary>Right of reply, and a criterion of the source itself.</summary>
public sealed class StatedTests
{
    private static readonly DateOnly s_today = new(2026, 1, 1);

    private static Stated Stated(Guid about, Stance stance = Stance.Contests) =>
        new Stated
        {
            About = about,
            Stance = stance,
            Function = "Bürgermeister",
            Name = "Erika Muster",
            Text = "Das war anders.",
        }.On("2025");

    [Fact]
    public void A_reply_changes_no_status()
    {
        var promise = Given.APromise(new Started().On("2021"));
        promise.When(Stated(promise.Recorded[1].Id)).ShouldBeOfType<Decision.Accepted>();
        promise.Status.ShouldBe(PromiseStatus.Started);
    }

    [Fact]
    public void A_promise_is_disputed_while_somebody_contests_what_led_to_its_status()
    {
        var promise = Given.APromise(new Started().On("2021"));
        promise.When(Stated(promise.Recorded[1].Id, Stance.Explains));
        promise.Promise.IsDisputed(s_today).ShouldBeFalse();
        promise.When(Stated(promise.Recorded[1].Id));
        promise.Promise.IsDisputed(s_today).ShouldBeTrue();
        promise.Promise.IsDisputed(new DateOnly(2024, 12, 31)).ShouldBeFalse();

        promise.When(new Stalled().On("2025-06"));
        promise.Promise.IsDisputed(s_today).ShouldBeFalse();
    }

    [Fact]
    public void A_retracted_reply_disputes_nothing()
    {
        var promise = Given.APromise(new Started().On("2021"));
        promise.When(Stated(promise.Recorded[1].Id));
        promise.When(
            new Retracted { Event = promise.Recorded[2].Id, Reason = new("Erfunden.") }.On("2025")
        );
        promise.Promise.IsDisputed(s_today).ShouldBeFalse();
    }

    [Fact]
    public void A_reply_says_what_it_is_about_and_who_replies()
    {
        var promise = Given.APromise();
        var id = promise.Recorded[0].Id;
        promise.Code(Stated(Guid.CreateVersion7())).ShouldBe("event-not-on-stream");
        promise.Fault(Stated(id) with { Name = " " }).Pointer.ShouldBe("/name");
        promise.Fault(Stated(id) with { Text = null }).Pointer.ShouldBe("/text");
        promise.Fault(Stated(id) with { Function = "" }).Pointer.ShouldBe("/function");
        promise.Code(Stated(id) with { Digests = ["x"] }).ShouldBe("digests-given");
        promise.Code(Stated(id).On("2019")).ShouldBe("before-promise");
    }

    [Fact]
    public void What_is_personal_is_not_corrected()
    {
        var promise = Given.APromise();
        promise.When(Stated(promise.Recorded[0].Id));
        foreach (var field in (string[])["name", "text", "_sd", "_sd_alg"])
        {
            var correction = new Corrected
            {
                Event = promise.Recorded[1].Id,
                Field = field,
                To = JsonSerializer.SerializeToElement("Max Muster"),
                Reason = new("Erfunden."),
            }.On("2025");
            promise.Code(correction).ShouldBe("personal-stays");
        }
    }

    [Fact]
    public void An_assessment_is_a_report_with_a_finding()
    {
        var assessed = new Assessed
        {
            Criterion = new("Tonnen CO2 im Jahr"),
            By = "Klimaschutzstelle",
        }.On("2022");
        var promise = Given.APromise();
        promise.Code(assessed).ShouldBe("malformed");
        promise.Fault(assessed).Code.ShouldBe("finding-missing");
        promise.Fault(assessed with { Value = 12m }).Code.ShouldBe("unit-missing");
        promise.When(assessed with { Value = 12m, Unit = "t" }).ShouldBeOfType<Decision.Accepted>();
        promise.Status.ShouldBe(PromiseStatus.Reported);

        var done = Given.APromise(new Completed { Extent = Extent.Whole }.On("2021"));
        done.When(assessed with { Judgement = new("Erreicht.") })
            .ShouldBeOfType<Decision.Accepted>();
        done.Status.ShouldBe(PromiseStatus.Fulfilled);
    }
}
