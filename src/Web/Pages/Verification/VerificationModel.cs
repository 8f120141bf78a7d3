using Ledger.EventStore;
using Ledger.Transparency;
using Npgsql;
using Web.Api.Recording;
using Web.Hosting;
using Web.Log;

namespace Web.Pages.Verification;

/// <summary>A witness as readers see it.</summary>
/// <param name="Cosigned">When it last cosigned the newest checkpoint; null = not.</param>
public sealed record WitnessState(string Name, DateTimeOffset? Cosigned);

/// <summary>All that /pruefen shows of the log and of this installation.</summary>
/// <param name="Recorded">Number of recorded events.</param>
/// <param name="Published">The checkpoint that readers see; null before the first.</param>
/// <param name="Stopped">Why nothing is signed, as far as this node knows.</param>
/// <param name="FourEyes">Whether what is recorded over HTTP needs a second person.</param>
/// <param name="Seeds">Number of entries that came with the catalogue.</param>
/// <param name="Unreviewed">How many of them name no reviewer.</param>
public sealed record VerificationModel(
    LogIdentity Identity,
    long Recorded,
    SealedHead Head,
    SignedCheckpoint? Published,
    IReadOnlyList<WitnessState> Witnesses,
    int WithheldEntries,
    string? Stopped,
    bool FourEyes,
    long Seeds,
    long Unreviewed
)
{
    /// <summary>Whether signatures mean something on this machine alone.</summary>
    public bool IsLocal => Origin.IsLocal(Identity.Origin);

    public static async Task<VerificationModel> LoadAsync(
        EventStore store,
        LogReader log,
        ReadLogIdentity identity,
        SealingLoop sealing,
        ReviewRule review,
        CancellationToken cancellation
    )
    {
        var who = await identity(cancellation);
        var published = await log.PublishedAsync(cancellation);
        var lines = published is null
            ? []
            : await log.CosignaturesAsync(published.Size, cancellation);
        var (seeds, unreviewed) = await SeedsAsync(store.Database, cancellation);
        return new VerificationModel(
            who,
            await store.NextIndexAsync(cancellation),
            await log.HeadAsync(cancellation),
            published,
            [
                .. who.Policy.Witnesses.Select(w => new WitnessState(
                    w.Key.Name,
                    lines.FirstOrDefault(l => l.Name == w.Key.Name && l.KeyId == w.Key.Id)?.Time
                )),
            ],
            (await log.WithheldAsync(cancellation)).Count,
            sealing.Fault,
            review.FourEyes,
            seeds,
            unreviewed
        );
    }

    private static async Task<(long All, long Unreviewed)> SeedsAsync(
        NpgsqlDataSource database,
        CancellationToken cancellation
    )
    {
        await using var command = database.CreateCommand(
            """
            select count(*), count(*) filter (where e.data ->> 'reviewedBy' is null)
            from ledger.seed s join ledger.log_index i using (event_id) join ledger.mt_events e using (seq_id)
            """
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
