using Ledger.EventStore;
using Ledger.Promises;
using Npgsql;
using NpgsqlTypes;
using Projections.Engine;
using Projections.Search;
using Projections.Timelines;

namespace Projections.Past;

/// <summary>
/// Every promise as it stood after each of its events. A state never changes once its event is recorded, so new events only add rows and
/// close the state before; only what was withheld is written anew.
/// </summary>
public sealed class PastProjection : IProjection
{
    public string Name => "past";

    public IReadOnlyCollection<string> Kinds { get; } = ["promise"];

    public async Task WriteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<StreamHistory> histories,
        bool fresh,
        CancellationToken cancellation
    )
    {
        var known = fresh
            ? []
            : await KnownAsync(connection, [.. histories.Select(h => h.Stream)], cancellation);
        var withheld = histories
            .Where(h =>
                h.Events.Skip(known.GetValueOrDefault(h.Stream)).Any(e => e.Type == "withheld")
            )
            .ToList();
        if (withheld.Count > 0)
        {
            await Rows.DeleteAsync(connection, "promise", withheld, cancellation);
            withheld.ForEach(h => known.Remove(h.Stream));
        }

        // What is withheld stood at no moment any more.
        var grown = histories
            .Standing()
            .Select(h => h with { Events = h.Open() })
            .Select(h => (History: h, Known: known.GetValueOrDefault(h.Stream)))
            .Where(g => g.Known < g.History.Events.Count)
            .ToList();
        await CloseAsync(connection, [.. grown.Where(g => g.Known > 0)], cancellation);
        await Rows.CopyAsync(
            connection,
            "promise",
            "stream, event_count, period, municipality, slug, title_de, title_en, topic, status, since, due, due_basis, due_binding, term, committees, bases, proponents, last_event, made, source, chapter, first_line, tier, corrected, last_index, last_recorded, words, steps",
            grown.SelectMany(g => States(g.History, g.Known)),
            Write,
            cancellation
        );
    }

    private static IEnumerable<(StreamHistory State, long? Until)> States(
        StreamHistory history,
        int known
    )
    {
        RecordedEvent[] events = [.. history.Events];
        for (var count = known + 1; count <= events.Length; count++)
        {
            yield return (
                history with
                {
                    Events = new ArraySegment<RecordedEvent>(events, 0, count),
                },
                count < events.Length ? events[count].Index : null
            );
        }
    }

    private static async Task<Dictionary<StreamKey, int>> KnownAsync(
        NpgsqlConnection connection,
        StreamKey[] streams,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "select stream, max(event_count) from promise where stream = any ($1) group by stream",
            connection
        );
        command.Parameters.Add(
            new NpgsqlParameter<string[]> { TypedValue = [.. streams.Select(s => s.ToString())] }
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        Dictionary<StreamKey, int> known = [];
        while (await reader.ReadAsync(cancellation))
        {
            known[StreamKey.Parse(reader.GetString(0))] = reader.GetInt32(1);
        }

        return known;
    }

    private static async Task CloseAsync(
        NpgsqlConnection connection,
        IReadOnlyList<(StreamHistory History, int Known)> grown,
        CancellationToken cancellation
    )
    {
        if (grown.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(
            """
            update promise p set period = int8range(lower(p.period), n.until)
            from unnest($1, $2, $3) n (stream, event_count, until)
            where p.stream = n.stream and p.event_count = n.event_count
            """,
            connection
        );
        command.Parameters.Add(
            new NpgsqlParameter<string[]>
            {
                TypedValue = [.. grown.Select(g => g.History.Stream.ToString())],
            }
        );
        command.Parameters.Add(
            new NpgsqlParameter<int[]> { TypedValue = [.. grown.Select(g => g.Known)] }
        );
        command.Parameters.Add(
            new NpgsqlParameter<long[]>
            {
                TypedValue = [.. grown.Select(g => g.History.Events[g.Known].Index)],
            }
        );
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static void Write(NpgsqlBinaryImporter row, (StreamHistory State, long? Until) item)
    {
        var (history, until) = item;
        var (promise, first) = history.FoldPromise();
        var state = PromiseRow.Of(history, DateOnly.MaxValue);
        var steps = PastStep.Of(promise);
        var period = until is { } end
            ? new NpgsqlRange<long>(state.LastIndex, true, end, false)
            : new NpgsqlRange<long>(state.LastIndex, true, false, 0, false, true);
        row.Text(history.Stream.ToString());
        row.Write(state.Events, NpgsqlDbType.Integer);
        row.Write(period, NpgsqlDbType.BigIntRange);
        row.Text(state.Municipality);
        row.Text(state.Slug);
        row.Text(state.Title.De);
        row.Text(state.Title.En);
        row.Text(state.Topic);
        row.Text(EnumNames.Of(state.Status));
        row.Text(state.Since?.ToString());
        row.Text(state.Due?.ToString());
        row.Text(EnumNames.Of(state.DueBasis));
        row.Day(state.DueBinding);
        row.Text(state.Term);
        row.Write(state.Committees.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        row.Write(
            promise.Committees.Select(c => EnumNames.Of(c.Basis)).ToArray(),
            NpgsqlDbType.Array | NpgsqlDbType.Text
        );
        row.Write(first.Proponents.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        row.Day(steps[^1].LastEvent);
        row.Day(steps[0].From);
        row.Text(state.Source);
        row.Text(state.Chapter);
        row.Write(state.FirstLine, NpgsqlDbType.Integer);
        row.Text(EnumNames.Of(state.Tier));
        row.Write(state.Corrected, NpgsqlDbType.Boolean);
        row.Write(state.LastIndex, NpgsqlDbType.Bigint);
        row.Write(state.LastRecorded, NpgsqlDbType.TimestampTz);
        row.Text(SearchText.Of(first).Whole);
        row.Text(PastStep.Write(steps));
    }
}
