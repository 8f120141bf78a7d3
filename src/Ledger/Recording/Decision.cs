namespace Ledger.Recording;

/// <summary>What a decision answers: events to record, or a refusal that says why. Nothing else comes of a command.</summary>
public abstract record Decision
{
    private Decision() { }

    public sealed record Accepted(IReadOnlyList<Event> Events) : Decision;

    /// <param name="Reason">One sentence for whoever sent the command.</param>
    public sealed record Refused(string Reason) : Decision;

    public static Decision Accept(params IReadOnlyList<Event> events) => new Accepted(events);

    public static Decision Refuse(string reason) => new Refused(reason);

    /// <summary>Refuses when a field is wrong by itself; null when nothing is.</summary>
    public static Refused? RefuseFaults(Event candidate)
    {
        var faults = string.Join(' ', candidate.Faults());
        return faults.Length == 0 ? null : new Refused(faults);
    }
}
