using System.Globalization;
using System.Text;
using Npgsql;

namespace Projections.Feed;

/// <summary>
/// A filter with the successors of its committees looked up: from the index at which one committee takes over from another, its entries
/// belong to the other's feed too. Says the same of an entry in SQL and in memory.
/// </summary>
public sealed class SettledFilter
{
    private readonly IReadOnlyList<IReadOnlyList<Span>> _alternatives;

    private SettledFilter(FeedFilter filter, IReadOnlyList<IReadOnlyList<Span>> alternatives)
    {
        Filter = filter;
        _alternatives = alternatives;
    }

    public FeedFilter Filter { get; }

    /// <summary>Looks the successors up, by what is recorded now.</summary>
    public static async Task<SettledFilter> OfAsync(
        FeedFilter filter,
        NpgsqlDataSource database,
        CancellationToken cancellation = default
    )
    {
        List<IReadOnlyList<Span>> alternatives = [];
        foreach (var facet in filter.Facets)
        {
            List<Span> spans = [.. filter[facet].Select(v => new Span(facet.Mark(v), 0, null))];
            if (facet.Equals(Facet.Committee))
            {
                foreach (var committee in filter[facet])
                {
                    spans.AddRange(await SuccessorsAsync(database, committee, cancellation));
                }
            }

            alternatives.Add(spans);
        }

        return new SettledFilter(filter, alternatives);
    }

    /// <summary>Whether it wants an entry.</summary>
    public bool Lets(RawEntry entry) =>
        _alternatives.All(spans =>
            spans.Any(s =>
                entry.Index >= s.From
                && (s.Until is not { } until || entry.Index < until)
                && entry.Marks.Contains(s.Mark, StringComparer.Ordinal)
            )
        );

    /// <summary>The condition for rows <c>f</c> of the read model; its parameters are added to the command.</summary>
    internal string Sql(NpgsqlCommand command)
    {
        var sql = new StringBuilder("true");
        foreach (var spans in _alternatives)
        {
            sql.Append(" and (false");
            foreach (var span in spans.GroupBy(s => (s.From, s.Until)))
            {
                command.Parameters.Add(
                    new NpgsqlParameter<string[]> { TypedValue = [.. span.Select(s => s.Mark)] }
                );
                sql.Append(
                    CultureInfo.InvariantCulture,
                    $" or (f.marks && ${command.Parameters.Count}"
                );
                if (span.Key.From > 0)
                {
                    sql.Append(CultureInfo.InvariantCulture, $" and f.idx >= {span.Key.From}");
                }

                if (span.Key.Until is { } until)
                {
                    sql.Append(CultureInfo.InvariantCulture, $" and f.idx < {until}");
                }

                sql.Append(')');
            }

            sql.Append(')');
        }

        return sql.ToString();
    }

    private static async Task<List<Span>> SuccessorsAsync(
        NpgsqlDataSource database,
        string committee,
        CancellationToken cancellation
    )
    {
        var parts = committee.Split('/');
        await using var command = database.CreateCommand(
            """
            with recursive follows (slug, from_idx, until_idx) as (
              select $2::text, 0::bigint, null::bigint
              union
              select s, greatest(f.from_idx, c.from_idx), least(f.until_idx, c.until_idx)
              from follows f
              join feed.committee c on c.municipality = $1 and c.slug = f.slug
              cross join unnest(c.successors) s
              where c.from_idx < coalesce(f.until_idx, c.from_idx + 1) and f.from_idx < coalesce(c.until_idx, f.from_idx + 1)
            )
            select slug, from_idx, until_idx from follows where slug <> $2
            """
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = parts[0] });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = parts[1] });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<Span> spans = [];
        while (await reader.ReadAsync(cancellation))
        {
            spans.Add(
                new Span(
                    Facet.Committee.Mark($"{parts[0]}/{reader.GetString(0)}"),
                    reader.GetInt64(1),
                    reader.IsDBNull(2) ? null : reader.GetInt64(2)
                )
            );
        }

        return spans;
    }

    // A mark counts from one index to before another.
    private sealed record Span(string Mark, long From, long? Until);
}
