using Ledger.EventStore;
using Npgsql;
using NpgsqlTypes;
using Testing;

namespace Bench;

/// <summary>
/// Records 100,000 events in 10,000 streams in one transaction, against binary COPY of the same rows into the reference tables, foreign key
/// and index rows included, also in one transaction.
/// </summary>
internal static class Bulk
{
    private const int Streams = 10_000;
    private const int EventsOfEach = 10;
    private const int Events = Streams * EventsOfEach;
    private const int RoundCount = 5;

    public static async Task<IReadOnlyList<Score>> RunAsync(Stage stage)
    {
        await using var ledger = await stage.NewLedgerAsync();
        await ledger.RunAsync(ReferenceTables.Shape);
        var rounds = await Rounds.TakeAsync(
            RoundCount,
            round => OursAsync(ledger, round * Streams),
            round => ReferenceAsync(ledger, round * Streams)
        );
        await ledger.CheckRecordAsync((RoundCount + 1) * Events, (RoundCount + 1) * Streams);
        await ReferenceTables.CheckAsync(
            ledger,
            (RoundCount + 1) * Events,
            (RoundCount + 1) * Streams
        );
        return [Score.Speed("bulk", Events, "events", rounds[0], rounds[1], 0.5)];
    }

    private static async Task<Work> OursAsync(LedgerUnderTest ledger, int first)
    {
        await ledger.RunAsync("checkpoint");
        var appends = Enumerable
            .Range(first, Streams)
            .Select(n => Append.To(Sample.Stream(n), 0, Facts.History(n, EventsOfEach)))
            .ToList();
        return new Work(async () =>
        {
            var recorded = await ledger.Store.RecordBulkAsync(appends);
            if (recorded != Events)
            {
                throw new WrongResultException($"{recorded} events recorded, not {Events}");
            }
        });
    }

    private static async Task<Work> ReferenceAsync(LedgerUnderTest ledger, int first)
    {
        await ledger.RunAsync("checkpoint");
        var rows = Enumerable
            .Range(first, Streams)
            .SelectMany(n =>
                Facts
                    .History(n, EventsOfEach)
                    .Select((e, i) => ReadyEvent.Of(Sample.Stream(n), i + 1, e))
            )
            .ToList();
        var next = (long)first * EventsOfEach;
        var connection = await ledger.Database.OpenConnectionAsync();
        return new Work(() => CopyAsync(connection, rows, next), connection);
    }

    private static async Task CopyAsync(
        NpgsqlConnection connection,
        List<ReadyEvent> rows,
        long next
    )
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await using var transaction = await connection.BeginTransactionAsync();
        await using (
            var streams = await connection.BeginBinaryImportAsync(
                "copy reference.mt_streams (id, type, version, timestamp, created) from stdin (format binary)"
            )
        )
        {
            foreach (var row in rows.Where(r => r.Version == 1))
            {
                await streams.StartRowAsync();
                streams.Write(row.Stream.ToString(), NpgsqlDbType.Varchar);
                streams.Write(row.Stream.Kind, NpgsqlDbType.Varchar);
                streams.Write((long)EventsOfEach, NpgsqlDbType.Bigint);
                streams.Write(now, NpgsqlDbType.TimestampTz);
                streams.Write(now, NpgsqlDbType.TimestampTz);
            }

            await streams.CompleteAsync();
        }

        await using (
            var events = await connection.BeginBinaryImportAsync(
                """
                copy reference.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type)
                from stdin (format binary)
                """
            )
        )
        {
            var seq = next;
            foreach (var row in rows)
            {
                await events.StartRowAsync();
                events.Write(++seq, NpgsqlDbType.Bigint);
                events.Write(row.Id, NpgsqlDbType.Uuid);
                events.Write(row.Stream.ToString(), NpgsqlDbType.Varchar);
                events.Write(row.Version, NpgsqlDbType.Bigint);
                events.Write(row.Data, NpgsqlDbType.Jsonb);
                events.Write(row.Type, NpgsqlDbType.Varchar);
                events.Write(now, NpgsqlDbType.TimestampTz);
                events.Write(row.DotnetType, NpgsqlDbType.Varchar);
            }

            await events.CompleteAsync();
        }

        await using (
            var index = await connection.BeginBinaryImportAsync(
                "copy reference.log_index (idx, seq_id, event_id, recorded) from stdin (format binary)"
            )
        )
        {
            var at = next;
            foreach (var row in rows)
            {
                await index.StartRowAsync();
                index.Write(at, NpgsqlDbType.Bigint);
                index.Write(++at, NpgsqlDbType.Bigint);
                index.Write(row.Id, NpgsqlDbType.Uuid);
                index.Write(now, NpgsqlDbType.TimestampTz);
            }

            await index.CompleteAsync();
        }

        await transaction.CommitAsync();
    }
}
