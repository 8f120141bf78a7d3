using FsCheck;
using FsCheck.Fluent;
using Ledger.Promises;
using Ledger.Recording;

namespace Ledger.Tests.Promises;

/// <summary>The law of the fold: the status depends on what happened, not on the order in which it was written down.</summary>
public sealed class OrderTests
{
    private static readonly Config s_config = Testing.Load.Cases(3_000);

    [Fact]
    public void A_history_that_is_accepted_in_another_order_has_the_same_status()
    {
        var compared = 0;
        FsCheck.Check.One(
            s_config,
            Prop.ForAll(
                (
                    from history in Histories.WithCorrections(10, 3)
                    from order in Gen.Shuffle(Enumerable.Range(0, 13))
                    select (history, order)
                ).ToArbitrary(),
                sample =>
                {
                    // What the first order accepted is a legal history.
                    var (first, accepted) = Histories.Record(sample.history, sample.history);
                    var legal = sample
                        .order.Select(i => sample.history[i])
                        .Where(a => accepted.Contains(a.Id));
                    var (second, again) = Histories.Record(sample.history, legal);
                    if (!again.SetEquals(accepted))
                    {
                        return true;
                    }

                    compared++;
                    return second.Status == first.Status
                        && second.Promise.StatusBy(new DateOnly(2023, 1, 1)).Status
                            == first.Promise.StatusBy(new DateOnly(2023, 1, 1)).Status;
                }
            )
        );

        // An order that is refused proves nothing; enough of them must not be.
        compared.ShouldBeGreaterThan(Testing.Load.Times(1_000));
    }

    [Fact]
    public void A_legal_history_has_the_same_status_in_whatever_order_it_stands_in_the_record() =>
        FsCheck.Check.One(
            s_config,
            Prop.ForAll(
                (
                    from history in Histories.Events(12)
                    from order in Gen.Shuffle(Enumerable.Range(0, 12))
                    select (history, order)
                ).ToArbitrary(),
                sample =>
                {
                    var (promise, _) = Histories.Record(sample.history, sample.history);
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

    [Fact]
    public void What_is_accepted_and_what_it_leads_to_is_what_a_second_reader_of_the_table_says() =>
        FsCheck.Check.One(
            s_config,
            Prop.ForAll(
                Histories.WithCorrections(14, 3).ToArbitrary(),
                history =>
                {
                    var promise = Given.APromise();
                    foreach (var attempt in history)
                    {
                        if (Histories.Body(history, promise, attempt) is not { } body)
                        {
                            continue;
                        }

                        var expected = StatusModel.Fold(
                            Resulting(
                                promise.Recorded.Select(r => (r.Id, r.Body)),
                                (attempt.Id, body)
                            )
                        );
                        if (IsMisdirected(promise, body))
                        {
                            expected = null;
                        }

                        var accepted = promise.When(body, attempt.Id) is Decision.Accepted;
                        if (
                            accepted != expected.HasValue
                            || (accepted && promise.Status != expected)
                        )
                        {
                            return false;
                        }
                    }

                    return true;
                }
            )
        );

    [Fact]
    public void No_history_that_was_accepted_step_by_step_holds_a_refused_step() =>
        FsCheck.Check.One(
            s_config,
            Prop.ForAll(
                Histories.WithCorrections(12, 4).ToArbitrary(),
                history =>
                    Histories
                        .Record(history, history)
                        .Promise.Promise.Steps.All(s => s.Refusal is null)
            )
        );

    [Fact]
    public void The_status_by_the_last_day_is_the_status() =>
        FsCheck.Check.One(
            s_config,
            Prop.ForAll(
                Histories.WithCorrections(8, 2).ToArbitrary(),
                history =>
                {
                    var promise = Histories.Record(history, history).Promise;
                    return promise.Promise.StatusBy(new DateOnly(2030, 1, 1)).Status
                            == promise.Status
                        && promise.Promise.Steps[^1].After == promise.Status;
                }
            )
        );

    [Fact]
    public void The_record_up_to_an_event_shows_what_was_seen_when_it_was_recorded() =>
        FsCheck.Check.One(
            s_config,
            Prop.ForAll(
                Histories.WithCorrections(10, 4).ToArbitrary(),
                history =>
                {
                    var promise = Given.APromise();
                    List<PromiseStatus> live = [promise.Status];
                    foreach (var attempt in history)
                    {
                        if (
                            Histories.Body(history, promise, attempt) is { } body
                            && promise.When(body, attempt.Id) is Decision.Accepted
                        )
                        {
                            live.Add(promise.Status);
                        }
                    }

                    return live.Index()
                        .All(seen =>
                            Promise
                                .From([.. promise.Recorded.Where(e => e.Index <= seen.Index)])
                                .Status == seen.Item
                        );
                }
            )
        );

    // Corrections and retractions applied by hand, in the order in which things happened.
    private static IEnumerable<Event> Resulting(
        IEnumerable<(Guid Id, Event Body)> recorded,
        (Guid, Event) candidate
    )
    {
        List<(Guid Id, Event Body)> all = [.. recorded, candidate];
        var retracted = all.Select(e => e.Body)
            .OfType<Retracted>()
            .Select(r => r.Event)
            .ToHashSet();
        var moved = all.Select(e => e.Body)
            .OfType<Corrected>()
            .ToDictionary(c => c.Event, c => Edtf.Parse(c.To!.Value.GetString()!));
        return all.Where(e => e.Body is not (Corrected or Retracted) && !retracted.Contains(e.Id))
            .Select(e =>
                moved.TryGetValue(e.Id, out var day) ? e.Body with { Occurred = day } : e.Body
            )
            .OrderBy(e => e.Occurred);
    }

    private static bool IsMisdirected(Given promise, Event body) =>
        body is Corrected or Retracted
        && promise.Recorded.Any(r =>
            r.Body is Retracted x
            && x.Event == ((body as Corrected)?.Event ?? ((Retracted)body).Event)
        );
}
