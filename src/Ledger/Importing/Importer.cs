using Ledger.EventStore;
using Ledger.Recording;
using Npgsql;

namespace Ledger.Importing;

/// <summary>
/// Takes in files of events, all or nothing. Every item goes through its decision like any command, each after those before it in the file;
/// what is on record already is known by its id and recorded once.
/// </summary>
/// <param name="store">The record.</param>
/// <param name="clock">Says when.</param>
/// <param name="take">What is done with an import that is accepted; null = it is recorded.</param>
public sealed class Importer(
    EventStore.EventStore store,
    TimeProvider clock,
    TakeImport? take = null
)
{
    private const int Patience = 5;

    private readonly TakeImport _take = take ?? ImportItems.RecordAsync;

    /// <summary>Judges a file and, if asked to and nothing is refused, takes it.</summary>
    /// <param name="file">UTF-8. Read once and no further than the limits.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="recordedBy">Pseudonymous id of who imports it.</param>
    /// <param name="record">False: nothing is changed, only reported.</param>
    public async Task<ImportReport> RunAsync(
        Stream file,
        ImportFormat format,
        string recordedBy,
        bool record,
        CancellationToken cancellation = default
    )
    {
        var items = ImportItem.Read(ImportFile.Read(file, format), recordedBy);
        if (!record)
        {
            return new ImportReport((await JudgeAsync(items, cancellation)).Lines, Taken: false);
        }

        // Two imports at once would both take an item for new.
        await using var turn = await store.Database.OpenConnectionAsync(cancellation);
        await RunAsync(
            turn,
            "select pg_advisory_lock(hashtextextended('import', 0))",
            cancellation
        );
        try
        {
            return await TakeAsync(items, cancellation);
        }
        finally
        {
            await RunAsync(
                turn,
                "select pg_advisory_unlock(hashtextextended('import', 0))",
                CancellationToken.None
            );
        }
    }

    private async Task<ImportReport> TakeAsync(
        IReadOnlyList<ImportItem> items,
        CancellationToken cancellation
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            var (lines, import) = await JudgeAsync(items, cancellation);
            if (import is null || import.Items.Count == 0)
            {
                return new ImportReport(lines, Taken: import is not null);
            }

            try
            {
                await _take(store, import, cancellation);
                return new ImportReport(lines, Taken: true);
            }
            catch (StaleVersionException) when (attempt < Patience)
            {
                // Somebody else recorded on one of the streams meanwhile: what was decided may no longer hold.
            }
        }
    }

    private async Task<(IReadOnlyList<ImportLine> Lines, DecidedImport? Import)> JudgeAsync(
        IReadOnlyList<ImportItem> items,
        CancellationToken cancellation
    )
    {
        var known = await KnownEvents.FindAsync(store, items, cancellation);
        var judge = new ImportJudge(known, clock.GetUtcNow(), proposes: take is not null);
        await judge.LoadAsync(store, items, cancellation);
        foreach (var item in items)
        {
            judge.Decide(item);
        }

        await judge.RefuseUnknownStreamsAsync(store, cancellation);
        return (judge.Lines, judge.Import);
    }

    private static async Task RunAsync(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
