using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Npgsql;
using NpgsqlTypes;

namespace Projections.Feed;

/// <summary>
/// Reads sealed entries in index order. What a reader sees is always a beginning of the record: an entry is shown when it is sealed and its row
/// is written, and both happen in index order.
/// </summary>
/// <param name="database">Connections of the application's role.</param>
public sealed class FeedReader(NpgsqlDataSource database)
{
    private const string Entries = """
        select f.idx, f.id, f.recorded, f.stream, f.version, f.type, f.municipality, town.title_de, f.slug, f.title_de, f.title_en, l.entry,
               f.status_before, f.status_after, f.about, f.about_type, f.about_occurred,
               earlier.entry, f.other, o.municipality, o.slug, o.title_de, source.title_de,
               array(select coalesce(c.name, u.slug) from unnest(f.committees_before) u (slug) left join feed.committee c
                     on c.municipality = f.municipality and c.slug = u.slug and c.from_idx <= f.idx and f.idx < coalesce(c.until_idx, f.idx + 1)),
               array(select coalesce(c.name, u.slug) from unnest(f.committees_after) u (slug) left join feed.committee c
                     on c.municipality = f.municipality and c.slug = u.slug and c.from_idx <= f.idx and f.idx < coalesce(c.until_idx, f.idx + 1)),
              o.title_en
        from feed.entry f
        join ledger.log_entry l using (idx)
        left join ledger.log_index about on about.event_id = f.about
        left join ledger.log_entry earlier on earlier.idx = about.idx
        left join lateral (select n.title_de from feed.entry n
                           where n.stream = 'council:' || f.municipality and n.idx <= f.idx order by n.idx desc limit 1) town on true
        left join lateral (select n.title_de, n.title_en, n.municipality, n.slug from feed.entry n
                           where n.stream = f.other and n.idx <= f.idx order by n.idx desc limit 1) o on true
        left join lateral (select n.title_de from feed.entry n
                           where n.stream = 'source:' || f.source and n.idx <= f.idx order by n.idx desc limit 1) source on true
        """;

    /// <summary>Looks a filter's successors up.</summary>
    public Task<SettledFilter> SettleAsync(
        FeedFilter filter,
        CancellationToken cancellation = default
    ) => SettledFilter.OfAsync(filter, database, cancellation);

    /// <summary>How many entries of the record can be read here: the index that the next one will have.</summary>
    public async Task<long> EndAsync(CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            "select least((select size from ledger.log_tree), (select next from projections.progress where name = 'feed'))"
        );
        return await command.ExecuteScalarAsync(cancellation) is long end ? end : 0;
    }

    /// <summary>Matching entries from one index to before another, oldest first.</summary>
    public Task<IReadOnlyList<FeedEntry>> RangeAsync(
        SettledFilter filter,
        long from,
        long until,
        CancellationToken cancellation = default
    ) => ListAsync(filter, from, until, "f.idx", int.MaxValue, cancellation);

    /// <summary>The oldest matching entries from one index to before another, oldest first.</summary>
    public Task<IReadOnlyList<FeedEntry>> FromAsync(
        SettledFilter filter,
        long from,
        long until,
        int limit,
        CancellationToken cancellation = default
    ) => ListAsync(filter, from, until, "f.idx", limit, cancellation);

    /// <summary>The newest matching entries before an index, newest first.</summary>
    public Task<IReadOnlyList<FeedEntry>> NewestAsync(
        SettledFilter filter,
        long before,
        int limit,
        CancellationToken cancellation = default
    ) => ListAsync(filter, 0, before, "f.idx desc", limit, cancellation);

    /// <summary>The index of the matching entry at a place in the order newest first, before an index; null when there are not so many.</summary>
    /// <param name="place">0 = the newest.</param>
    public async Task<long?> IndexBeforeAsync(
        SettledFilter filter,
        long before,
        int place = 0,
        CancellationToken cancellation = default
    )
    {
        await using var command = Command(
            "select f.idx from feed.entry f join ledger.log_entry l using (idx)",
            filter,
            0,
            before,
            $"f.idx desc offset {place}",
            1
        );
        return (long?)await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>The index of the oldest matching entry from an index on; null when there is none yet.</summary>
    public async Task<long?> IndexFromAsync(
        SettledFilter filter,
        long from,
        CancellationToken cancellation = default
    )
    {
        await using var command = Command(
            "select f.idx from feed.entry f join ledger.log_entry l using (idx)",
            filter,
            from,
            long.MaxValue,
            "f.idx",
            1
        );
        return (long?)await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>How many entries match.</summary>
    public async Task<long> CountAsync(
        SettledFilter filter,
        CancellationToken cancellation = default
    )
    {
        await using var command = Command(
            "select count(*) from feed.entry f join ledger.log_entry l using (idx)",
            filter,
            0,
            long.MaxValue,
            "1",
            1
        );
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Matching entries as they are passed on, oldest first.</summary>
    /// <param name="filter">Null = every entry.</param>
    public async Task<IReadOnlyList<RawEntry>> RawAsync(
        SettledFilter? filter,
        long from,
        long until,
        int limit,
        CancellationToken cancellation = default
    )
    {
        await using var command = Command(
            "select f.idx, f.marks, l.entry from feed.entry f join ledger.log_entry l using (idx)",
            filter,
            from,
            until,
            "f.idx",
            limit
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<RawEntry> entries = [];
        while (await reader.ReadAsync(cancellation))
        {
            entries.Add(
                new RawEntry(
                    reader.GetInt64(0),
                    reader.GetFieldValue<string[]>(1),
                    reader.IsDBNull(2) ? null : reader.GetFieldValue<byte[]>(2)
                )
            );
        }

        return entries;
    }

    /// <summary>What a stream was called before an index; null when it was not on record.</summary>
    public async Task<Text?> TitleAsync(
        StreamKey stream,
        long before,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            "select title_de, title_en from feed.entry where stream = $1 and idx < $2 order by idx desc limit 1"
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stream.ToString() });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = before });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? new Text(row.GetString(0), Text(row, 1)) : null;
    }

    /// <summary>What a committee was called before an index; null when it was not on record.</summary>
    /// <param name="committee">As in <see cref="Facet.Committee"/>.</param>
    public async Task<string?> CommitteeAsync(
        string committee,
        long before,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            "select name from feed.committee where municipality || '/' || slug = $1 and from_idx < $2 order by from_idx desc limit 1"
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = committee });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = before });
        return (string?)await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>When the first entry of the record was recorded; null before it.</summary>
    public async Task<DateTimeOffset?> BeganAsync(CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            "select recorded from feed.entry where idx = 0"
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? reader.GetFieldValue<DateTimeOffset>(0)
            : null;
    }

    private async Task<IReadOnlyList<FeedEntry>> ListAsync(
        SettledFilter filter,
        long from,
        long until,
        string order,
        int limit,
        CancellationToken cancellation
    )
    {
        await using var command = Command(Entries, filter, from, until, order, limit);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<FeedEntry> entries = [];
        while (await reader.ReadAsync(cancellation))
        {
            entries.Add(Read(reader));
        }

        return entries;
    }

    private NpgsqlCommand Command(
        string select,
        SettledFilter? filter,
        long from,
        long until,
        string order,
        int limit
    )
    {
        var command = database.CreateCommand();
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = until });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = limit });
        var condition = filter?.Sql(command) ?? "true";
        command.CommandText =
            $"{select} where f.idx >= $1 and f.idx < $2 and {condition} order by {order} limit $3";
        return command;
    }

    private static FeedEntry Read(NpgsqlDataReader row)
    {
        var stream = StreamKey.Parse(row.GetString(3));
        return new FeedEntry(
            row.GetInt64(0),
            row.GetGuid(1),
            row.GetFieldValue<DateTimeOffset>(2),
            stream,
            row.GetInt64(4),
            row.GetString(5),
            Text(row, 6),
            Text(row, 7),
            row.GetString(8),
            new Text(row.GetString(9), Text(row, 10)),
            row.IsDBNull(11) ? null : row.GetFieldValue<byte[]>(11)
        )
        {
            StatusBefore = Status(row, 12),
            StatusAfter = Status(row, 13),
            About = row.IsDBNull(14)
                ? null
                : new EarlierEvent(
                    row.GetGuid(14),
                    stream,
                    row.GetString(15),
                    Text(row, 16) is { } date ? Edtf.Parse(date) : null,
                    row.IsDBNull(17) ? null : row.GetFieldValue<byte[]>(17)
                ),
            Other = Text(row, 18) is { } other ? Named(row, StreamKey.Parse(other)) : null,
            SourceTitle = Text(row, 22),
            CommitteesBefore = row.GetFieldValue<string[]>(23),
            CommitteesAfter = row.GetFieldValue<string[]>(24),
        };
    }

    private static NamedSubject Named(NpgsqlDataReader row, StreamKey stream) =>
        new(
            stream,
            Text(row, 19),
            Text(row, 20) ?? stream.Name,
            Text(row, 21) is { } title ? new Text(title, Text(row, 25)) : null
        );

    private static PromiseStatus? Status(NpgsqlDataReader row, int column) =>
        Text(row, column) is { } name ? EnumNames.Parse<PromiseStatus>(name) : null;

    private static string? Text(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);
}
