namespace Projections.Feed;

/// <summary>
/// Which entries of the record are wanted: of each facet that it names one value at least. A value; two filters that say the same are equal
/// and have the same address.
/// </summary>
public sealed class FeedFilter : IEquatable<FeedFilter>
{
    private readonly Dictionary<Facet, IReadOnlyList<string>> _values;

    private FeedFilter(Dictionary<Facet, IReadOnlyList<string>> values)
    {
        _values = values;
        Query = string.Join(
            "&",
            Facet.All.SelectMany(f =>
                this[f]
                    .Select(v =>
                        $"{f.Name}={Uri.EscapeDataString(v).Replace("%2F", "/", StringComparison.Ordinal)}"
                    )
            )
        );
    }

    /// <summary>The whole record.</summary>
    public static FeedFilter Everything { get; } = new([]);

    /// <summary>As the query of an address, escaped, without a question mark; empty for everything.</summary>
    public string Query { get; }

    public bool IsEverything => Query.Length == 0;

    /// <summary>The values wanted of a facet; none = it does not matter.</summary>
    public IReadOnlyList<string> this[Facet facet] => _values.GetValueOrDefault(facet, []);

    /// <summary>The facets that it names.</summary>
    public IEnumerable<Facet> Facets => Facet.All.Where(_values.ContainsKey);

    /// <summary>The same with other values of one facet; with none, that facet does not matter any more.</summary>
    public FeedFilter With(Facet facet, params IEnumerable<string> values)
    {
        var changed = new Dictionary<Facet, IReadOnlyList<string>>(_values);
        string[] sorted =
        [
            .. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        if (sorted.Length > 0)
        {
            changed[facet] = sorted;
        }
        else
        {
            changed.Remove(facet);
        }

        return new FeedFilter(changed);
    }

    /// <summary>A path with this filter and further parameters as its query.</summary>
    public string At(string path, string further = "") =>
        string.Join('&', ((string[])[Query, further]).Where(p => p.Length > 0))
            is { Length: > 0 } query
            ? $"{path}?{query}"
            : path;

    public bool Equals(FeedFilter? other) => other is not null && other.Query == Query;

    public override bool Equals(object? obj) => Equals(obj as FeedFilter);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Query);

    public override string ToString() => Query;
}
