using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Npgsql;
using NpgsqlTypes;
using Projections.Feed;

namespace Projections.Deadlines;

/// <summary>A deadline that a source sets.</summary>
/// <param name="Town">The municipality's name.</param>
/// <param name="Day">Its last day.</param>
/// <param name="MovedTo">Where those responsible have moved it since; the source's own stays the deadline.</param>
/// <param name="Cancelled">It holds no more, or the promise is no longer pursued, or another committee than those asked for answers for it now.</param>
/// <param name="Sequence">How often it was moved, cancelled or handed over.</param>
/// <param name="Since">When it was recorded first.</param>
/// <param name="Changed">When anything of it changed last.</param>
public sealed record DeadlineRow(
    StreamKey Stream,
    string Municipality,
    string Town,
    string Slug,
    string Title,
    string Topic,
    Edtf Due,
    DeadlineBasis Basis,
    DateOnly Day,
    Edtf? MovedTo,
    PromiseStatus Status,
    bool Cancelled,
    int Sequence,
    DateTimeOffset Since,
    DateTimeOffset Changed
);

/// <summary>A council's term that ends on a day.</summary>
public sealed record TermRow(string Municipality, string Town, string Term, Edtf Ended);

/// <summary>Reads deadlines.</summary>
/// <param name="database">Connections of the application's role.</param>
public sealed class DeadlineReader(NpgsqlDataSource database)
{
    /// <summary>The facets by which deadlines can be filtered.</summary>
    public static IReadOnlyList<Facet> Facets { get; } =
    [Facet.Municipality, Facet.Committee, Facet.Promise, Facet.Topic, Facet.Proponent];

    private const string Columns =
        "d.stream, d.municipality, coalesce(c.name, d.municipality), d.slug, d.title_de, d.topic, d.due, d.due_basis, d.day, d.moved_to, d.status, ";

    /// <summary>Deadlines by day. A committee's go over to the committees that took over from it.</summary>
    public async Task<IReadOnlyList<DeadlineRow>> ListAsync(
        FeedFilter filter,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            $"""
            with recursive answering (committee) as (
              select unnest($2)
              union
              select c.municipality || '/' || s from answering a
              join feed.committee c on c.municipality || '/' || c.slug = a.committee and c.until_idx is null
              cross join unnest(c.successors) s
            ), asked (committees) as (select array_agg(committee) from answering)
            select {Columns}
                   d.cancelled or (cardinality($2) > 0 and not exists (select from unnest(d.committees) k where d.municipality || '/' || k = any (a.committees))),
                   d.sequence, d.since, d.changed
            from deadlines.deadline d cross join asked a left join committees.council c using (municipality)
            where (cardinality($1) = 0 or d.municipality = any ($1))
              and (cardinality($2) = 0 or exists (select from unnest(d.committees || d.left_by) k where d.municipality || '/' || k = any (a.committees)))
              and (cardinality($3) = 0 or d.stream = any ($3))
              and (cardinality($4) = 0 or d.topic = any ($4))
              and (cardinality($5) = 0 or exists (select from unnest(d.proponents) p where lower(p) = any ($5)))
            order by d.day, d.stream
            """
        );
        Texts(command, filter[Facet.Municipality]);
        Texts(command, filter[Facet.Committee]);
        Texts(command, filter[Facet.Promise].Select(p => $"promise:{p}"));
        Texts(command, filter[Facet.Topic]);
        Texts(command, filter[Facet.Proponent].Select(p => p.ToLowerInvariant()));
        return await ReadAsync(command, cancellation);
    }

    /// <summary>Deadlines whose last day is that day, of promises that are not closed.</summary>
    public async Task<IReadOnlyList<DeadlineRow>> OnAsync(
        DateOnly day,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            $"""
            select {Columns} d.cancelled, d.sequence, d.since, d.changed
            from deadlines.deadline d left join committees.council c using (municipality)
            where d.day = $1 and not d.cancelled order by d.stream
            """
        );
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
        return [.. (await ReadAsync(command, cancellation)).Where(d => !d.Status.IsClosed())];
    }

    /// <summary>Terms that are over on that day at the latest.</summary>
    public async Task<IReadOnlyList<TermRow>> TermsEndingAsync(
        DateOnly day,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            """
            select t.municipality, c.name, t.slug, t.ended from committees.term t join committees.council c using (stream)
            where t.last_day = $1 order by t.slug
            """
        );
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<TermRow> terms = [];
        while (await reader.ReadAsync(cancellation))
        {
            terms.Add(
                new TermRow(
                    reader.GetString(0),
                    reader.GetString(1),
                    reader.GetString(2),
                    Edtf.Parse(reader.GetString(3))
                )
            );
        }

        return terms;
    }

    private static async Task<IReadOnlyList<DeadlineRow>> ReadAsync(
        NpgsqlCommand command,
        CancellationToken cancellation
    )
    {
        await using var row = await command.ExecuteReaderAsync(cancellation);
        List<DeadlineRow> deadlines = [];
        while (await row.ReadAsync(cancellation))
        {
            deadlines.Add(
                new DeadlineRow(
                    StreamKey.Parse(row.GetString(0)),
                    row.GetString(1),
                    row.GetString(2),
                    row.GetString(3),
                    row.GetString(4),
                    row.GetString(5),
                    Edtf.Parse(row.GetString(6)),
                    EnumNames.Parse<DeadlineBasis>(row.GetString(7)),
                    row.GetFieldValue<DateOnly>(8),
                    row.IsDBNull(9) ? null : Edtf.Parse(row.GetString(9)),
                    EnumNames.Parse<PromiseStatus>(row.GetString(10)),
                    row.GetBoolean(11),
                    row.GetInt32(12),
                    row.GetFieldValue<DateTimeOffset>(13),
                    row.GetFieldValue<DateTimeOffset>(14)
                )
            );
        }

        return deadlines;
    }

    private static void Texts(NpgsqlCommand command, IEnumerable<string> values) =>
        command.Parameters.Add(
            new NpgsqlParameter
            {
                Value = values.ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
            }
        );
}
