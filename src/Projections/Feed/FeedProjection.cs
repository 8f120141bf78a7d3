using Ledger.EventStore;
using Ledger.Recording;
using Npgsql;
using NpgsqlTypes;
using Projections.Engine;

namespace Projections.Feed;

/// <summary>Each entry of the record as feeds find and head it: by what held at its own index, whatever is recorded later.</summary>
public sealed class FeedProjection : IProjection
{
    /// <summary>Channel that tells that there are new rows.</summary>
    public const string Channel = "ledger_feed";

    public string Name => "feed";

    public IReadOnlyCollection<string> Kinds { get; } = [.. StreamKind.All.Select(k => k.Name)];

    public async Task WriteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<StreamHistory> histories,
        bool fresh,
        CancellationToken cancellation
    )
    {
        var written = fresh ? [] : await WrittenAsync(connection, histories, cancellation);
        await Rows.CopyAsync(
            connection,
            "entry",
            "idx, id, recorded, stream, version, type, municipality, slug, title_de, title_en, status_before, status_after, "
                + "committees_before, committees_after, about, about_type, about_occurred, other, source, marks",
            histories.SelectMany(h => EntryRow.Of(h, written.GetValueOrDefault(h.Stream, -1))),
            Write,
            cancellation
        );
        await WriteCommitteesAsync(
            connection,
            [.. histories.Where(h => h.Stream.Kind == "council")],
            fresh,
            cancellation
        );
        if (!fresh)
        {
            await using var notify = new NpgsqlCommand($"notify {Channel}", connection);
            await notify.ExecuteNonQueryAsync(cancellation);
        }
    }

    // The last index of each stream that has its row. A stream that lost an entry to a withholding is written anew as a whole.
    private static async Task<Dictionary<StreamKey, long>> WrittenAsync(
        NpgsqlConnection connection,
        IReadOnlyList<StreamHistory> histories,
        CancellationToken cancellation
    )
    {
        Dictionary<StreamKey, long> written = [];
        await using (
            var command = new NpgsqlCommand(
                "select stream, max(idx) from entry where stream = any ($1) group by stream",
                connection
            )
        )
        {
            command.Parameters.Add(
                new NpgsqlParameter<string[]>
                {
                    TypedValue = [.. histories.Select(h => h.Stream.ToString())],
                }
            );
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                written[StreamKey.Parse(reader.GetString(0))] = reader.GetInt64(1);
            }
        }

        List<StreamHistory> anew =
        [
            .. histories.Where(h =>
                written.TryGetValue(h.Stream, out var last)
                && h.Events.Any(e => e.Type == "withheld" && e.Index > last)
            ),
        ];
        if (anew.Count > 0)
        {
            await Rows.DeleteAsync(connection, "entry", anew, cancellation);
            anew.ForEach(h => written.Remove(h.Stream));
        }

        return written;
    }

    private static void Write(NpgsqlBinaryImporter row, EntryRow entry)
    {
        var (e, after) = (entry.Event, entry.After);
        row.Write(e.Index, NpgsqlDbType.Bigint);
        row.Write(e.Id, NpgsqlDbType.Uuid);
        row.Write(e.Recorded, NpgsqlDbType.TimestampTz);
        row.Text(e.Stream.ToString());
        row.Write(e.Version, NpgsqlDbType.Bigint);
        row.Text(e.Type);
        row.Text(after.Municipality);
        row.Text(after.Slug);
        row.Text(after.Title.De);
        row.Text(after.Title.En);
        row.Text(entry.Before?.Status is { } before ? EnumNames.Of(before) : null);
        row.Text(after.Status is { } status ? EnumNames.Of(status) : null);
        Texts(row, entry.CommitteesBefore);
        Texts(row, entry.CommitteesAfter);
        if (entry.About is { } about)
        {
            row.Write(about.Id, NpgsqlDbType.Uuid);
            row.Text(about.Type);
            row.Text(entry.AboutBefore?.Occurred?.ToString());
        }
        else
        {
            row.WriteNull();
            row.WriteNull();
            row.WriteNull();
        }

        row.Text(entry.Other?.ToString());
        row.Text(entry.Body?.SourceRef?.Source);
        Texts(row, entry.Marks);
    }

    private static async Task WriteCommitteesAsync(
        NpgsqlConnection connection,
        List<StreamHistory> councils,
        bool fresh,
        CancellationToken cancellation
    )
    {
        if (councils.Count == 0)
        {
            return;
        }

        if (!fresh)
        {
            await Rows.DeleteAsync(connection, "committee", councils, cancellation);
        }

        await Rows.CopyAsync(
            connection,
            "committee",
            "stream, municipality, slug, from_idx, until_idx, name, successors",
            councils.SelectMany(CommitteeSpan.Of),
            static (row, span) =>
            {
                row.Text(span.Council.ToString());
                row.Text(span.Council.Name);
                row.Text(span.Committee.Slug);
                row.Write(span.From, NpgsqlDbType.Bigint);
                if (span.Until is { } until)
                {
                    row.Write(until, NpgsqlDbType.Bigint);
                }
                else
                {
                    row.WriteNull();
                }

                row.Text(span.Committee.Name);
                Texts(row, span.Committee.Successors);
            },
            cancellation
        );
    }

    private static void Texts(NpgsqlBinaryImporter row, IReadOnlyList<string> values) =>
        row.Write(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
}
