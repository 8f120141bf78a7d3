using System.Globalization;
using Npgsql;

namespace Projections.Search;

/// <summary>The one statement of a search: rows of kind, value and count, for the page, the total and every choice.</summary>
internal sealed class SearchSql
{
    private readonly NpgsqlCommand _command;
    private readonly string _municipality;
    private readonly string? _text;
    private readonly string _today;
    private readonly List<(string Kind, string Condition)> _conditions = [];

    public SearchSql(NpgsqlCommand command, SearchQuery query, string? text, DateOnly today)
    {
        _command = command;
        _municipality = Parameter(query.Municipality);
        _text = text is null ? null : Parameter(text);
        _today = $"{Parameter(today)}::date";
        Narrow("status", query.Status, p => $"status = {p}");
        Narrow("topic", query.Topic, p => $"topic = {p}");
        Narrow("source", query.Source, p => $"source = {p}");
        Narrow("committee", query.Committee, p => $"{p} = any (committees)");
        Narrow("proponent", query.Proponent, p => $"{p} = any (proponents)");
        switch (query.Deadline)
        {
            case null:
                break;
            case SearchProjection.NoDeadline:
                _conditions.Add(("deadline", "due_binding is null"));
                break;
            case SearchReader.Overdue:
                _conditions.Add(("deadline", OverdueSql));
                break;
            case var year:
                Narrow("deadline", year, p => $"extract(year from due_binding)::text = {p}");
                break;
        }
    }

    private string OverdueSql => $"(due_binding < {_today} and not closed)";

    /// <summary>Nothing asked for: the counts are kept.</summary>
    public string Everything(int offset, int limit) =>
        $"""
            select kind, value, uses from search.tally where municipality = {_municipality} and kind <> 'word'
            union all
            select 'deadline', '{SearchReader.Overdue}', count(*)::int from search.promise where municipality = {_municipality} and {OverdueSql}
            union all
            (select 'hit', stream, 0 from search.promise where municipality = {_municipality}
             order by source, first_line, slug limit {Number(limit)} offset {Number(offset)})
            """;

    /// <summary>What the text finds, once; then each choice counted under all conditions but its own.</summary>
    public string Narrowed(int offset, int limit)
    {
        var found = _text is null ? "" : $" and document @@ (select to_tsquery('german', {_text}))";
        var rank = _text is null
            ? "0"
            : $"ts_rank(document, (select to_tsquery('german', {_text})))";
        return $"""
            with found as materialized (
              select stream, source, first_line, slug, status, closed, topic, committees, proponents, due_binding, {rank} as rank
              from search.promise where municipality = {_municipality}{found}
            )
            select 'all', '', count(*)::int from found where {All()}
            union all select 'status', status, count(*)::int from found where {All(
                "status"
            )} group by 2
            union all select 'topic', topic, count(*)::int from found where {All(
                "topic"
            )} group by 2
            union all select 'source', source, count(*)::int from found where {All(
                "source"
            )} group by 2
            union all select 'committee', c, count(*)::int from found, unnest(committees) c where {All(
                "committee"
            )} group by 2
            union all select 'proponent', p, count(*)::int from found, unnest(proponents) p where {All(
                "proponent"
            )} group by 2
            union all select 'deadline', coalesce(extract(year from due_binding)::text, '{SearchProjection.NoDeadline}'), count(*)::int
                      from found where {All("deadline")} group by 2
            union all select 'deadline', '{SearchReader.Overdue}', count(*)::int from found where {All(
                "deadline"
            )} and {OverdueSql}
            union all (select 'hit', stream, 0 from found where {All()}
                       order by rank desc, source, first_line, slug limit {Number(
                limit
            )} offset {Number(offset)})
            """;
    }

    private void Narrow(string kind, string? value, Func<string, string> condition)
    {
        if (value is not null)
        {
            _conditions.Add((kind, condition(Parameter(value))));
        }
    }

    private string All(string? but = null) =>
        string.Join(" and ", _conditions.Where(c => c.Kind != but).Select(c => c.Condition))
            is { Length: > 0 } conditions
            ? conditions
            : "true";

    private string Parameter<T>(T value)
    {
        _command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return $"${_command.Parameters.Count.ToString(CultureInfo.InvariantCulture)}";
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
