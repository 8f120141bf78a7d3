using Ledger.Importing;

namespace Ledger.Submissions;

/// <summary>Imports where a second person checks what is recorded: each item becomes a submission.</summary>
public static class ImportProposals
{
    /// <summary>Proposes the items of an import, all or none, in the order of the file.</summary>
    /// <param name="import">Ties the submissions together.</param>
    /// <param name="author">Who imports.</param>
    public static TakeImport By(Guid import, Guid author, TimeProvider clock) =>
        async (store, decided, cancellation) =>
        {
            var seen = decided.Appends.ToDictionary(a => a.Stream, a => a.ExpectedVersion);
            var now = clock.GetUtcNow();
            now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));

            // Lists go by id: of one moment's ids the smaller ones are the earlier items'.
            var ids = decided
                .Items.Select(_ => Guid.CreateVersion7(now))
                .OrderBy(id => id.ToString(), StringComparer.Ordinal);
            await using var connection = await store.Database.OpenConnectionAsync(cancellation);
            await SubmissionStore.AddAsync(
                connection,
                [
                    .. decided
                        .Items.Zip(ids)
                        .Select(p => new Submission(
                            p.Second,
                            author,
                            p.First.Body.RecordedBy,
                            p.First.Stream,
                            seen.GetValueOrDefault(p.First.Stream),
                            p.First.Body,
                            SubmissionState.Open,
                            now,
                            null,
                            null,
                            null,
                            null
                        )
                        {
                            Imported = new ImportedItem(
                                import,
                                p.First.Id,
                                p.First.Sha256,
                                p.First.EventId
                            ),
                        }),
                ],
                cancellation
            );
        };
}
