using Ledger.EventStore;
using Npgsql;
using NpgsqlTypes;
using Projections.Engine;

namespace Projections.Deadlines;

/// <summary>The deadlines that sources set: stated ones, and relative ones that come to a date. The end of a term is none.</summary>
public sealed class DeadlinesProjection : IProjection
{
    public string Name => "deadlines";

    public IReadOnlyCollection<string> Kinds { get; } = ["promise"];

    public async Task WriteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<StreamHistory> histories,
        bool fresh,
        CancellationToken cancellation
    )
    {
        if (!fresh)
        {
            await Rows.DeleteAsync(connection, "deadline", histories, cancellation);
        }

        await Rows.CopyAsync(
            connection,
            "deadline",
            "stream, municipality, slug, title_de, topic, proponents, due, due_basis, day, moved_to, status, cancelled, committees, left_by, "
                + "sequence, since, changed",
            histories
                .Select(h => (h.Stream, Deadline: DeadlineHistory.Of(h)))
                .Where(h => h.Deadline is not null),
            static (row, item) => Write(row, item.Stream, item.Deadline!),
            cancellation
        );
    }

    private static void Write(NpgsqlBinaryImporter row, StreamKey stream, DeadlineHistory deadline)
    {
        var first = deadline.First;
        row.Text(stream.ToString());
        row.Text(first.Municipality);
        row.Text(Addresses.Slug(stream, first.Municipality));
        row.Text(first.Title.De);
        row.Text(first.Topic);
        row.Write(first.Proponents.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        row.Text(deadline.Deadline.Date!.ToString());
        row.Text(EnumNames.Of(deadline.Deadline.Basis));
        row.Day(deadline.Deadline.Date.LatestDay);
        row.Text(deadline.MovedTo?.ToString());
        row.Text(EnumNames.Of(deadline.Status));
        row.Write(deadline.Cancelled, NpgsqlDbType.Boolean);
        row.Write(deadline.Committees.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        row.Write(deadline.LeftBy.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        row.Write(deadline.Sequence, NpgsqlDbType.Integer);
        row.Write(deadline.Since, NpgsqlDbType.TimestampTz);
        row.Write(deadline.Changed, NpgsqlDbType.TimestampTz);
    }
}
