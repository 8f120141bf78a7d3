using Ledger.Promises;

namespace Projections.Timelines;

/// <summary>How promises stand, counted.</summary>
/// <param name="Statuses">How many have which status; none is left out.</param>
/// <param name="Sources">How many stand in which source, by its slug.</param>
/// <param name="Overdue">How many have no final status although a deadline that their source sets has passed.</param>
public sealed record PromiseTally(
    IReadOnlyDictionary<PromiseStatus, int> Statuses,
    IReadOnlyDictionary<string, int> Sources,
    int Overdue
)
{
    /// <summary>Counts promises one by one.</summary>
    /// <param name="day">The day by which a deadline has passed or not.</param>
    public static PromiseTally Of(IEnumerable<PromiseRow> promises, DateOnly day) =>
        Of([.. promises.Select(p => (p.Status, p.Source, 1, p.DueBinding < day ? 1 : 0))]);

    /// <summary>Adds up groups of promises with the same status and source.</summary>
    internal static PromiseTally Of(
        IReadOnlyList<(PromiseStatus Status, string Source, int Count, int Passed)> groups
    ) =>
        new(
            groups.GroupBy(g => g.Status).ToDictionary(g => g.Key, g => g.Sum(x => x.Count)),
            groups
                .GroupBy(g => g.Source, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Sum(x => x.Count), StringComparer.Ordinal),
            groups.Where(g => !g.Status.IsClosed()).Sum(g => g.Passed)
        );
}
