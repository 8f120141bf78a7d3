using Ledger.Promises;
using Ledger.Recording;

namespace Ledger.Tests.Promises;

/// <summary>
/// The status table once more, written down naively from the specification and without the product's table: what a second reader would
/// make of it. Only for comparison.
/// </summary>
internal static class StatusModel
{
    /// <summary>The status after events in the order in which they happened; null when one of them is refused at its place.</summary>
    public static PromiseStatus? Fold(IEnumerable<Event> ordered, bool recurring = false)
    {
        var status = PromiseStatus.Unchecked;
        var promised = false;
        var funded = new Stack<PromiseStatus>();
        var before = new Dictionary<string, PromiseStatus>(StringComparer.Ordinal);
        foreach (var e in ordered)
        {
            var doubtful = e.Scope != Scope.Promise || e.Confidence == Confidence.Low;
            var isFinal =
                status is PromiseStatus.Abandoned or PromiseStatus.Superseded
                || (status == PromiseStatus.Fulfilled && !recurring);
            if (e is Promised)
            {
                promised = true;
            }
            else if (e is Assigned or Linked or Stated or Revised)
            {
                if (!promised)
                {
                    return null;
                }
            }
            else if (e is Checked)
            {
                status =
                    promised && status == PromiseStatus.Unchecked
                        ? PromiseStatus.NoEvidence
                        : status;
            }
            else if (
                e.Scope == Scope.Part
                && e is Abandoned or Superseded or Completed { Extent: Extent.Whole }
                && e.Scope == Scope.Part
            )
            {
                return null;
            }
            else if (doubtful || e is Reported or Assessed)
            {
                // Nobody's report of a time before the promise is news of it, whatever comes and goes in between.
                status =
                    promised && status < PromiseStatus.Reported ? PromiseStatus.Reported : status;
            }
            else if (e is Reopened)
            {
                if (!isFinal)
                {
                    return null;
                }

                status = before["end"];
            }
            else if (isFinal)
            {
                return null;
            }
            else if (e is FundingWithdrawn)
            {
                if (funded.Count == 0)
                {
                    return null;
                }

                var stood = funded.Pop();
                status = status == PromiseStatus.Funded && funded.Count == 0 ? stood : status;
            }
            else if (e is Resumed)
            {
                if (status != PromiseStatus.Stalled)
                {
                    return null;
                }

                status = before["rest"];
            }
            else
            {
                switch (e)
                {
                    case Decided d:
                        var least =
                            d.Outcome == Outcome.Adopted
                                ? PromiseStatus.Decided
                                : PromiseStatus.Reported;
                        status =
                            status < least && (promised || least > PromiseStatus.Reported)
                                ? least
                                : status;
                        break;
                    case Funded:
                        // What a further grant stands on is what the first stood on.
                        funded.Push(
                            funded.Count > 0 && status >= PromiseStatus.Funded
                                ? funded.Peek()
                                : status
                        );
                        status = status < PromiseStatus.Funded ? PromiseStatus.Funded : status;
                        break;
                    case Started or Progressed:
                        status =
                            status < PromiseStatus.PartlyFulfilled ? PromiseStatus.Started : status;
                        break;
                    case Delayed:
                        status = PromiseStatus.Delayed;
                        break;
                    case Stalled:
                        if (status != PromiseStatus.Stalled)
                        {
                            before["rest"] = status;
                        }

                        status = PromiseStatus.Stalled;
                        break;
                    case Completed { Extent: Extent.Partial }:
                        status =
                            status < PromiseStatus.PartlyFulfilled
                                ? PromiseStatus.PartlyFulfilled
                                : status;
                        break;
                    case Completed:
                        before["end"] = status;
                        status = PromiseStatus.Fulfilled;
                        break;
                    case Abandoned:
                        before["end"] = status;
                        status = PromiseStatus.Abandoned;
                        break;
                    case Superseded:
                        before["end"] = status;
                        status = PromiseStatus.Superseded;
                        break;
                }
            }
        }

        return status;
    }
}
