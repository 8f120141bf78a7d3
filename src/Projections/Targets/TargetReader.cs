using Ledger.EventStore;
using Ledger.Recording;
using Ledger.Targets;
using Npgsql;
using NpgsqlTypes;
using Projections.Engine;

namespace Projections.Targets;

/// <summary>A target as lists show it.</summary>
/// <param name="Municipality">Null for a reference series.</param>
/// <param name="Promise">Name of the promise's stream that sets it.</param>
public sealed record TargetRow(
    string? Municipality,
    string Slug,
    Text Title,
    string? Promise,
    Direction Direction,
    int? Year,
    int Measurements,
    bool IsAssessable
);

/// <summary>Reads the histories of targets.</summary>
/// <param name="database">Connections of the application's role.</param>
public sealed class TargetReader(NpgsqlDataSource database)
{
    /// <summary>The target with all its events; null when there is none of that name.</summary>
    public async Task<Target?> FindAsync(StreamKey target, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            "select events from targets.target where stream = $1"
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = target.ToString() });
        return await StoredHistory.ReadOneAsync(command, target, cancellation) is { } events
            ? Target.From(events)
            : null;
    }

    /// <summary>The histories of targets and reference series, stream by stream.</summary>
    public IAsyncEnumerable<StreamHistory> HistoriesAsync(
        CancellationToken cancellation = default
    ) =>
        StoredHistory.ReadAllAsync(
            database.CreateCommand("select stream, events from targets.target order by stream"),
            cancellation
        );

    /// <summary>A municipality's targets, those with measurements first; for null the reference series.</summary>
    public Task<IReadOnlyList<TargetRow>> ListAsync(
        string? municipality,
        CancellationToken cancellation = default
    ) => ListAsync("municipality is not distinct from $1", municipality, cancellation);

    /// <summary>The targets that a promise sets.</summary>
    /// <param name="promise">Name of the promise's stream.</param>
    public Task<IReadOnlyList<TargetRow>> OfPromiseAsync(
        string promise,
        CancellationToken cancellation = default
    ) => ListAsync("promise = $1", promise, cancellation);

    private async Task<IReadOnlyList<TargetRow>> ListAsync(
        string condition,
        string? value,
        CancellationToken cancellation
    )
    {
        await using var command = database.CreateCommand(
            $"""
            select municipality, slug, title_de, title_en, promise, direction, year, measurements, assessable
            from targets.target where {condition} order by measurements > 0 desc, title_de
            """
        );
        command.Parameters.Add(
            new NpgsqlParameter
            {
                Value = (object?)value ?? DBNull.Value,
                NpgsqlDbType = NpgsqlDbType.Text,
            }
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<TargetRow> rows = [];
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(
                new TargetRow(
                    reader.IsDBNull(0) ? null : reader.GetString(0),
                    reader.GetString(1),
                    new Text(reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3)),
                    reader.IsDBNull(4) ? null : reader.GetString(4),
                    EnumNames.Parse<Direction>(reader.GetString(5)),
                    reader.IsDBNull(6) ? null : reader.GetInt32(6),
                    reader.GetInt32(7),
                    reader.GetBoolean(8)
                )
            );
        }

        return rows;
    }
}
