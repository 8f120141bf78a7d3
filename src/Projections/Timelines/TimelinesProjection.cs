using System.Text.Json;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Sources;
using Npgsql;
using NpgsqlTypes;
using Projections.Engine;

namespace Projections.Timelines;

/// <summary>The timeline of each promise, and of each source that promises stand in.</summary>
public sealed class TimelinesProjection : IProjection
{
    public string Name => "timelines";

    public IReadOnlyCollection<string> Kinds { get; } = ["promise", "source"];

    public async Task WriteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<StreamHistory> histories,
        bool fresh,
        CancellationToken cancellation
    )
    {
        var promises = histories.Where(h => h.Stream.Kind == "promise").ToList();
        var sources = histories.Where(h => h.Stream.Kind == "source").ToList();
        if (!fresh)
        {
            await Rows.DeleteAsync(connection, "promise", promises, cancellation);
            await Rows.DeleteAsync(connection, "source", sources, cancellation);
        }

        if (promises.Count > 0)
        {
            await Rows.CopyAsync(
                connection,
                "promise",
                "stream, municipality, slug, title_de, title_en, topic, status, since, due, due_basis, due_binding, term, standing, proponents, committees, source, chapter, first_line, tier, corrected, last_index, last_recorded, event_count, types, events",
                promises.Standing(),
                Write,
                cancellation
            );
        }

        if (sources.Count > 0)
        {
            await Rows.CopyAsync(
                connection,
                "source",
                "stream, municipality, slug, title_de, title_en, events",
                sources.Standing(),
                WriteSource,
                cancellation
            );
        }
    }

    private static void Write(NpgsqlBinaryImporter row, StreamHistory history)
    {
        var (promise, first) = history.FoldPromise();
        var (status, reason) = promise.StatusBy(DateOnly.MaxValue);
        var last = history.Events[^1];
        row.Text(history.Stream.ToString());
        row.Text(first.Municipality);
        row.Text(Addresses.Slug(history.Stream, first.Municipality));
        row.Text(first.Title.De);
        row.Text(first.Title.En);
        row.Text(first.Topic);
        row.Text(EnumNames.Of(status));
        row.Text(reason?.Body.Occurred?.ToString());
        row.Text(first.Deadline.Date?.ToString());
        row.Text(EnumNames.Of(first.Deadline.Basis));
        row.Day(first.Deadline.Binds ? first.Deadline.Date?.LatestDay : null);
        row.Text(first.Term);
        row.Text(EnumNames.Of(first.Standing));
        row.Write(first.Proponents.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        row.Write(
            promise.Committees.Select(c => c.Committee).ToArray(),
            NpgsqlDbType.Array | NpgsqlDbType.Text
        );
        row.Text(first.SourceRef!.Source);
        row.Text(first.Chapter);
        row.Write(first.SourceRef.Locator.From, NpgsqlDbType.Integer);
        row.Text(EnumNames.Of(first.Tier));
        row.Write(promise.IsCorrected, NpgsqlDbType.Boolean);
        row.Write(last.Index, NpgsqlDbType.Bigint);
        row.Write(last.Recorded, NpgsqlDbType.TimestampTz);
        row.Write(history.Events.Count, NpgsqlDbType.Integer);
        row.Write(
            history.Events.Select(e => e.Type).Distinct(StringComparer.Ordinal).ToArray(),
            NpgsqlDbType.Array | NpgsqlDbType.Text
        );
        row.History(history.Events);
    }

    private static void WriteSource(NpgsqlBinaryImporter row, StreamHistory history)
    {
        var source =
            Source.From(history.Events).Registered
            ?? throw new UnfoldableEventException(
                history.Events[0],
                "a source's stream must begin with 'source_registered'"
            );
        row.Text(history.Stream.ToString());
        row.Text(source.Municipality);
        row.Text(history.Stream.Name);
        row.Text(source.Title.De);
        row.Text(source.Title.En);
        row.History(history.Events);
    }
}
