using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Npgsql;
using Projections.Engine;

namespace Projections.Committees;

/// <summary>A committee with the number of promises it answers for.</summary>
public sealed record CommitteeRow(
    string Municipality,
    string Slug,
    string Name,
    string? Code,
    string? Term,
    bool Dissolved,
    IReadOnlyList<string> Successors,
    int Promises,
    IReadOnlyDictionary<PromiseStatus, int> ByStatus
);

/// <summary>A promise as a committee's page shows it.</summary>
/// <param name="DueBinding">Last day of a deadline that the source itself sets.</param>
/// <param name="LastEvent">Latest day on which something but the promise itself is known to have happened.</param>
public sealed record ResponsibilityRow(
    string Slug,
    Text Title,
    ResponsibilityBasis Basis,
    PromiseStatus Status,
    Edtf? Since,
    Edtf? Due,
    DeadlineBasis DueBasis,
    DateOnly? DueBinding,
    string? Term,
    DateOnly? LastEvent
)
{
    /// <summary>Whether a deadline that the source sets has passed on a day without a final status.</summary>
    public bool IsOverdue(DateOnly day) => DueBinding < day && !Status.IsClosed();
}

/// <summary>A municipality as lists show it.</summary>
public sealed record MunicipalityRow(string Slug, string Name, string Ags, string State);

/// <summary>Reads councils, their terms and committees, and what each committee answers for.</summary>
/// <param name="database">Connections of the application's role.</param>
public sealed class CommitteeReader(NpgsqlDataSource database)
{
    /// <summary>All municipalities on record, by name.</summary>
    public async Task<IReadOnlyList<MunicipalityRow>> MunicipalitiesAsync(
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            "select municipality, name, ags, state from committees.council order by name"
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<MunicipalityRow> rows = [];
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(
                new(
                    reader.GetString(0),
                    reader.GetString(1),
                    reader.GetString(2),
                    reader.GetString(3)
                )
            );
        }

        return rows;
    }

    /// <summary>A municipality's council with all its events; null when it is not on record.</summary>
    public async Task<Council?> FindCouncilAsync(
        string municipality,
        CancellationToken cancellation = default
    )
    {
        if (!StreamKey.TryParse($"council:{municipality}", out var stream))
        {
            return null;
        }

        await using var command = database.CreateCommand(
            "select events from committees.council where stream = $1"
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stream.ToString() });
        return await StoredHistory.ReadOneAsync(command, stream, cancellation) is { } events
            ? Council.From(events)
            : null;
    }

    /// <summary>The histories of councils, stream by stream.</summary>
    public IAsyncEnumerable<StreamHistory> CouncilHistoriesAsync(
        CancellationToken cancellation = default
    ) =>
        StoredHistory.ReadAllAsync(
            database.CreateCommand("select stream, events from committees.council order by stream"),
            cancellation
        );

    /// <summary>The committees of a municipality in the order of record.</summary>
    public async Task<IReadOnlyList<CommitteeRow>> ListAsync(
        string municipality,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            """
            select c.slug, c.name, c.code, c.term, c.dissolved, c.successors,
                   array_remove(array_agg(r.status), null)
            from committees.committee c
            left join committees.responsibility r on r.municipality = c.municipality and r.committee = c.slug
            where c.municipality = $1
            group by c.stream, c.slug order by c.position
            """
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = municipality });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<CommitteeRow> rows = [];
        while (await reader.ReadAsync(cancellation))
        {
            var statuses = reader.GetFieldValue<string[]>(6);
            rows.Add(
                new CommitteeRow(
                    municipality,
                    reader.GetString(0),
                    reader.GetString(1),
                    reader.IsDBNull(2) ? null : reader.GetString(2),
                    reader.IsDBNull(3) ? null : reader.GetString(3),
                    reader.GetBoolean(4),
                    reader.GetFieldValue<string[]>(5),
                    statuses.Length,
                    statuses
                        .GroupBy(s => s, StringComparer.Ordinal)
                        .ToDictionary(g => EnumNames.Parse<PromiseStatus>(g.Key), g => g.Count())
                )
            );
        }

        return rows;
    }

    /// <summary>What a committee answers for, by title.</summary>
    public async Task<IReadOnlyList<ResponsibilityRow>> ResponsibilitiesAsync(
        string municipality,
        string committee,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            """
            select slug, title_de, title_en, basis, status, since, due, due_basis, due_binding, term, last_event
            from committees.responsibility where municipality = $1 and committee = $2 order by title_de
            """
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = municipality });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = committee });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<ResponsibilityRow> rows = [];
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(
                new ResponsibilityRow(
                    reader.GetString(0),
                    new Text(reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2)),
                    EnumNames.Parse<ResponsibilityBasis>(reader.GetString(3)),
                    EnumNames.Parse<PromiseStatus>(reader.GetString(4)),
                    reader.IsDBNull(5) ? null : Edtf.Parse(reader.GetString(5)),
                    reader.IsDBNull(6) ? null : Edtf.Parse(reader.GetString(6)),
                    EnumNames.Parse<DeadlineBasis>(reader.GetString(7)),
                    reader.IsDBNull(8) ? null : reader.GetFieldValue<DateOnly>(8),
                    reader.IsDBNull(9) ? null : reader.GetString(9),
                    reader.IsDBNull(10) ? null : reader.GetFieldValue<DateOnly>(10)
                )
            );
        }

        return rows;
    }
}
