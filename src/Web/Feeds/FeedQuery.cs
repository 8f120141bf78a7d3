using Projections.Feed;
using Web.Api.Problems;

namespace Web.Feeds;

/// <summary>Reads a filter from the query of an address: the one place where that is done, for every channel and page.</summary>
public static class FeedQuery
{
    private const int MostValues = 20;

    /// <summary>The filter of a request.</summary>
    /// <param name="query">Parameters may be repeated: their values widen each other. Empty ones, as forms send them, say nothing.</param>
    /// <param name="further">Parameters of the channel's own, which are no filter.</param>
    /// <param name="facets">What this channel can be filtered by; null = everything.</param>
    /// <exception cref="ProblemException">A parameter is unknown, or none of its values.</exception>
    public static FeedFilter Read(
        IQueryCollection query,
        IReadOnlyCollection<string>? further = null,
        IReadOnlyList<Facet>? facets = null
    )
    {
        facets ??= Facet.All;
        var filter = FeedFilter.Everything;
        foreach (var (name, values) in query)
        {
            if (further?.Contains(name) == true)
            {
                continue;
            }

            var facet =
                facets.FirstOrDefault(f => f.Name == name)
                ?? throw Refuse.BadParameter(
                    $"There is no filter '{name}' here; there are {string.Join(", ", facets.Select(f => f.Name))}."
                );
            string[] given = [.. values.OfType<string>().Where(v => v.Length > 0)];
            if (given.Length > MostValues)
            {
                throw Refuse.BadParameter($"'{name}' can have at most {MostValues} values.");
            }

            if (Array.Find(given, v => !facet.Accepts(v)) is not null)
            {
                throw Refuse.BadParameter($"'{name}' is {facet.Expects}.");
            }

            filter = filter.With(facet, given);
        }

        return filter;
    }

    /// <summary>A parameter that is given at most once; null when it is not, or empty.</summary>
    /// <exception cref="ProblemException">It is given more than once.</exception>
    public static string? Single(IQueryCollection query, string name) =>
        query.TryGetValue(name, out var values) && values is [{ } value, ..]
            ? values.Count > 1
                ? throw Refuse.BadParameter($"'{name}' can be given once.")
                : value.Length > 0
                    ? value
                    : null
            : null;
}
