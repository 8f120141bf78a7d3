using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Sources;
using Npgsql;
using NpgsqlTypes;
using Projections.Engine;

namespace Projections.Coverage;

/// <summary>Reads what became of sources.</summary>
/// <param name="database">Connections of the application's role.</param>
public sealed class CoverageReader(NpgsqlDataSource database)
{
    /// <summary>The coverage of a source; null when none of that name is on record.</summary>
    public async Task<SourceCoverage?> FindAsync(
        string slug,
        CancellationToken cancellation = default
    ) => (await ReadAsync(null, slug, cancellation)).SingleOrDefault();

    /// <summary>The coverage of a municipality's sources, by title.</summary>
    public async Task<IReadOnlyList<SourceCoverage>> ListAsync(
        string municipality,
        CancellationToken cancellation = default
    ) => await ReadAsync(municipality, null, cancellation);

    private async Task<IReadOnlyList<SourceCoverage>> ReadAsync(
        string? municipality,
        string? slug,
        CancellationToken cancellation
    )
    {
        // One round trip, one picture: the three answers are of the same state.
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead,
            cancellation
        );
        await using var batch = new NpgsqlBatch(connection);
        const string Which =
            "in (select slug from coverage.source where ($1 is null or municipality = $1) and ($2 is null or slug = $2))";
        foreach (
            var sql in (string[])
                [
                    $"select stream, events from coverage.source where slug {Which} order by slug",
                    $"select source, municipality, slug, title_de, title_en, chapter, first_line, last_line, status, facts, named, inferred from coverage.promise where source {Which} order by first_line, last_line, slug",
                    $"select source, municipality, slug, title_de, title_en, first_line, last_line from coverage.target where source {Which} order by first_line, last_line, slug",
                ]
        )
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.Add(Text(municipality));
            command.Parameters.Add(Text(slug));
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        List<(StreamKey Stream, Source Source)> sources = [];
        while (await reader.ReadAsync(cancellation))
        {
            var stream = StreamKey.Parse(reader.GetString(0));
            sources.Add((stream, Source.From(reader.History(1, stream))));
        }

        await reader.NextResultAsync(cancellation);
        List<CoveredPromise> promises = [];
        while (await reader.ReadAsync(cancellation))
        {
            promises.Add(Promise(reader));
        }

        await reader.NextResultAsync(cancellation);
        List<CoveredTarget> targets = [];
        while (await reader.ReadAsync(cancellation))
        {
            targets.Add(Target(reader));
        }

        return
        [
            .. sources
                .Select(s => new SourceCoverage(
                    s.Stream.Name,
                    s.Source,
                    s.Source.Registered!,
                    [.. promises.Where(p => p.Source == s.Stream.Name)],
                    [.. targets.Where(t => t.Source == s.Stream.Name)]
                ))
                .OrderBy(c => c.Registered.Title.De, StringComparer.Ordinal),
        ];
    }

    private static CoveredPromise Promise(NpgsqlDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            new Text(row.GetString(3), Optional(row, 4)),
            Optional(row, 5),
            new LineRange(row.GetInt32(6), row.GetInt32(7)),
            EnumNames.Parse<PromiseStatus>(row.GetString(8)),
            row.GetInt32(9),
            row.GetInt32(10),
            row.GetInt32(11)
        );

    private static CoveredTarget Target(NpgsqlDataReader row) =>
        new(
            row.GetString(0),
            Optional(row, 1),
            row.GetString(2),
            new Text(row.GetString(3), Optional(row, 4)),
            new LineRange(row.GetInt32(5), row.GetInt32(6))
        );

    private static string? Optional(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    private static NpgsqlParameter Text(string? value) =>
        new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
