namespace Ledger.Recording;

/// <summary>What a decision answers: events to record, or a refusal that says why. Nothing else comes of a command.</summary>
public abstract record Decision
{
    private Decision() { }

    public sealed record Accepted(IReadOnlyList<Event> Events) : Decision;

    /// <param name="Code">Which of the <see cref="Objections"/> it is; never changes, so that a program can tell.</param>
    /// <param name="Reason">One sentence for whoever sent the command, in German and English.</param>
    public sealed record Refused(string Code, Text Reason) : Decision
    {
        /// <summary>The fields that are wrong by themselves, when that is the reason.</summary>
        public IReadOnlyList<Fault> Faults { get; init; } = [];
    }

    public static Decision Accept(params IReadOnlyList<Event> events) => new Accepted(events);

    /// <summary>Refuses when a field is wrong by itself; null when nothing is.</summary>
    public static Refused? RefuseFaults(Event candidate)
    {
        List<Fault> faults = [.. candidate.Faults()];
        if (faults.Count == 0)
        {
            return null;
        }

        var german = string.Join(' ', faults.Select(f => f.Sentence.De));
        var english = string.Join(' ', faults.Select(f => f.Sentence.En));
        return Objections.Malformed.Refuse(new Text(german, english)) with { Faults = faults };
    }
}
