using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>What one event did to the status at its place on the occurred axis.</summary>
/// <param name="Event">The event.</param>
/// <param name="Before">Status before it.</param>
/// <param name="After">Status after it.</param>
/// <param name="Refusal">Why it is not allowed at that place; null when it is. A refused event changes nothing.</param>
public readonly record struct StatusStep(
    EffectiveEvent Event,
    PromiseStatus Before,
    PromiseStatus After,
    Decision.Refused? Refusal
);

/// <summary>
/// The status of a promise as the fold of its effective events in the order in which they happened, by the <see cref="StatusRules"/>.
/// Recording an earlier event later therefore ends in the same status as recording it in time.
/// </summary>
public sealed class StatusFold
{
    private bool _promised;
    private bool _recurring;
    private int _fundings;
    private PromiseStatus _status = PromiseStatus.Unchecked;
    private PromiseStatus _beforeFunded = PromiseStatus.Unchecked;
    private PromiseStatus _beforeStalled = PromiseStatus.Unchecked;
    private PromiseStatus _beforeFinal = PromiseStatus.Unchecked;

    private StatusFold() { }

    /// <summary>Folds events that are already in order (<see cref="EffectiveEvents.Of"/>): one step each.</summary>
    public static List<StatusStep> Of(IReadOnlyList<EffectiveEvent> ordered)
    {
        var fold = new StatusFold();
        var steps = new List<StatusStep>(ordered.Count);
        foreach (var e in ordered)
        {
            var before = fold._status;
            var refusal = fold.Take(e.Body);
            steps.Add(new StatusStep(e, before, fold._status, refusal));
        }

        return steps;
    }

    private bool IsFinal =>
        _status is PromiseStatus.Abandoned or PromiseStatus.Superseded
        || (_status == PromiseStatus.Fulfilled && !_recurring);

    private Decision.Refused? Take(Event e)
    {
        if (StatusRules.For(e) is not { } rule)
        {
            return null;
        }

        var firm = e.Scope == Scope.Promise && e.Confidence != Confidence.Low;
        foreach (var bar in rule.Bars)
        {
            if (Bars(bar, e, firm))
            {
                return bar.Objection().Refuse(_status.Word());
            }
        }

        if (rule.NeedsCertainty && !firm)
        {
            Raise(PromiseStatus.Reported);
        }
        else
        {
            Apply(rule, e);
        }

        return null;
    }

    // What doubtful events say of the state is not held against them: they report, and a report is never refused.
    private bool Bars(Bar bar, Event e, bool firm) =>
        bar switch
        {
            Bar.PromisedAlready => _promised,
            Bar.BeforePromise => !_promised,
            Bar.PartEndsWhole or Bar.PartCompletesWhole => e.Scope == Scope.Part,
            Bar.Final => firm && IsFinal,
            Bar.NotFinal => firm && !IsFinal,
            Bar.NothingFunded => firm && _fundings == 0,
            Bar.NotResting => firm && _status != PromiseStatus.Stalled,
            _ => throw new ArgumentOutOfRangeException(nameof(bar)),
        };

    private void Apply(StatusRule rule, Event e)
    {
        switch (rule.Effect)
        {
            case Effect.Begin:
                _promised = true;
                _recurring = e is Promised { Deadline.Basis: DeadlineBasis.Recurring };
                break;
            case Effect.None:
                break;
            case Effect.Look:
                Raise(PromiseStatus.NoEvidence);
                break;
            case Effect.Report:
                Raise(PromiseStatus.Reported);
                break;
            case Effect.Raise:
                Raise(rule.Status!.Value);
                break;
            case Effect.Work:
                _status = _status < PromiseStatus.PartlyFulfilled ? rule.Status!.Value : _status;
                break;
            case Effect.Fund:
                _fundings++;
                _beforeFunded = _status < rule.Status ? _status : _beforeFunded;
                Raise(rule.Status!.Value);
                break;
            case Effect.Withdraw:
                _fundings--;
                _status =
                    _status == PromiseStatus.Funded && _fundings == 0 ? _beforeFunded : _status;
                break;
            case Effect.Turn:
                _status = rule.Status!.Value;
                break;
            case Effect.Rest:
                _beforeStalled = _status == PromiseStatus.Stalled ? _beforeStalled : _status;
                _status = rule.Status!.Value;
                break;
            case Effect.GoOn:
                _status = _beforeStalled;
                break;
            case Effect.End:
                _beforeFinal = _status;
                _status = rule.Status!.Value;
                break;
            case Effect.Reopen:
                _status = _beforeFinal;
                break;
            default:
                throw new InvalidOperationException($"The effect {rule.Effect} is not known here.");
        }
    }

    // What was only reported before the promise is no news of it.
    private void Raise(PromiseStatus to) =>
        _status = _status < to && (_promised || to > PromiseStatus.Reported) ? to : _status;
}
