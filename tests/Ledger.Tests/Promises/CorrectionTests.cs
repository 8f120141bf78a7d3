using System.Text.Json;
using Ledger.Promises;
using Ledger.Recording;
using Testing;

namespace Ledger.Tests.Promises;

/// <summary>Nothing is overwritten: a correction is a further event, and from then on the earlier one is read with the new value.</summary>
public sealed class CorrectionTests
{
    private static readonly Text s_reason = new("Der Tag war falsch abgelesen.");

    private static Corrected Correct(Guid e, string field, object? from, object? to) =>
        new Corrected
        {
            Event = e,
            Field = field,
            From = JsonSerializer.SerializeToElement(from),
            To = JsonSerializer.SerializeToElement(to),
            Reason = s_reason,
        }.On("2026-01-05");

    [Fact]
    public void A_corrected_day_moves_the_event_and_keeps_what_was_recorded()
    {
        var promise = Given.APromise(new Started().On("2021"), new Stalled().On("2022"));
        var started = promise.Recorded[1];
        promise
            .When(Correct(started.Id, "occurred", "2021", "2023"))
            .ShouldBeOfType<Decision.Accepted>();

        promise.Status.ShouldBe(PromiseStatus.Started);
        promise.Promise.IsCorrected.ShouldBeTrue();
        promise.Promise.Recorded[1].Body.Occurred.ShouldBe(Edtf.Parse("2021"));
        var effective = promise.Promise.Steps.Single(s => s.Event.Recorded.Id == started.Id).Event;
        effective.Body.Occurred.ShouldBe(Edtf.Parse("2023"));
        effective.Corrections.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_title_is_corrected_in_the_same_way()
    {
        var promise = Given.APromise();
        var from = new { de = "Erfundene Zusage 1", en = "Invented promise 1" };
        promise
            .When(Correct(promise.Recorded[0].Id, "title", from, new { de = "Besserer Titel" }))
            .ShouldBeOfType<Decision.Accepted>();
        promise.Promise.First!.Title.De.ShouldBe("Besserer Titel");
    }

    [Fact]
    public void A_correction_must_state_what_the_field_says()
    {
        var promise = Given.APromise(new Started().On("2021"));
        var id = promise.Recorded[1].Id;
        promise.Refusal(Correct(id, "occurred", "2020", "2023")).ShouldContain("does not say");
        promise
            .Refusal(Correct(Guid.CreateVersion7(), "occurred", "2021", "2023"))
            .ShouldContain("not on this stream");
        promise.Refusal(Correct(id, "occurred", "2021", "gestern")).ShouldContain("malformed");
        promise.Refusal(Correct(id, "colour", null, "red")).ShouldContain("malformed");
        promise
            .Refusal(Correct(id, "recordedBy", "catalogue", "somebody"))
            .ShouldContain("not corrected");
    }

    [Fact]
    public void A_second_correction_starts_from_the_first()
    {
        var promise = Given.APromise(new Started().On("2021"));
        var id = promise.Recorded[1].Id;
        promise.When(Correct(id, "occurred", "2021", "2022"));
        promise.Refusal(Correct(id, "occurred", "2021", "2023")).ShouldContain("does not say");
        promise.When(Correct(id, "occurred", "2022", "2023")).ShouldBeOfType<Decision.Accepted>();
        promise.Promise.Steps[^1].Event.Body.Occurred.ShouldBe(Edtf.Parse("2023"));
    }

    [Fact]
    public void A_correction_that_would_make_the_history_impossible_is_refused()
    {
        var promise = Given.APromise(
            new Started().On("2021"),
            new Completed { Extent = Extent.Whole }.On("2023")
        );
        promise
            .Refusal(Correct(promise.Recorded[1].Id, "occurred", "2021", "2024"))
            .ShouldContain("fulfilled");
    }

    [Fact]
    public void A_retracted_event_counts_no_more()
    {
        var promise = Given.APromise(new Started().On("2021"));
        var retraction = new Retracted { Event = promise.Recorded[1].Id, Reason = s_reason }.On(
            null
        );
        promise.When(retraction).ShouldBeOfType<Decision.Accepted>();
        promise.Status.ShouldBe(PromiseStatus.Unchecked);
        promise.Recorded.Count.ShouldBe(3);
        promise.Refusal(retraction).ShouldContain("retracted already");
        promise
            .Refusal(new Retracted { Event = promise.Recorded[0].Id, Reason = s_reason }.On(null))
            .ShouldContain("first event");
    }

    [Fact]
    public void A_retracted_correction_leaves_the_event_as_it_was()
    {
        var promise = Given.APromise(new Started().On("2021"));
        promise.When(Correct(promise.Recorded[1].Id, "occurred", "2021", "2022"));
        promise.When(new Retracted { Event = promise.Recorded[2].Id, Reason = s_reason }.On(null));
        promise
            .Promise.Steps.Single(s => s.Event.Body is Started)
            .Event.Body.Occurred.ShouldBe(Edtf.Parse("2021"));
    }
}
