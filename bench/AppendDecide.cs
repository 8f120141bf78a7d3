using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Testing;

namespace Bench;

/// <summary>What a command does: reads a promise's stream, decides, appends. The reference is one insert, without reading.</summary>
internal static class AppendDecide
{
    private const int Count = 250;
    private const int RoundCount = 31;
    private const int Promises = (RoundCount + 1) * Count;

    public static async Task<IReadOnlyList<Score>> RunAsync(Stage stage)
    {
        await using var ledger = await stage.NewLedgerAsync();
        await ledger.RunAsync(ReferenceTables.Shape);
        await ledger.Store.RecordBulkAsync(
            Enumerable
                .Range(0, Promises)
                .Select(n =>
                    Append.To(
                        Sample.Stream(n),
                        0,
                        Sample.Promised(n),
                        Facts.Decided.On("2021-03"),
                        Facts.Started.On("2022-05-02")
                    )
                )
        );
        await ledger.RunAsync("vacuum analyze");

        var rounds = await Rounds.TakeAsync(
            RoundCount,
            round => Task.FromResult(new Work(() => DecideAsync(ledger, round * Count))),
            round => AppendStart.ReferenceAsync(ledger, round * Count, Count)
        );
        await ledger.CheckRecordAsync(4 * Promises, Promises);
        await ReferenceTables.CheckAsync(ledger, Promises, Promises);
        await ledger.CheckAsync(
            "promises that progressed as version 4",
            "select count(*) from ledger.mt_events where version = 4 and type = 'progressed'",
            Promises
        );
        return [Score.Speed("append-decide", Count, "decisions", rounds[0], rounds[1], 0.6)];
    }

    private static async Task DecideAsync(LedgerUnderTest ledger, int first)
    {
        for (var n = first; n < first + Count; n++)
        {
            var stream = Sample.Stream(n);
            var recorded = await ledger.Store.ReadStreamAsync(stream);
            var decision = Promise
                .From(recorded)
                .Decide(stream, Facts.Progressed.On("2023-06"), TimeProvider.System.GetUtcNow());
            if (decision is not Decision.Accepted accepted)
            {
                throw new WrongResultException($"the decision was {decision}");
            }

            await ledger.Store.AppendAsync(Append.To(stream, recorded.Count, accepted.Events));
        }
    }
}
