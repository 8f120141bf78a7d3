using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Promises;
using Npgsql;
using NpgsqlTypes;
using Projections.Engine;

namespace Projections.Committees;

/// <summary>What each committee answers for: the promises assigned to it and how they stand.</summary>
public sealed class CommitteesProjection : IProjection
{
    public string Name => "committees";

    public IReadOnlyCollection<string> Kinds { get; } = ["council", "promise"];

    public async Task WriteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<StreamHistory> histories,
        bool fresh,
        CancellationToken cancellation
    )
    {
        var promises = histories.Where(h => h.Stream.Kind == "promise").ToList();
        var councils = histories.Where(h => h.Stream.Kind == "council").ToList();
        if (promises.Count > 0)
        {
            await WritePromisesAsync(connection, promises, fresh, cancellation);
        }

        if (councils.Count > 0)
        {
            await WriteCouncilsAsync(connection, councils, fresh, cancellation);
        }
    }

    private static async Task WritePromisesAsync(
        NpgsqlConnection connection,
        List<StreamHistory> histories,
        bool fresh,
        CancellationToken cancellation
    )
    {
        if (!fresh)
        {
            await Rows.DeleteAsync(connection, "responsibility", histories, cancellation);
        }

        var rows =
            from history in histories.Standing()
            let folded = history.FoldPromise()
            from committee in folded.Promise.Committees
            select (history, folded.Promise, folded.First, committee);
        await Rows.CopyAsync(
            connection,
            "responsibility",
            "stream, municipality, committee, basis, slug, title_de, title_en, status, since, due, due_basis, due_binding, term, last_event, last_index",
            rows,
            static (row, item) =>
            {
                var (history, promise, first, committee) = item;
                var (status, reason) = promise.StatusBy(DateOnly.MaxValue);
                row.Text(history.Stream.ToString());
                row.Text(first.Municipality);
                row.Text(committee.Committee);
                row.Text(EnumNames.Of(committee.Basis));
                row.Text(Addresses.Slug(history.Stream, first.Municipality));
                row.Text(first.Title.De);
                row.Text(first.Title.En);
                row.Text(EnumNames.Of(status));
                row.Text(reason?.Body.Occurred?.ToString());
                row.Text(first.Deadline.Date?.ToString());
                row.Text(EnumNames.Of(first.Deadline.Basis));
                row.Day(first.Deadline.Binds ? first.Deadline.Date?.LatestDay : null);
                row.Text(first.Term);
                row.Day(LastEvent(promise));
                row.Write(history.Events[^1].Index, NpgsqlDbType.Bigint);
            },
            cancellation
        );
    }

    private static async Task WriteCouncilsAsync(
        NpgsqlConnection connection,
        List<StreamHistory> histories,
        bool fresh,
        CancellationToken cancellation
    )
    {
        if (!fresh)
        {
            foreach (var table in (string[])["council", "term", "committee"])
            {
                await Rows.DeleteAsync(connection, table, histories, cancellation);
            }
        }

        var councils = histories
            .Standing()
            .Select(h => (History: h, Council: Council.From(h.Events)))
            .ToList();
        await Rows.CopyAsync(
            connection,
            "council",
            "stream, municipality, name, ags, state, events",
            councils,
            static (row, item) =>
            {
                var registered =
                    item.Council.Registered
                    ?? throw new UnfoldableEventException(
                        item.History.Events[0],
                        "a council's stream must begin with 'council_registered'"
                    );
                row.Text(item.History.Stream.ToString());
                row.Text(item.History.Stream.Name);
                row.Text(registered.Name);
                row.Text(registered.Ags);
                row.Text(registered.State);
                row.History(item.History.Events);
            },
            cancellation
        );
        await Rows.CopyAsync(
            connection,
            "term",
            "stream, slug, municipality, began, ended, last_day",
            councils.SelectMany(c => c.Council.Terms, (c, t) => (c.History.Stream, Term: t)),
            static (row, item) =>
            {
                row.Text(item.Stream.ToString());
                row.Text(item.Term.Slug);
                row.Text(item.Stream.Name);
                row.Text(item.Term.Began?.ToString());
                row.Text(item.Term.Ended?.ToString());
                row.Day(item.Term.Ended?.LatestDay);
            },
            cancellation
        );
        await Rows.CopyAsync(
            connection,
            "committee",
            "stream, municipality, slug, position, name, code, term, dissolved, successors",
            councils.SelectMany(c =>
                c.Council.Committees.Select(
                    (committee, position) => (c.History.Stream, committee, position)
                )
            ),
            static (row, item) =>
            {
                row.Text(item.Stream.ToString());
                row.Text(item.Stream.Name);
                row.Text(item.committee.Slug);
                row.Write(item.position, NpgsqlDbType.Integer);
                row.Text(item.committee.Name);
                row.Text(item.committee.Code);
                row.Text(item.committee.Term);
                row.Write(item.committee.Dissolved, NpgsqlDbType.Boolean);
                row.Write(
                    item.committee.Successors.ToArray(),
                    NpgsqlDbType.Array | NpgsqlDbType.Text
                );
            },
            cancellation
        );
    }

    private static DateOnly? LastEvent(Promise promise) =>
        promise
            .Steps.Where(s => s.Event.Body is not (Promised or Assigned or Linked))
            .Select(s => s.Event.Body.Occurred?.LatestDay)
            .Max();
}
