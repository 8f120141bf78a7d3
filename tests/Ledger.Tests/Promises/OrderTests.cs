using FsCheck;
using FsCheck.Fluent;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Testing;

namespace Ledger.Tests.Promises;

/// <summary>The law of the fold: the status depends on what happened, not on the order in which it was written down.</summary>
public sealed class OrderTests
{
    private static readonly Text s_reason = new("Erfunden.");

    private static readonly Gen<Event> s_event =
        from kind in Gen.Choose(0, 11)
        from year in Gen.Choose(2020, 2025)
        from month in Gen.Choose(1, 12)
        from precise in Gen.Choose(0, 2)
        let day = precise == 0 ? $"{year}" : $"{year}-{month:00}"
        select Make(kind, day);

    [Fact]
    public void A_legal_history_has_the_same_status_in_whatever_order_it_was_recorded()
    {
        var law =
            from events in Gen.ListOf(s_event, 12)
            from order in Gen.Shuffle(Enumerable.Range(0, 12))
            select (events, order);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(
                law.ToArbitrary(),
                sample =>
                {
                    // The first twelve events that are accepted one after another; ties on the same day keep their order by index,
                    // so each event gets a day of its own.
                    var promise = Given.APromise();
                    foreach (var e in sample.events.DistinctBy(e => e.Occurred))
                    {
                        promise.When(e);
                    }

                    var shuffled = promise
                        .Recorded.Select((e, i) => (e, place: i == 0 ? -1 : sample.order[i % 12]))
                        .OrderBy(p => p.place)
                        .Select((p, i) => p.e with { Index = i, Version = i + 1 })
                        .ToList();
                    return Promise.From(shuffled).Status == promise.Status
                        && Promise.From(shuffled).Steps.All(s => s.Refusal is null);
                }
            )
        );
    }

    [Fact]
    public void No_history_that_was_accepted_step_by_step_holds_a_refused_step() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(
                Gen.ListOf(s_event, 15).ToArbitrary(),
                events =>
                {
                    var promise = Given.APromise();
                    foreach (var e in events)
                    {
                        promise.When(e);
                    }

                    return promise.Promise.Steps.All(s => s.Refusal is null);
                }
            )
        );

    [Fact]
    public void The_status_by_the_last_day_is_the_status() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(
                Gen.ListOf(s_event, 8).ToArbitrary(),
                events =>
                {
                    var promise = Given.APromise();
                    foreach (var e in events)
                    {
                        promise.When(e);
                    }

                    return promise.Promise.StatusBy(new DateOnly(2030, 1, 1)).Status == promise.Status
                        && promise.Promise.Steps[^1].After == promise.Status;
                }
            )
        );

    private static Event Make(int kind, string day) =>
        kind switch
        {
            0 => new Decided { Body = "Rat", Outcome = Ledger.Promises.Outcome.Adopted }.On(day),
            1 => new Funded { Amount = 5m, Kind = FundingKind.Grant }.On(day),
            2 => new FundingWithdrawn { Reason = s_reason }.On(day),
            3 => new Started().On(day),
            4 => new Delayed().On(day),
            5 => new Stalled().On(day),
            6 => new Resumed().On(day),
            7 => new Completed { Extent = Extent.Partial }.On(day),
            8 => new Completed { Extent = Extent.Whole }.On(day),
            9 => new Reopened { Reason = s_reason }.On(day),
            10 => new Checked { Places = ["Amtsblatt"] }.On(day),
            _ => new Reported().On(day),
        };
}
