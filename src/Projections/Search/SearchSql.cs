using System.Globalization;
using Npgsql;

namespace Projections.Search;

/// <summary>The two statements of a search: what there is to choose, and the page.</summary>
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

    /// <summary>
    /// Rows of kind, value and count: the total, all there are without any condition, and each choice counted under all conditions but its own.
    /// Promises that are alike are counted together, once; without a text they are counted already.
    /// </summary>
    public string Counts() =>
        $"""
            with cell as materialized (
              {(_text is null
                ? $"select {Alike}, uses from search.cell where municipality = {_municipality}"
                : $"select {Alike}, count(*)::int as uses from search.promise where municipality = {_municipality} and {Found} group by {Alike}")}
            )
            select 'everything', '', coalesce(sum(uses), 0)::int from search.cell where municipality = {_municipality}
            union all select 'all', '', coalesce(sum(uses), 0)::int from cell where {All()}
            union all {Choices("status", "status")}
            union all {Choices("topic", "topic")}
            union all {Choices("source", "source")}
            union all {Choices("committee", "c", ", unnest(committees) c")}
            union all {Choices("proponent", "p", ", unnest(proponents) p")}
            union all {Choices("deadline", $"coalesce(extract(year from due_binding)::text, '{SearchProjection.NoDeadline}')")}
            union all select 'deadline', '{SearchReader.Overdue}', coalesce(sum(uses), 0)::int from cell where {All(
                "deadline"
            )} and {OverdueSql}
            """;

    /// <summary>The streams of a page, in the order of their sources or best first.</summary>
    public string Page(bool ranked, int offset, int limit)
    {
        var those = $"search.promise where municipality = {_municipality} and {All()}";
        const string BySource = "source, first_line, slug";
        var part = $"limit {Number(limit)} offset {Number(offset)}";
        return _text is null ? $"select stream from {those} order by {BySource} {part}"
            : ranked
                ? $"select stream from {those} and {Found} order by ts_rank(document, (select to_tsquery('german', {_text}))) desc, {BySource} {part}"
            // Thousands have the text: the first of them come soon in the order of the index, and nobody has to sort them all.
            : $"select stream from (select stream, document from {those} order by {BySource} offset 0) inorder where {Found} {part}";
    }

    private const string Alike =
        "status, closed, topic, source, committees, proponents, due_binding";

    private string Found => $"document @@ (select to_tsquery('german', {_text}))";

    private string Choices(string kind, string value, string from = "") =>
        $"select '{kind}', {value}, sum(uses)::int from cell{from} where {All(kind)} group by 2";

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
