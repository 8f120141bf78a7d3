namespace Verify.Checks;

/// <summary>The personal values to which the log commits, by digest, and those that it declares erased.</summary>
public sealed class Commitments
{
    private readonly Dictionary<long, IReadOnlyList<string>> _made = [];
    private readonly HashSet<string> _erased = new(StringComparer.Ordinal);

    public void Add(EntryFacts entry)
    {
        if (entry.Commits.Count > 0)
        {
            _made.Add(entry.Index, entry.Commits);
        }

        _erased.UnionWith(entry.Erases);
    }

    /// <summary>Whether an event opens nothing but what its entry commits to.</summary>
    public bool Hold(long index, IReadOnlyCollection<string> opened) =>
        opened.Count == 0 || (_made.TryGetValue(index, out var made) && opened.All(made.Contains));

    /// <summary>Whether an event leaves something closed that no entry declares erased.</summary>
    /// <param name="erasedSince">What is declared erased after the checkpoint.</param>
    public bool IsClosed(
        long index,
        IReadOnlyCollection<string> opened,
        IReadOnlyCollection<string> erasedSince
    ) =>
        _made.TryGetValue(index, out var made)
        && made.Any(d => !opened.Contains(d) && !_erased.Contains(d) && !erasedSince.Contains(d));
}
