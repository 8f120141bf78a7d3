using Ledger.EventStore;
using NpgsqlTypes;
using Testing;

namespace Bench;

/// <summary>A hundred events on one stream in one transaction, against one statement with unnest.</summary>
internal static class AppendHundred
{
    private const int Events = 100;
    private const int Count = 20;
    private const int RoundCount = 25;
    private const int Streams = (RoundCount + 1) * Count;

    private static readonly NpgsqlDbType[] s_types =
    [
        NpgsqlDbType.Varchar,
        NpgsqlDbType.Varchar,
        NpgsqlDbType.Array | NpgsqlDbType.Uuid,
        NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
        NpgsqlDbType.Array | NpgsqlDbType.Varchar,
        NpgsqlDbType.Array | NpgsqlDbType.Varchar,
    ];

    public static async Task<IReadOnlyList<Score>> RunAsync(Stage stage)
    {
        await using var ledger = await stage.NewLedgerAsync();
        await ledger.RunAsync(ReferenceTables.Shape);
        var rounds = await Rounds.TakeAsync(
            RoundCount,
            round => OursAsync(ledger, round * Count),
            round => ReferenceAsync(ledger, round * Count)
        );
        await ledger.CheckRecordAsync(Streams * Events, Streams);
        await ReferenceTables.CheckAsync(ledger, Streams * Events, Streams);
        return [Score.Speed("append-100", Count * Events, "events", rounds[0], rounds[1], 0.8)];
    }

    private static Task<Work> OursAsync(LedgerUnderTest ledger, int first)
    {
        var appends = Enumerable
            .Range(first, Count)
            .Select(n => Append.To(Sample.Stream(n), 0, Facts.History(n, Events)))
            .ToList();
        return Task.FromResult(
            new Work(async () =>
            {
                foreach (var append in appends)
                {
                    await ledger.Store.AppendAsync(append);
                }
            })
        );
    }

    private static async Task<Work> ReferenceAsync(LedgerUnderTest ledger, int first)
    {
        var histories = Enumerable
            .Range(first, Count)
            .Select(n =>
                Facts
                    .History(n, Events)
                    .Select((e, i) => ReadyEvent.Of(Sample.Stream(n), i + 1, e))
                    .ToList()
            )
            .ToList();
        var insert = await ReferenceStatement.PrepareAsync(
            ledger,
            ReferenceTables.StartStreamWithMany,
            s_types
        );
        return new Work(
            async () =>
            {
                foreach (var rows in histories)
                {
                    await insert.AnswerAsync(
                        rows[0].Stream.ToString(),
                        rows[0].Stream.Kind,
                        rows.Select(r => r.Id).ToArray(),
                        rows.Select(r => r.Data).ToArray(),
                        rows.Select(r => r.Type).ToArray(),
                        rows.Select(r => r.DotnetType).ToArray()
                    );
                }
            },
            insert
        );
    }
}
