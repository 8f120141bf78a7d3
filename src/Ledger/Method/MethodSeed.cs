using Ledger.EventStore;
using Ledger.Recording;
using Npgsql;

namespace Ledger.Method;

/// <summary>
/// Records the version of the status rules that this program follows, so that a deploy never changes a status without an entry. To be
/// called on every start, before anything else is recorded.
/// </summary>
public static class MethodSeed
{
    /// <summary>Records the versions that the record lacks; none when it has them all. Nodes that start together record them once.</summary>
    /// <returns>The number of versions recorded now.</returns>
    /// <exception cref="SchemaException">The record follows rules that this program does not have.</exception>
    public static async Task<int> EnsureAsync(
        EventStore.EventStore store,
        TimeProvider? clock = null,
        CancellationToken cancellation = default
    )
    {
        await using var turn = await store.Database.OpenConnectionAsync(cancellation);
        await RunAsync(
            turn,
            "select pg_advisory_lock(hashtextextended('method', 0))",
            cancellation
        );
        try
        {
            return await RecordMissingAsync(
                store,
                (clock ?? TimeProvider.System).Today(),
                cancellation
            );
        }
        finally
        {
            await RunAsync(
                turn,
                "select pg_advisory_unlock(hashtextextended('method', 0))",
                CancellationToken.None
            );
        }
    }

    private static async Task<int> RecordMissingAsync(
        EventStore.EventStore store,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        var recorded = await store.ReadStreamAsync(
            MethodVersions.Stream,
            cancellation: cancellation
        );
        foreach (var revised in recorded.Select(e => e.Body).OfType<MethodRevised>())
        {
            var known = MethodVersions.All.FirstOrDefault(v => v.Number == revised.Version);
            if (known?.Fingerprint != revised.Fingerprint)
            {
                throw new SchemaException(
                    $"The record follows version {revised.Version} of the method, and this program does not know those rules; start a newer one."
                );
            }
        }

        List<RecordedEvent> events = [.. recorded];
        List<Event> missing = [];
        foreach (var version in MethodVersions.All.Skip(recorded.Count))
        {
            var revised = new MethodRevised
            {
                Version = version.Number,
                Fingerprint = version.Fingerprint,
                Change = version.Change,
                Occurred = Edtf.Day(today),
                OccurredBasis = OccurredBasis.Event,
                Scope = Scope.Context,
            };
            if (MethodVersions.Decide(events, revised) is Decision.Refused refused)
            {
                throw new InvalidOperationException(refused.Reason.En);
            }

            missing.Add(revised);
            events.Add(RecordedEvent.Of(revised, MethodVersions.Stream, events.Count + 1, default));
        }

        if (missing.Count > 0)
        {
            await store.AppendAsync(
                Append.To(MethodVersions.Stream, recorded.Count, missing),
                cancellation: cancellation
            );
        }

        return missing.Count;
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
