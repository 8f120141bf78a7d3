using Ledger.EventStore;
using Ledger.Sources;
using Npgsql;
using NpgsqlTypes;
using Projections.Engine;

namespace Projections.Coverage;

/// <summary>What became of each source: its promises and targets by their lines.</summary>
public sealed class CoverageProjection : IProjection
{
    public string Name => "coverage";

    public IReadOnlyCollection<string> Kinds { get; } = ["source", "promise", "target"];

    public async Task WriteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<StreamHistory> histories,
        bool fresh,
        CancellationToken cancellation
    )
    {
        if (!fresh)
        {
            foreach (var kind in Kinds)
            {
                await Rows.DeleteAsync(
                    connection,
                    kind,
                    [.. histories.Where(h => h.Stream.Kind == kind)],
                    cancellation
                );
            }
        }

        var standing = histories.Standing().ToList();
        await Rows.CopyAsync(
            connection,
            "source",
            "stream, municipality, slug, events",
            standing.Where(h => h.Stream.Kind == "source"),
            WriteSource,
            cancellation
        );
        await Rows.CopyAsync(
            connection,
            "promise",
            "stream, source, municipality, slug, title_de, title_en, chapter, first_line, last_line, status, facts, named, inferred",
            standing
                .Where(h => h.Stream.Kind == "promise")
                .Select(h => (h.Stream, CoveredPromise.Of(h, DateOnly.MaxValue))),
            WritePromise,
            cancellation
        );
        await Rows.CopyAsync(
            connection,
            "target",
            "stream, source, municipality, slug, title_de, title_en, first_line, last_line",
            from history in standing
            where history.Stream.Kind == "target"
            let target = CoveredTarget.Of(history)
            where target is not null
            select (history.Stream, target),
            WriteTarget,
            cancellation
        );
    }

    private static void WriteSource(NpgsqlBinaryImporter row, StreamHistory history)
    {
        var registered =
            Source.From(history.Events).Registered
            ?? throw new UnfoldableEventException(
                history.Events[0],
                "a source's stream must begin with 'source_registered'"
            );
        row.Text(history.Stream.ToString());
        row.Text(registered.Municipality);
        row.Text(history.Stream.Name);
        row.History(history.Events);
    }

    private static void WritePromise(
        NpgsqlBinaryImporter row,
        (StreamKey Stream, CoveredPromise Promise) item
    )
    {
        var promise = item.Promise;
        row.Text(item.Stream.ToString());
        row.Text(promise.Source);
        row.Text(promise.Municipality);
        row.Text(promise.Slug);
        row.Text(promise.Title.De);
        row.Text(promise.Title.En);
        row.Text(promise.Chapter);
        row.Write(promise.Lines.From, NpgsqlDbType.Integer);
        row.Write(promise.Lines.To, NpgsqlDbType.Integer);
        row.Text(EnumNames.Of(promise.Status));
        row.Write(promise.Facts, NpgsqlDbType.Integer);
        row.Write(promise.Named, NpgsqlDbType.Integer);
        row.Write(promise.Inferred, NpgsqlDbType.Integer);
    }

    private static void WriteTarget(
        NpgsqlBinaryImporter row,
        (StreamKey Stream, CoveredTarget Target) item
    )
    {
        var target = item.Target;
        row.Text(item.Stream.ToString());
        row.Text(target.Source);
        row.Text(target.Municipality);
        row.Text(target.Slug);
        row.Text(target.Title.De);
        row.Text(target.Title.En);
        row.Write(target.Lines.From, NpgsqlDbType.Integer);
        row.Write(target.Lines.To, NpgsqlDbType.Integer);
    }
}
