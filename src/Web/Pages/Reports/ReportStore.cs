using Npgsql;
using NpgsqlTypes;

namespace Web.Pages.Reports;

/// <summary>A report as the operator reads it.</summary>
public sealed record StoredReport(
    long Id,
    DateTimeOffset Received,
    ErrorReport Report,
    DateTimeOffset? Closed
);

/// <summary>Where readers' reports wait.</summary>
/// <param name="database">Connections of the application's role.</param>
public sealed class ReportStore(NpgsqlDataSource database)
{
    /// <summary>Of all readers together: a flood must not fill the disk.</summary>
    public const int MostADay = 500;

    /// <summary>Stores a report.</summary>
    /// <returns>False when too many came in the last day.</returns>
    public async Task<bool> AddAsync(ErrorReport report, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            $"""
            insert into ledger.report (page, problem, evidence, contact) select $1, $2, $3, $4
            where (select count(*) from ledger.report where received > clock_timestamp() - interval '1 day') < {MostADay}
            """
        );
        Text(report.Page);
        Text(report.Problem);
        Text(report.Evidence);
        Text(report.Contact);
        return await command.ExecuteNonQueryAsync(cancellation) == 1;

        void Text(string? value) =>
            command.Parameters.Add(
                new NpgsqlParameter
                {
                    Value = (object?)value ?? DBNull.Value,
                    NpgsqlDbType = NpgsqlDbType.Text,
                }
            );
    }

    /// <summary>The reports, oldest first.</summary>
    public async Task<IReadOnlyList<StoredReport>> ListAsync(
        bool all,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            "select id, received, page, problem, evidence, contact, closed from ledger.report where $1 or closed is null order by id"
        );
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = all });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<StoredReport> reports = [];
        while (await reader.ReadAsync(cancellation))
        {
            reports.Add(
                new StoredReport(
                    reader.GetInt64(0),
                    reader.GetFieldValue<DateTimeOffset>(1),
                    new ErrorReport(
                        reader.GetString(2),
                        reader.GetString(3),
                        reader.IsDBNull(4) ? null : reader.GetString(4),
                        reader.IsDBNull(5) ? null : reader.GetString(5)
                    ),
                    reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6)
                )
            );
        }

        return reports;
    }

    /// <summary>Closes a report and forgets the address it came with.</summary>
    /// <returns>False when there is no open one of that number.</returns>
    public async Task<bool> CloseAsync(long id, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            "update ledger.report set closed = clock_timestamp(), contact = null where id = $1 and closed is null"
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }
}
