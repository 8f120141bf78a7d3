using Ledger.EventStore;
using Ledger.Targets;
using Npgsql;
using NpgsqlTypes;
using Projections.Engine;

namespace Projections.Targets;

/// <summary>The history of each measurable target: aimed at, measured, restated.</summary>
public sealed class TargetsProjection : IProjection
{
    public string Name => "targets";

    public IReadOnlyCollection<string> Kinds { get; } = ["target"];

    public async Task WriteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<StreamHistory> histories,
        bool fresh,
        CancellationToken cancellation
    )
    {
        if (!fresh)
        {
            await Rows.DeleteAsync(connection, "target", histories, cancellation);
        }

        await Rows.CopyAsync(
            connection,
            "target",
            "stream, municipality, slug, title_de, title_en, promise, direction, year, measurements, assessable, last_index, events",
            histories.Standing(),
            Write,
            cancellation
        );
    }

    private static void Write(NpgsqlBinaryImporter row, StreamHistory history)
    {
        var target = Target.From(history.Events);
        var set =
            target.Set
            ?? throw new UnfoldableEventException(
                history.Events[0],
                "a target's stream must begin with 'target_set'"
            );
        row.Text(history.Stream.ToString());
        row.Text(set.Municipality);
        row.Text(
            set.Municipality is { } m ? Addresses.Slug(history.Stream, m) : history.Stream.Name
        );
        row.Text(set.Title.De);
        row.Text(set.Title.En);
        row.Text(set.Promise);
        row.Text(EnumNames.Of(set.Direction));
        if (set.Year is { } year)
        {
            row.Write(year, NpgsqlDbType.Integer);
        }
        else
        {
            row.WriteNull();
        }

        row.Write(target.Measurements().Count, NpgsqlDbType.Integer);
        row.Write(target.Assess().IsPossible, NpgsqlDbType.Boolean);
        row.Write(history.Events[^1].Index, NpgsqlDbType.Bigint);
        row.History(history.Events);
    }
}
