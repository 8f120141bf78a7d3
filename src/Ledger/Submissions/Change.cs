using System.Text.Json.Nodes;

namespace Ledger.Submissions;

/// <summary>One field that would be different.</summary>
/// <param name="Pointer">Where, as a JSON Pointer into the stream's state.</param>
/// <param name="From">What it says now; null when it says nothing.</param>
/// <param name="To">What it would say.</param>
public sealed record Change(string Pointer, JsonNode? From, JsonNode? To)
{
    /// <summary>All differences; lists are compared whole.</summary>
    public static IReadOnlyList<Change> Between(JsonNode? from, JsonNode? to)
    {
        List<Change> changes = [];
        Compare("", from, to, changes);
        return changes;
    }

    private static void Compare(string at, JsonNode? from, JsonNode? to, List<Change> changes)
    {
        if (from is JsonObject before && to is JsonObject after)
        {
            foreach (
                var name in before
                    .Select(p => p.Key)
                    .Union(after.Select(p => p.Key), StringComparer.Ordinal)
            )
            {
                var escaped = name.Replace("~", "~0", StringComparison.Ordinal)
                    .Replace("/", "~1", StringComparison.Ordinal);
                Compare($"{at}/{escaped}", before[name], after[name], changes);
            }
        }
        else if (!JsonNode.DeepEquals(from, to))
        {
            changes.Add(new Change(at, from?.DeepClone(), to?.DeepClone()));
        }
    }
}
