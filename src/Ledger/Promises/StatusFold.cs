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
/// The status of a promise as the fold of its effective events in the order in which they happened (version 1 of the
/// method). Recording an earlier event later therefore ends in the same status as recording it in time.
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
        switch (e)
        {
            case Promised p:
                if (_promised)
                {
                    return Objections.PromisedAlready.Refuse();
                }

                _promised = true;
                _recurring = p.Deadline.Basis == DeadlineBasis.Recurring;
                return null;
            case Assigned or Linked or Revised:
                return _promised ? null : Objections.BeforePromise.Refuse();
            case Checked:
                if (_status == PromiseStatus.Unchecked)
                {
                    _status = PromiseStatus.NoEvidence;
                }

                return null;
            case Abandoned or Superseded when e.Scope == Scope.Part:
                return Objections.PartEndsWhole.Refuse();
            case Completed { Extent: Extent.Whole } when e.Scope == Scope.Part:
                return Objections.PartCompletesWhole.Refuse();
        }

        return e.Scope == Scope.Promise && e.Confidence != Confidence.Low ? TakeFirm(e) : Report();
    }

    private Decision.Refused? TakeFirm(Event e)
    {
        if (e is Reopened)
        {
            if (!IsFinal)
            {
                return Objections.NotFinal.Refuse();
            }

            _status = _beforeFinal;
            return null;
        }

        if (e is Reported)
        {
            return Report();
        }

        if (IsFinal)
        {
            return Objections.Final.Refuse(_status.Word());
        }

        switch (e)
        {
            case Decided { Outcome: Outcome.Adopted }:
                return Raise(PromiseStatus.Decided);
            case Funded:
                _fundings++;
                if (_status < PromiseStatus.Funded)
                {
                    _beforeFunded = _status;
                }

                return Raise(PromiseStatus.Funded);
            case FundingWithdrawn:
                if (_fundings == 0)
                {
                    return Objections.NothingFunded.Refuse();
                }

                _fundings--;
                _status =
                    _status == PromiseStatus.Funded && _fundings == 0 ? _beforeFunded : _status;
                return null;
            case Started or Progressed:
                // Work that goes on does not undo a part that is done.
                _status = _status < PromiseStatus.PartlyFulfilled ? PromiseStatus.Started : _status;
                return null;
            case Delayed:
                _status = PromiseStatus.Delayed;
                return null;
            case Stalled:
                _beforeStalled = _status == PromiseStatus.Stalled ? _beforeStalled : _status;
                _status = PromiseStatus.Stalled;
                return null;
            case Resumed:
                if (_status != PromiseStatus.Stalled)
                {
                    return Objections.NotResting.Refuse();
                }

                _status = _beforeStalled;
                return null;
            case Completed { Extent: Extent.Partial }:
                return Raise(PromiseStatus.PartlyFulfilled);
            case Completed:
                return End(PromiseStatus.Fulfilled);
            case Abandoned:
                return End(PromiseStatus.Abandoned);
            case Superseded:
                return End(PromiseStatus.Superseded);
            default:
                return Report();
        }
    }

    private Decision.Refused? Report() => Raise(PromiseStatus.Reported);

    private Decision.Refused? Raise(PromiseStatus to)
    {
        _status = _status < to ? to : _status;
        return null;
    }

    private Decision.Refused? End(PromiseStatus final)
    {
        _beforeFinal = _status;
        _status = final;
        return null;
    }
}
