using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Npgsql;
using NpgsqlTypes;
using Projections.Committees;
using Projections.Timelines;

namespace Projections.Past;

/// <summary>A promise at some moment, as lists and committees show it.</summary>
/// <param name="Row">With the status by what had happened.</param>
/// <param name="Responsible">Who answered for it.</param>
/// <param name="LastEvent">Latest day on which something but the promise itself is known to have happened.</param>
public sealed record PastPromise(
    PromiseRow Row,
    IReadOnlyList<string> Proponents,
    IReadOnlyList<Responsibility> Responsible,
    DateOnly? LastEvent
)
{
    internal PastPromise On(PastStep step) =>
        this with
        {
            Row = Row with
            {
                Status = step.Status,
                Since = step.Since,
                Committees = [.. step.Committees.Select(c => c.Committee)],
            },
            Responsible = step.Committees,
            LastEvent = step.LastEvent,
        };

    /// <summary>As a committee's page shows it.</summary>
    /// <param name="committee">One of those that answer for it.</param>
    public ResponsibilityRow For(string committee) =>
        new(
            Row.Slug,
            Row.Title,
            Responsible.First(r => r.Committee == committee).Basis,
            Row.Status,
            Row.Since,
            Row.Due,
            Row.DueBasis,
            Row.DueBinding,
            Row.Term,
            LastEvent
        );
}

/// <summary>Reads how promises stood at some moment, on both axes.</summary>
/// <param name="database">Connections of the application's role.</param>
public sealed class PastReader(NpgsqlDataSource database)
{
    // A state that still stands reaches beyond every index.
    private const long Newest = long.MaxValue - 1;

    private const string Columns =
        "municipality, slug, title_de, title_en, topic, status, since, due, due_basis, due_binding, term, committees, bases, proponents, last_event, source, chapter, tier, corrected, last_index, last_recorded, event_count, first_line";

    /// <summary>The promises as they stood, in the order of their sources.</summary>
    /// <param name="municipality">Null = of all.</param>
    /// <param name="stand">Last log index that counts; null = all that is recorded.</param>
    /// <param name="zum">Last day that counts of what happened; promises that were made later are left out. Null = all that happened.</param>
    /// <param name="query">A text search in PostgreSQL's own form; null = any text.</param>
    public Task<IReadOnlyList<PastPromise>> ListAsync(
        string? municipality,
        long? stand,
        DateOnly? zum,
        string? query = null,
        CancellationToken cancellation = default
    ) => ReadAsync(municipality, null, stand, zum, query, cancellation);

    /// <summary>The promises as they stood on each of several days by what had happened, read once.</summary>
    /// <param name="days">Last days that count.</param>
    /// <returns>A list for each day, in the order of the sources.</returns>
    /// <inheritdoc cref="ListAsync" path="/param"/>
    public Task<IReadOnlyList<IReadOnlyList<PastPromise>>> ListOnAsync(
        string? municipality,
        long? stand,
        IReadOnlyList<DateOnly> days,
        CancellationToken cancellation = default
    ) => ReadAsync(municipality, null, stand, days, null, cancellation);

    /// <summary>The promises of these streams as they stood, as far as they were on record.</summary>
    /// <inheritdoc cref="ListAsync" path="/param"/>
    public Task<IReadOnlyList<PastPromise>> NamedAsync(
        IReadOnlyCollection<StreamKey> promises,
        long? stand,
        DateOnly? zum,
        CancellationToken cancellation = default
    ) => ReadAsync(null, promises, stand, zum, null, cancellation);

    /// <summary>The day on which the first promise of a municipality was made; null when none was.</summary>
    /// <inheritdoc cref="ListAsync" path="/param"/>
    public async Task<DateOnly?> FirstDayAsync(
        string municipality,
        long? stand,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            "select min(made) from past.promise where period @> $1 and municipality = $2"
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = stand ?? Newest });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = municipality });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return reader.IsDBNull(0) ? null : reader.GetFieldValue<DateOnly>(0);
    }

    private async Task<IReadOnlyList<PastPromise>> ReadAsync(
        string? municipality,
        IReadOnlyCollection<StreamKey>? streams,
        long? stand,
        DateOnly? zum,
        string? query,
        CancellationToken cancellation
    ) =>
        (
            await ReadAsync(
                municipality,
                streams,
                stand,
                zum is { } day ? [day] : [],
                query,
                cancellation
            )
        )[0];

    // Without a day: as they stood by all that had happened.
    private async Task<IReadOnlyList<IReadOnlyList<PastPromise>>> ReadAsync(
        string? municipality,
        IReadOnlyCollection<StreamKey>? streams,
        long? stand,
        IReadOnlyList<DateOnly> days,
        string? query,
        CancellationToken cancellation
    )
    {
        // The steps are long and only the occurred axis needs them.
        await using var command = database.CreateCommand(
            $"""
            select {Columns}, {(days.Count == 0 ? "null" : "steps")} from past.promise
            where period @> $1 and ($2 is null or municipality = $2) and ($3 is null or stream = any ($3))
              and ($4 is null or to_tsvector('german', words) @@ to_tsquery('german', $4))
            order by municipality, source, first_line, slug
            """
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = stand ?? Newest });
        Nullable(municipality, NpgsqlDbType.Text);
        Nullable(
            streams?.Select(s => s.ToString()).ToArray(),
            NpgsqlDbType.Array | NpgsqlDbType.Text
        );
        Nullable(query, NpgsqlDbType.Text);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<PastPromise>[] found =
        [
            .. Enumerable.Range(0, Math.Max(1, days.Count)).Select(_ => new List<PastPromise>()),
        ];
        while (await reader.ReadAsync(cancellation))
        {
            var promise = Read(reader);
            if (days.Count == 0)
            {
                found[0].Add(promise);
                continue;
            }

            var steps = PastStep.Read(reader.GetFieldValue<byte[]>(23));
            for (var i = 0; i < days.Count; i++)
            {
                if (PastStep.On(steps, days[i]) is { } step)
                {
                    found[i].Add(promise.On(step));
                }
            }
        }

        return found;

        void Nullable(object? value, NpgsqlDbType type) =>
            command.Parameters.Add(
                new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type }
            );
    }

    private static PastPromise Read(NpgsqlDataReader reader)
    {
        var committees = reader.GetFieldValue<string[]>(11);
        var bases = reader.GetFieldValue<string[]>(12);
        return new PastPromise(
            new PromiseRow(
                reader.GetString(0),
                reader.GetString(1),
                new Text(reader.GetString(2), Optional(3)),
                reader.GetString(4),
                EnumNames.Parse<PromiseStatus>(reader.GetString(5)),
                Optional(6) is { } since ? Edtf.Parse(since) : null,
                Optional(7) is { } due ? Edtf.Parse(due) : null,
                EnumNames.Parse<DeadlineBasis>(reader.GetString(8)),
                reader.IsDBNull(9) ? null : reader.GetFieldValue<DateOnly>(9),
                Optional(10),
                committees,
                reader.GetString(15),
                Optional(16),
                EnumNames.Parse<Tier>(reader.GetString(17)),
                reader.GetBoolean(18),
                reader.GetInt64(19),
                reader.GetFieldValue<DateTimeOffset>(20),
                reader.GetInt32(21),
                reader.GetInt32(22)
            ),
            reader.GetFieldValue<string[]>(13),
            [
                .. committees.Zip(
                    bases,
                    (c, b) => new Responsibility(c, EnumNames.Parse<ResponsibilityBasis>(b))
                ),
            ],
            reader.IsDBNull(14) ? null : reader.GetFieldValue<DateOnly>(14)
        );

        string? Optional(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }
}
