using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;

namespace Projections.Engine;

/// <summary>How read models fold a stream that they share.</summary>
internal static class Folding
{
    /// <summary>
    /// The histories that read models have rows of: not those whose first event is withheld, for nothing says any more what they are about.
    /// </summary>
    public static IEnumerable<StreamHistory> Standing(this IEnumerable<StreamHistory> histories) =>
        histories.Where(h => EffectiveEvents.WithoutWithheld(h.Events) is [{ Version: 1 }, ..]);

    /// <summary>The promise of a history, with its first event.</summary>
    /// <exception cref="UnfoldableEventException">The stream does not begin with <c>promised</c> (a foreign writer's mistake).</exception>
    public static (Promise Promise, Promised First) FoldPromise(this StreamHistory history)
    {
        var promise = Promise.From(history.Events);
        return promise.First is { } first
            ? (promise, first)
            : throw new UnfoldableEventException(
                history.Events[0],
                "a promise's stream must begin with 'promised'"
            );
    }

    /// <summary>The events of a history that are not withheld by its end: the data of those that are is blank.</summary>
    public static RecordedEvent[] Open(this StreamHistory history)
    {
        var withheld = history
            .Events.Where(e => e.Type == "withheld")
            .Select(e => ((Withheld)e.Body).Event)
            .ToHashSet();
        return [.. history.Events.Where(e => !withheld.Contains(e.Id))];
    }
}
