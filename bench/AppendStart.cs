using Ledger.EventStore;
using NpgsqlTypes;
using Testing;

namespace Bench;

/// <summary>Starts streams with one event each: one connection, then eight writers at once.</summary>
internal static class AppendStart
{
    private const int Count = 250;
    private const int RoundsOfOne = 31;
    private const int Writers = 8;
    private const int CountOfEach = 100;
    private const int RoundsOfEight = 15;

    private static readonly NpgsqlDbType[] s_bareTypes =
    [
        NpgsqlDbType.Varchar,
        NpgsqlDbType.Uuid,
        NpgsqlDbType.Jsonb,
        NpgsqlDbType.Varchar,
        NpgsqlDbType.Varchar,
    ];

    public static async Task<IReadOnlyList<Score>> RunAsync(Stage stage)
    {
        const int ofOne = (RoundsOfOne + 1) * Count;
        const int ofEight = (RoundsOfEight + 1) * Writers * CountOfEach;
        await using var ledger = await stage.NewLedgerAsync();
        await ledger.RunAsync(ReferenceTables.Shape);

        var one = await Rounds.TakeAsync(
            RoundsOfOne,
            round => OursAsync(ledger, round * Count, Count),
            round => ReferenceAsync(ledger, round * Count, Count),
            round => BareAsync(ledger, round * Count, Count)
        );
        await ledger.CheckRecordAsync(ofOne, ofOne);
        await ReferenceTables.CheckAsync(ledger, ofOne, ofOne);
        await ledger.CheckAsync("bare rows", "select count(*) from reference.bare", ofOne);

        var eight = await Rounds.TakeAsync(
            RoundsOfEight,
            round => ByAllAsync(round, first => OursAsync(ledger, ofOne + first, CountOfEach)),
            round => ByAllAsync(round, first => ReferenceAsync(ledger, ofOne + first, CountOfEach))
        );
        await ledger.CheckRecordAsync(ofOne + ofEight, ofOne + ofEight);
        await ReferenceTables.CheckAsync(ledger, ofOne + ofEight, ofOne + ofEight);

        return
        [
            Score.Speed("append-start", Count, "streams", one[0], one[1], 0.7),
            Score.Speed(
                "append-start, against a bare one-row INSERT",
                Count,
                "streams",
                one[0],
                one[2]
            ),
            Score.Speed(
                "append-start, 8 writers against 8",
                Writers * CountOfEach,
                "streams",
                eight[0],
                eight[1]
            ),
        ];
    }

    private static Task<Work> ByAllAsync(int round, Func<int, Task<Work>> prepare) =>
        Work.TogetherAsync(
            Enumerable.Range(round * Writers, Writers).Select(n => prepare(n * CountOfEach))
        );

    public static Task<Work> OursAsync(LedgerUnderTest ledger, int first, int count)
    {
        var events = Enumerable
            .Range(first, count)
            .Select(n => (Sample.Stream(n), Sample.Promised(n)))
            .ToList();
        return Task.FromResult(
            new Work(async () =>
            {
                foreach (var (stream, promised) in events)
                {
                    await ledger.Store.AppendAsync(Append.To(stream, 0, promised));
                }
            })
        );
    }

    public static async Task<Work> ReferenceAsync(LedgerUnderTest ledger, int first, int count)
    {
        var rows = Rows(first, count);
        var insert = await ReferenceStatement.PrepareAsync(
            ledger,
            ReferenceTables.StartStream,
            ReferenceTables.StartStreamTypes
        );
        return new Work(
            async () =>
            {
                foreach (var row in rows)
                {
                    await insert.AnswerAsync(
                        row.Stream.ToString(),
                        row.Stream.Kind,
                        row.Id,
                        row.Data,
                        row.Type,
                        row.DotnetType
                    );
                }
            },
            insert
        );
    }

    public static async Task<Work> BareAsync(LedgerUnderTest ledger, int first, int count)
    {
        var rows = Rows(first, count);
        var insert = await ReferenceStatement.PrepareAsync(
            ledger,
            ReferenceTables.BareInsert,
            s_bareTypes
        );
        return new Work(
            async () =>
            {
                foreach (var row in rows)
                {
                    await insert.AnswerAsync(
                        row.Stream.ToString(),
                        row.Id,
                        row.Data,
                        row.Type,
                        row.DotnetType
                    );
                }
            },
            insert
        );
    }

    private static List<ReadyEvent> Rows(int first, int count) =>
        [
            .. Enumerable
                .Range(first, count)
                .Select(n => ReadyEvent.Of(Sample.Stream(n), 1, Sample.Promised(n))),
        ];
}
