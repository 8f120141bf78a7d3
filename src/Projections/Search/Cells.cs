using Npgsql;
using NpgsqlTypes;

namespace Projections.Search;

/// <summary>All that a list is narrowed by. Committees and proponents are parted by line ends.</summary>
internal sealed record Cell(
    string Municipality,
    string Status,
    bool Closed,
    string Topic,
    string Source,
    string Committees,
    string Proponents,
    DateOnly? DueBinding
);

/// <summary>By how much the numbers of promises that are alike change with a batch of promises.</summary>
internal sealed class Cells
{
    private readonly Dictionary<Cell, int> _changes = [];

    public void Count(Cell cell, int by) => _changes[cell] = _changes.GetValueOrDefault(cell) + by;

    /// <summary>Adds them to the table; what is empty goes, so that a rebuild comes to the same rows.</summary>
    public async Task AddAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var changes = _changes.Where(c => c.Value != 0).ToList();
        if (changes.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(
            """
            insert into cell as c (municipality, status, closed, topic, source, committees, proponents, due_binding, uses)
            select municipality, status, closed, topic, source, string_to_array(committees, e'\n'), string_to_array(proponents, e'\n'), due, uses
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) n (municipality, status, closed, topic, source, committees, proponents, due, uses)
            on conflict (municipality, status, closed, topic, source, committees, proponents, due_binding)
              do update set uses = c.uses + excluded.uses
            """,
            connection
        );
        Column(NpgsqlDbType.Text, c => c.Municipality);
        Column(NpgsqlDbType.Text, c => c.Status);
        Column(NpgsqlDbType.Boolean, c => c.Closed);
        Column(NpgsqlDbType.Text, c => c.Topic);
        Column(NpgsqlDbType.Text, c => c.Source);
        Column(NpgsqlDbType.Text, c => c.Committees);
        Column(NpgsqlDbType.Text, c => c.Proponents);
        Column(NpgsqlDbType.Date, c => c.DueBinding);
        command.Parameters.Add(
            new NpgsqlParameter<int[]> { TypedValue = [.. changes.Select(c => c.Value)] }
        );
        await command.ExecuteNonQueryAsync(cancellation);
        if (changes.Exists(c => c.Value < 0))
        {
            await using var sweep = new NpgsqlCommand(
                "delete from cell where uses = 0",
                connection
            );
            await sweep.ExecuteNonQueryAsync(cancellation);
        }

        void Column<T>(NpgsqlDbType type, Func<Cell, T> value) =>
            command.Parameters.Add(
                new NpgsqlParameter
                {
                    Value = changes.Select(c => value(c.Key)).ToArray(),
                    NpgsqlDbType = NpgsqlDbType.Array | type,
                }
            );
    }
}
