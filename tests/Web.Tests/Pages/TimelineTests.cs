using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Testing;
using Web.Pages.Promises;

namespace Web.Tests.Pages;

public sealed class TimelineTests
{
    private static readonly DateOnly s_today = new(2026, 11, 22);

    [Fact]
    public void Entries_stand_in_the_order_in_which_they_happened_with_the_silence_between()
    {
        var items = Timeline.Of(
            A(Promised("2020"), Reported("2024-05-01"), Reported("2021-06-01")),
            s_today
        );
        items
            .Select(Say)
            .ShouldBe([
                "2020",
                "2021-06-01",
                "danach mehr als 2 Jahre kein Eintrag",
                "2024-05-01",
                "seitdem mehr als 2 Jahre kein Eintrag",
            ]);
    }

    [Fact]
    public void Where_nobody_has_looked_there_is_no_silence() =>
        Timeline.Of(A(Promised("2020")), s_today).Select(Say).ShouldBe(["2020"]);

    [Fact]
    public void No_length_is_claimed_after_a_day_that_is_open_or_unknown()
    {
        Timeline
            .Of(
                A(Promised("2020-02-26/.."), Reported("2024-05-01"), Reported(null)),
                new DateOnly(2024, 6, 1)
            )
            .Select(Say)
            .ShouldBe(["2020-02-26/..", "2024-05-01", "?"]);
    }

    [Fact]
    public void A_silence_counts_from_the_last_possible_day_to_the_first_possible_one() =>
        Timeline
            .Of(A(Promised("2020"), Reported("2021")), new DateOnly(2022, 12, 31))
            .OfType<TimelineItem.Silence>()
            .ShouldHaveSingleItem()
            .ShouldBe(new TimelineItem.Silence(1, true));

    [Fact]
    public void A_retracted_entry_stays_at_its_place_and_counts_no_more()
    {
        var wrong = Guid.CreateVersion7();
        var retraction = new Retracted { Event = wrong, Reason = new Text("Falsche Zusage") };
        var promise = A(
            (Promised("2020"), default),
            (Reported("2021-01-01"), wrong),
            (Reported("2021-06-01"), default),
            (retraction, default)
        );
        var entries = Timeline
            .Of(promise, new DateOnly(2021, 7, 1))
            .OfType<TimelineItem.Entry>()
            .ToList();
        entries.Select(e => e.Retraction is not null).ShouldBe([false, true, false]);
        entries[1].NewStatus.ShouldBeNull();
        entries[2].NewStatus.ShouldBe(PromiseStatus.Reported);
    }

    [Fact]
    public void A_relation_did_not_happen_on_a_day()
    {
        var linked = new Linked { Relation = Relation.DependsOn, To = "krefeld-y" };
        Timeline.Of(A(Promised("2020"), linked), s_today).Select(Say).ShouldBe(["2020"]);
    }

    private static string Say(TimelineItem item) =>
        item switch
        {
            TimelineItem.Entry e => e.Event.Body.Occurred?.ToString() ?? "?",
            TimelineItem.Silence s => s.Words,
            _ => "",
        };

    private static Promised Promised(string date) =>
        Sample.Promised() with
        {
            Occurred = Edtf.Parse(date),
            OccurredBasis = OccurredBasis.Derived,
        };

    private static Reported Reported(string? date) =>
        new()
        {
            Occurred = date is null ? null : Edtf.Parse(date),
            OccurredBasis = date is null ? null : OccurredBasis.Event,
        };

    private static Promise A(params Event[] events) =>
        A([.. events.Select(e => (e, default(Guid)))]);

    private static Promise A(params (Event Body, Guid Id)[] events) =>
        Promise.From([
            .. events.Select(
                (e, i) =>
                    RecordedEvent.Of(
                        e.Body,
                        StreamKey.Promise("krefeld-x"),
                        i + 1,
                        new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero),
                        e.Id == default ? Guid.CreateVersion7() : e.Id
                    ) with
                    {
                        Index = i,
                    }
            ),
        ]);
}
