using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Ledger.Promises;
using Ledger.Recording;
using Testing;

namespace Ledger.Tests.Promises;

/// <summary>One thing that somebody tries to record: an event, or the correction or retraction of an earlier one.</summary>
/// <param name="Id">The id that it gets.</param>
/// <param name="Event">The event; null when it is about an earlier one.</param>
/// <param name="About">Which earlier one, counted from the first.</param>
/// <param name="MoveTo">The corrected day; null for a retraction.</param>
internal sealed record Attempt(Guid Id, Event? Event, int About = 0, string? MoveTo = null)
{
    public override string ToString() =>
        Event is { } e
            ? $"{e.GetType().Name} {e.Occurred} {e.Scope} {e.Confidence}"
            : $"#{About} to {MoveTo ?? "nothing"}";
}

/// <summary>Random histories of an invented promise, every event on a day of its own so that no order of recording decides a tie.</summary>
internal static class Histories
{
    private static readonly Text s_reason = new("Erfunden.");

    private static readonly Gen<Event> s_event =
        from kind in Gen.Choose(0, 22)
        from scope in Gen.Frequency(
            (8, Gen.Constant(Scope.Promise)),
            (1, Gen.Constant(Scope.Part)),
            (1, Gen.Constant(Scope.Context))
        )
        from confidence in Gen.Frequency(
            (9, Gen.Constant(Confidence.Medium)),
            (1, Gen.Constant(Confidence.Low))
        )
        select Make(kind) with
        {
            Scope = scope,
            Confidence = confidence,
        };

    /// <summary>Plain events only.</summary>
    public static Gen<List<Attempt>> Events(int count) =>
        from days in Days(count)
        from events in Gen.ListOf(s_event, count)
        select Dated(events, days);

    /// <summary>Events, and corrections and retractions of them.</summary>
    public static Gen<List<Attempt>> WithCorrections(int count, int corrections) =>
        from days in Days(count + corrections)
        from events in Gen.ListOf(s_event, count)
        from about in Gen.Shuffle(Enumerable.Range(0, count))
        from retract in Gen.ListOf(Gen.Choose(0, 1), corrections)
        select Dated(events, days)
            .Concat(
                Enumerable
                    .Range(0, corrections)
                    .Select(i => new Attempt(
                        Guid.CreateVersion7(),
                        null,
                        about[i],
                        retract[i] == 0 ? days[count + i] : null
                    ))
            )
            .ToList();

    /// <summary>Tries to record all, again and again, in the order given, until nothing more is accepted.</summary>
    /// <returns>The promise, and which attempts were accepted.</returns>
    public static (Given Promise, HashSet<Guid> Accepted) Record(
        IReadOnlyList<Attempt> all,
        IEnumerable<Attempt> order
    )
    {
        var promise = Given.APromise();
        var accepted = new HashSet<Guid>();
        var waiting = order.ToList();
        for (var before = -1; before != accepted.Count; )
        {
            before = accepted.Count;
            waiting.RemoveAll(attempt =>
            {
                if (Body(all, promise, attempt) is not { } body)
                {
                    return false;
                }

                if (promise.When(body, attempt.Id) is not Decision.Accepted)
                {
                    return false;
                }

                return accepted.Add(attempt.Id);
            });
        }

        return (promise, accepted);
    }

    /// <summary>The event that an attempt stands for, as things stand; null when what it is about is not recorded.</summary>
    public static Event? Body(IReadOnlyList<Attempt> all, Given promise, Attempt attempt)
    {
        if (attempt.Event is { } e)
        {
            return e is Stated said ? said with { About = promise.Recorded[0].Id } : e;
        }

        var about = promise.Recorded.FirstOrDefault(r => r.Id == all[attempt.About].Id);
        if (about is null)
        {
            return null;
        }

        return attempt.MoveTo is { } day
            ? new Corrected
            {
                Event = about.Id,
                Field = "occurred",
                From = JsonSerializer.SerializeToElement(about.Body.Occurred?.ToString()),
                To = JsonSerializer.SerializeToElement(day),
                Reason = s_reason,
            }.On("2026")
            : new Retracted { Event = about.Id, Reason = s_reason }.On("2026");
    }

    // The promise is of 2020; some things are said to have happened before it.
    private static Gen<string[]> Days(int count) =>
        Gen.Shuffle(Enumerable.Range(0, 365 * 6))
            .Select(days =>
                days.Take(count)
                    .Select(d =>
                        new DateOnly(2019, 7, 1)
                            .AddDays(d)
                            .ToString("O", System.Globalization.CultureInfo.InvariantCulture)
                    )
                    .ToArray()
            );

    private static List<Attempt> Dated(IReadOnlyList<Event> events, string[] days) =>
        [
            .. events.Select(
                (e, i) =>
                    new Attempt(
                        Guid.CreateVersion7(),
                        e.On(days[i]) with
                        {
                            Scope = e.Scope,
                            Confidence = e.Confidence,
                        }
                    )
            ),
        ];

    private static Event Make(int kind) =>
        kind switch
        {
            0 => new Decided { Body = "Rat", Outcome = Ledger.Promises.Outcome.Adopted },
            1 => new Decided { Body = "Rat", Outcome = Ledger.Promises.Outcome.Rejected },
            2 => new Funded { Amount = 5m, Kind = FundingKind.Grant },
            3 => new FundingWithdrawn { Reason = s_reason },
            4 => new Started(),
            5 => new Progressed { Measure = s_reason },
            6 => new Delayed(),
            7 => new Stalled(),
            8 or 9 => new Resumed(),
            10 => new Completed { Extent = Extent.Partial },
            11 or 12 => new Completed { Extent = Extent.Whole },
            13 => new Abandoned { Reason = AbandonmentReason.NoMoney },
            14 => new Superseded { By = "musterstadt-zusage-2" },
            15 or 16 => new Reopened { Reason = s_reason },
            17 => new Checked { Places = ["Amtsblatt"] },
            18 => new Assessed
            {
                Criterion = s_reason,
                Judgement = s_reason,
                By = "Amt",
            },
            19 => new Stated
            {
                About = default,
                Stance = Stance.Contests,
                Function = "Amt",
                Name = "Erika Muster",
                Text = "Anders.",
            },
            20 => new Revised { What = RevisedAspect.Scope, To = s_reason },
            21 => new Assigned { Committees = [] },
            _ => new Reported(),
        };
}
