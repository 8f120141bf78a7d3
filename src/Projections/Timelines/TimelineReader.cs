using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Sources;
using Npgsql;
using NpgsqlTypes;
using Projections.Engine;

namespace Projections.Timelines;

/// <summary>A promise as lists show it.</summary>
/// <param name="Slug">Last part of its address.</param>
/// <param name="Since">When what led to the status happened; null = nothing did, or the day is unknown.</param>
/// <param name="DueBinding">Last day of a deadline that the source itself sets.</param>
/// <param name="LastIndex">Log index of its newest event.</param>
public sealed record PromiseRow(
    string Municipality,
    string Slug,
    Text Title,
    string Topic,
    PromiseStatus Status,
    Edtf? Since,
    Edtf? Due,
    DeadlineBasis DueBasis,
    DateOnly? DueBinding,
    string? Term,
    IReadOnlyList<string> Committees,
    string Source,
    string? Chapter,
    Tier Tier,
    bool Corrected,
    long LastIndex,
    DateTimeOffset LastRecorded,
    int Events,
    int FirstLine
)
{
    /// <summary>The row as it was by an earlier state of the record, or by what had happened up to a day.</summary>
    public static PromiseRow Of(StreamHistory history, DateOnly day)
    {
        var (promise, first) = history.FoldPromise();
        var (status, reason) = promise.StatusBy(day);
        return new PromiseRow(
            first.Municipality,
            Addresses.Slug(history.Stream, first.Municipality),
            first.Title,
            first.Topic,
            status,
            reason?.Body.Occurred,
            first.Deadline.Date,
            first.Deadline.Basis,
            first.Deadline.Binds ? first.Deadline.Date?.LatestDay : null,
            first.Term,
            [.. promise.Committees.Select(c => c.Committee)],
            first.SourceRef!.Source,
            first.Chapter,
            first.Tier,
            promise.IsCorrected,
            history.Events[^1].Index,
            history.Events[^1].Recorded,
            history.Events.Count,
            first.SourceRef.Locator.From
        );
    }

    /// <summary>Whether a deadline that the source sets has passed on a day without a final status.</summary>
    public bool IsOverdue(DateOnly day) => DueBinding < day && !Status.IsClosed();
}

/// <summary>Narrows a list of promises; null = any.</summary>
public sealed record PromiseFilter(
    string? Municipality = null,
    PromiseStatus? Status = null,
    string? Topic = null,
    string? Source = null,
    string? Committee = null,
    string? Text = null
)
{
    /// <summary>The same filter for rows that were folded from the past.</summary>
    public bool Lets(PromiseRow row) =>
        (Municipality is null || row.Municipality == Municipality)
        && (Status is null || row.Status == Status)
        && (Topic is null || row.Topic == Topic)
        && (Source is null || row.Source == Source)
        && (Committee is null || row.Committees.Contains(Committee, StringComparer.Ordinal))
        && (
            string.IsNullOrEmpty(Text)
            || row.Title.De.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || row.Title.En?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true
        );
}

/// <summary>Reads the timelines.</summary>
/// <param name="database">Connections of the application's role.</param>
public sealed class TimelineReader(NpgsqlDataSource database)
{
    private const string Columns =
        "municipality, slug, title_de, title_en, topic, status, since, due, due_basis, due_binding, term, committees, source, chapter, tier, corrected, last_index, last_recorded, event_count, first_line";

    /// <summary>Everybody who promised something, in the words of the sources.</summary>
    public async Task<IReadOnlyList<string>> ProponentsAsync(
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            "select distinct unnest(proponents) from timelines.promise order by 1"
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<string> proponents = [];
        while (await reader.ReadAsync(cancellation))
        {
            proponents.Add(reader.GetString(0));
        }

        return proponents;
    }

    /// <summary>The promise with all its events; null when there is none of that name.</summary>
    public async Task<Promise?> FindAsync(
        StreamKey promise,
        CancellationToken cancellation = default
    ) =>
        await EventsAsync("promise", promise, cancellation) is { } events
            ? Promise.From(events)
            : null;

    /// <summary>The source with all its events; null when there is none of that name.</summary>
    public async Task<Source?> FindSourceAsync(
        StreamKey source,
        CancellationToken cancellation = default
    ) =>
        await EventsAsync("source", source, cancellation) is { } events
            ? Source.From(events)
            : null;

    /// <summary>Promises in the order of their sources.</summary>
    public async Task<IReadOnlyList<PromiseRow>> ListAsync(
        PromiseFilter filter,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            $"""
            select {Columns} from timelines.promise
            where ($1 is null or municipality = $1) and ($2 is null or status = $2) and ($3 is null or topic = $3)
              and ($4 is null or source = $4) and ($5 is null or $5 = any (committees))
              and ($6 is null or title_de ilike $6 or title_en ilike $6)
            order by municipality, source, first_line, slug
            """
        );
        Text(command, filter.Municipality);
        Text(command, filter.Status is { } status ? EnumNames.Of(status) : null);
        Text(command, filter.Topic);
        Text(command, filter.Source);
        Text(command, filter.Committee);
        Text(command, filter.Text is { Length: > 0 } text ? $"%{Escaped(text)}%" : null);
        return await ListAsync(command, cancellation);
    }

    /// <summary>A page of promises in one of three orders, after the place where the page before ended.</summary>
    /// <param name="after">Sort keys of the last promise of the page before (<see cref="PromiseOrder.KeysOf"/>); null = the first page.</param>
    public async Task<IReadOnlyList<PromiseRow>> PageAsync(
        PromiseFilter filter,
        PromiseOrder order,
        IReadOnlyList<string>? after,
        int limit,
        CancellationToken cancellation = default
    )
    {
        var past = after is null ? "true" : order.PastSql;
        await using var command = database.CreateCommand(
            $"""
            select {Columns} from timelines.promise
            where ($1 is null or municipality = $1) and ($2 is null or status = $2) and ($3 is null or topic = $3)
              and ($4 is null or source = $4) and ($5 is null or $5 = any (committees))
              and ($6 is null or title_de ilike $6 or title_en ilike $6)
              and {past}
            order by {order.Sql} limit $7
            """
        );
        Text(command, filter.Municipality);
        Text(command, filter.Status is { } status ? EnumNames.Of(status) : null);
        Text(command, filter.Topic);
        Text(command, filter.Source);
        Text(command, filter.Committee);
        Text(command, filter.Text is { Length: > 0 } text ? $"%{Escaped(text)}%" : null);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        foreach (var key in after ?? [])
        {
            Text(command, key);
        }

        return await ListAsync(command, cancellation);
    }

    /// <summary>The histories of promises, stream by stream: for what a row does not hold, and for how it was before.</summary>
    /// <param name="municipality">Null = of all.</param>
    public IAsyncEnumerable<StreamHistory> PromiseHistoriesAsync(
        string? municipality,
        CancellationToken cancellation = default
    ) => HistoriesAsync("promise", municipality, cancellation);

    /// <summary>The histories of those promises of which an event of one of these types is on record, stream by stream.</summary>
    /// <param name="types">Names on the wire.</param>
    /// <inheritdoc cref="PromiseHistoriesAsync(string?, CancellationToken)" path="/param"/>
    public IAsyncEnumerable<StreamHistory> PromiseHistoriesAsync(
        string? municipality,
        IReadOnlyCollection<string> types,
        CancellationToken cancellation = default
    )
    {
        var command = database.CreateCommand(
            "select stream, events from timelines.promise where ($1 is null or municipality = $1) and types && $2 order by stream"
        );
        Text(command, municipality);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. types] });
        return StoredHistory.ReadAllAsync(command, cancellation);
    }

    /// <summary>The histories of sources, stream by stream.</summary>
    /// <inheritdoc cref="PromiseHistoriesAsync(string?, CancellationToken)" path="/param"/>
    public IAsyncEnumerable<StreamHistory> SourceHistoriesAsync(
        string? municipality,
        CancellationToken cancellation = default
    ) => HistoriesAsync("source", municipality, cancellation);

    private IAsyncEnumerable<StreamHistory> HistoriesAsync(
        string table,
        string? municipality,
        CancellationToken cancellation
    )
    {
        var command = database.CreateCommand(
            $"select stream, events from timelines.{table} where $1 is null or municipality = $1 order by stream"
        );
        Text(command, municipality);
        return StoredHistory.ReadAllAsync(command, cancellation);
    }

    /// <summary>The promises of these streams, as far as they are on record.</summary>
    public async Task<IReadOnlyList<PromiseRow>> NamedAsync(
        IReadOnlyCollection<StreamKey> promises,
        CancellationToken cancellation = default
    )
    {
        if (promises.Count == 0)
        {
            return [];
        }

        await using var command = database.CreateCommand(
            $"select {Columns} from timelines.promise where stream = any ($1)"
        );
        command.Parameters.Add(
            new NpgsqlParameter<string[]> { TypedValue = [.. promises.Select(p => p.ToString())] }
        );
        return await ListAsync(command, cancellation);
    }

    /// <summary>The promises with the newest entries, newest first.</summary>
    public async Task<IReadOnlyList<PromiseRow>> LatestAsync(
        string? municipality,
        int limit,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            $"""
            select {Columns} from timelines.promise
            where ($1 is null or municipality = $1) and event_count > 1
            order by last_index desc limit $2
            """
        );
        Text(command, municipality);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await ListAsync(command, cancellation);
    }

    /// <summary>How the promises of a municipality stand, counted.</summary>
    /// <param name="day">The day by which a deadline has passed or not.</param>
    public async Task<PromiseTally> TallyAsync(
        string municipality,
        DateOnly day,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            "select status, source, count(*)::int, (count(*) filter (where due_binding < $2))::int from timelines.promise where municipality = $1 group by 1, 2"
        );
        Text(command, municipality);
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<(PromiseStatus, string, int, int)> groups = [];
        while (await reader.ReadAsync(cancellation))
        {
            groups.Add(
                (
                    EnumNames.Parse<PromiseStatus>(reader.GetString(0)),
                    reader.GetString(1),
                    reader.GetInt32(2),
                    reader.GetInt32(3)
                )
            );
        }

        return PromiseTally.Of(groups);
    }

    /// <summary>Slug and title of each source of a municipality, oldest record first.</summary>
    public async Task<IReadOnlyList<(string Slug, Text Title)>> SourcesAsync(
        string municipality,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            "select slug, title_de, title_en from timelines.source where municipality = $1 order by slug"
        );
        Text(command, municipality);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<(string, Text)> sources = [];
        while (await reader.ReadAsync(cancellation))
        {
            sources.Add((reader.GetString(0), new Text(reader.GetString(1), Optional(reader, 2))));
        }

        return sources;
    }

    private async Task<IReadOnlyList<RecordedEvent>?> EventsAsync(
        string table,
        StreamKey stream,
        CancellationToken cancellation
    )
    {
        await using var command = database.CreateCommand(
            $"select events from timelines.{table} where stream = $1"
        );
        Text(command, stream.ToString());
        return await StoredHistory.ReadOneAsync(command, stream, cancellation);
    }

    private static async Task<IReadOnlyList<PromiseRow>> ListAsync(
        NpgsqlCommand command,
        CancellationToken cancellation
    )
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<PromiseRow> rows = [];
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(
                new PromiseRow(
                    reader.GetString(0),
                    reader.GetString(1),
                    new Text(reader.GetString(2), Optional(reader, 3)),
                    reader.GetString(4),
                    EnumNames.Parse<PromiseStatus>(reader.GetString(5)),
                    Optional(reader, 6) is { } since ? Edtf.Parse(since) : null,
                    Optional(reader, 7) is { } due ? Edtf.Parse(due) : null,
                    EnumNames.Parse<DeadlineBasis>(reader.GetString(8)),
                    reader.IsDBNull(9) ? null : reader.GetFieldValue<DateOnly>(9),
                    Optional(reader, 10),
                    reader.GetFieldValue<string[]>(11),
                    reader.GetString(12),
                    Optional(reader, 13),
                    EnumNames.Parse<Tier>(reader.GetString(14)),
                    reader.GetBoolean(15),
                    reader.GetInt64(16),
                    reader.GetFieldValue<DateTimeOffset>(17),
                    reader.GetInt32(18),
                    reader.GetInt32(19)
                )
            );
        }

        return rows;
    }

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);

    private static string? Optional(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    private static void Text(NpgsqlCommand command, string? value) =>
        command.Parameters.Add(
            new NpgsqlParameter
            {
                Value = (object?)value ?? DBNull.Value,
                NpgsqlDbType = NpgsqlDbType.Text,
            }
        );
}
