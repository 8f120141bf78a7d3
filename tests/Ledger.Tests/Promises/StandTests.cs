using System.Text.Json;
using Ledger.Promises;
using Ledger.Recording;
using Testing;

namespace Ledger.Tests.Promises;

/// <summary>What this ledger said at some moment stays what it said: a correction counts from its own place in the record on.</summary>
public sealed class StandTests
{
    private static readonly Text s_reason = new("Erfunden.");

    private static Promise At(Given promise, long stand) =>
        Promise.From([.. promise.Recorded.Where(e => e.Index <= stand)]);

    [Fact]
    public void Before_a_correction_the_old_state_stands()
    {
        var promise = Given.APromise(new Started().On("2021"), new Stalled().On("2022"));
        promise.When(
            new Corrected
            {
                Event = promise.Recorded[1].Id,
                Field = "occurred",
                From = JsonSerializer.SerializeToElement("2021"),
                To = JsonSerializer.SerializeToElement("2023"),
                Reason = s_reason,
            }.On("2026")
        );

        At(promise, 2).Status.ShouldBe(PromiseStatus.Stalled);
        At(promise, 2).IsCorrected.ShouldBeFalse();
        At(promise, 3).Status.ShouldBe(PromiseStatus.Started);
        At(promise, 3).Status.ShouldBe(promise.Status);
        At(promise, 3).IsCorrected.ShouldBeTrue();
    }

    [Fact]
    public void Before_a_retraction_the_event_counts()
    {
        var promise = Given.APromise(new Completed { Extent = Extent.Whole }.On("2021"));
        promise.When(
            new Retracted { Event = promise.Recorded[1].Id, Reason = s_reason }.On("2026")
        );

        At(promise, 1).Status.ShouldBe(PromiseStatus.Fulfilled);
        At(promise, 2).Status.ShouldBe(PromiseStatus.Unchecked);
        At(promise, 2).Status.ShouldBe(promise.Status);
    }

    [Fact]
    public void A_title_is_shown_as_it_stood()
    {
        var promise = Given.APromise();
        promise.When(
            new Corrected
            {
                Event = promise.Recorded[0].Id,
                Field = "title",
                From = JsonSerializer.SerializeToElement(
                    new { de = "Erfundene Zusage 1", en = "Invented promise 1" }
                ),
                To = JsonSerializer.SerializeToElement(new { de = "Besserer Titel" }),
                Reason = s_reason,
            }.On("2026")
        );

        At(promise, 0).First!.Title.De.ShouldBe("Erfundene Zusage 1");
        At(promise, 1).First!.Title.De.ShouldBe("Besserer Titel");
    }
}
