using Ledger.EventStore;
using Ledger.Promises;
using Npgsql;
using NpgsqlTypes;
using Projections.Engine;

namespace Projections.Search;

/// <summary>What a search for promises looks into, and the counts beside it.</summary>
public sealed class SearchProjection : IProjection
{
    /// <summary>In place of a year: the source sets no deadline.</summary>
    public const string NoDeadline = "keine";

    public string Name => "search";

    public IReadOnlyCollection<string> Kinds { get; } = ["promise"];

    public async Task WriteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<StreamHistory> histories,
        bool fresh,
        CancellationToken cancellation
    )
    {
        WordUses words = new();
        Cells cells = new();
        if (!fresh)
        {
            await TakeOutAsync(connection, histories, words, cells, cancellation);
        }

        var rows = histories.Standing().Select(Row.Of).ToList();
        rows.ForEach(r => r.Count(words, cells, 1));
        await Rows.CopyAsync(
            connection,
            "promise",
            "stream, municipality, slug, source, first_line, status, closed, topic, committees, proponents, due_binding, title, summary, rest, words",
            rows,
            static (row, r) =>
            {
                row.Text(r.Stream);
                row.Text(r.Municipality);
                row.Text(r.Slug);
                row.Text(r.Source);
                row.Write(r.FirstLine, NpgsqlDbType.Integer);
                row.Text(r.Status);
                row.Write(r.Closed, NpgsqlDbType.Boolean);
                row.Text(r.Topic);
                row.Write(r.Committees, NpgsqlDbType.Array | NpgsqlDbType.Text);
                row.Write(r.Proponents, NpgsqlDbType.Array | NpgsqlDbType.Text);
                row.Day(r.DueBinding);
                row.Text(r.Text.Title);
                row.Text(r.Text.Summary);
                row.Text(r.Text.Rest);
                row.Write(r.Words, NpgsqlDbType.Array | NpgsqlDbType.Text);
            },
            cancellation
        );
        await words.AddAsync(connection, cancellation);
        await cells.AddAsync(connection, cancellation);
    }

    private static async Task TakeOutAsync(
        NpgsqlConnection connection,
        IReadOnlyList<StreamHistory> histories,
        WordUses words,
        Cells cells,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "delete from promise where stream = any ($1) returning municipality, source, status, closed, topic, committees, proponents, due_binding, words",
            connection
        );
        command.Parameters.Add(
            new NpgsqlParameter<string[]>
            {
                TypedValue = [.. histories.Select(h => h.Stream.ToString())],
            }
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            new Row(
                "",
                reader.GetString(0),
                "",
                reader.GetString(1),
                0,
                reader.GetString(2),
                reader.GetBoolean(3),
                reader.GetString(4),
                reader.GetFieldValue<string[]>(5),
                reader.GetFieldValue<string[]>(6),
                reader.IsDBNull(7) ? null : reader.GetFieldValue<DateOnly>(7),
                new SearchText("", "", ""),
                reader.GetFieldValue<string[]>(8)
            ).Count(words, cells, -1);
        }
    }

    private sealed record Row(
        string Stream,
        string Municipality,
        string Slug,
        string Source,
        int FirstLine,
        string Status,
        bool Closed,
        string Topic,
        string[] Committees,
        string[] Proponents,
        DateOnly? DueBinding,
        SearchText Text,
        string[] Words
    )
    {
        public static Row Of(StreamHistory history)
        {
            var (promise, first) = history.FoldPromise();
            var status = promise.Status;
            var text = SearchText.Of(first);
            return new Row(
                history.Stream.ToString(),
                first.Municipality,
                Addresses.Slug(history.Stream, first.Municipality),
                first.SourceRef!.Source,
                first.SourceRef.Locator.From,
                EnumNames.Of(status),
                status.IsClosed(),
                first.Topic,
                [.. promise.Committees.Select(c => c.Committee).Distinct()],
                [.. first.Proponents.Distinct()],
                first.Deadline.Binds ? first.Deadline.Date?.LatestDay : null,
                text,
                [.. Search.Words.Of($"{text.Title} {text.Summary}")]
            );
        }

        public void Count(WordUses words, Cells cells, int by)
        {
            cells.Count(
                new Cell(
                    Municipality,
                    Status,
                    Closed,
                    Topic,
                    Source,
                    string.Join('\n', Committees),
                    string.Join('\n', Proponents),
                    DueBinding
                ),
                by
            );
            Array.ForEach(Words, w => words.Count(Municipality, w, by));
        }
    }
}
