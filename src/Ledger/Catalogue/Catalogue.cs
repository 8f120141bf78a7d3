using Ledger.EventStore;
using Ledger.Recording;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Catalogue;

/// <summary>Records what stands in <c>seeds/</c> and is not on record yet. Every item goes through its decision like any command.</summary>
public sealed class Catalogue(EventStore.EventStore store, TimeProvider clock)
{
    /// <summary>Reads and decides everything, as if nothing were on record. Needs no database.</summary>
    /// <returns>The number of items.</returns>
    /// <exception cref="CatalogueException">Something is wrong, one line for each fault.</exception>
    public static int Validate(string folder, TimeProvider clock) => Judged(folder, clock).Count;

    /// <summary>Freezes every item that is not frozen yet: from then on it is corrected, never changed.</summary>
    /// <returns>How many items were added to <c>seeds/FROZEN</c>.</returns>
    /// <exception cref="CatalogueException">Something is wrong; nothing was frozen.</exception>
    public static int FreezeAll(string folder, TimeProvider clock) =>
        Freeze.Add(folder, Judged(folder, clock));

    /// <summary>Ids of all items: <c>promise:krefeld-x</c>, <c>event:KR-KLI-14</c>.</summary>
    /// <exception cref="CatalogueException">The seeds are wrong.</exception>
    public static IReadOnlySet<string> Ids(string folder) =>
        SeedFiles.Read(folder).Select(s => s.Id).ToHashSet(StringComparer.Ordinal);

    private static IReadOnlyList<Seed> Judged(string folder, TimeProvider clock)
    {
        var seeds = ReadWhole(folder);
        SeedDecisions.Decide(
            seeds,
            new Dictionary<string, Guid>(StringComparer.Ordinal),
            [],
            Streams(seeds),
            clock.GetUtcNow()
        );
        return seeds;
    }

    private static HashSet<StreamKey> Streams(IReadOnlyList<Seed> seeds) =>
        [.. seeds.Select(s => s.Stream)];

    private static IReadOnlyList<Seed> ReadWhole(string folder)
    {
        var seeds = SeedFiles.Read(folder);
        var faults = Freeze.Faults(folder, seeds).ToList();
        return faults.Count == 0 ? seeds : throw new CatalogueException(faults);
    }

    /// <summary>Records what is missing, all or nothing.</summary>
    /// <param name="folder">The seeds.</param>
    /// <param name="progress">Told how many of how many events are recorded.</param>
    /// <returns>The number of events recorded now; 0 when all were on record.</returns>
    /// <exception cref="CatalogueException">Something is wrong, one line for each fault; nothing was recorded.</exception>
    public async Task<long> RecordAsync(
        string folder,
        Action<long, long>? progress = null,
        CancellationToken cancellation = default
    )
    {
        if (!Directory.Exists(folder))
        {
            throw new CatalogueException([
                $"The folder {folder} with the catalogue's seeds is missing.",
            ]);
        }

        // Two nodes that start together record it once: the second waits and finds it there.
        await using var turn = await store.Database.OpenConnectionAsync(cancellation);
        await RunAsync(
            turn,
            "select pg_advisory_lock(hashtextextended('catalogue', 0))",
            cancellation
        );
        try
        {
            return await RecordMissingAsync(folder, progress, cancellation);
        }
        finally
        {
            await RunAsync(
                turn,
                "select pg_advisory_unlock(hashtextextended('catalogue', 0))",
                CancellationToken.None
            );
        }
    }

    private async Task<long> RecordMissingAsync(
        string folder,
        Action<long, long>? progress,
        CancellationToken cancellation
    )
    {
        var digest = SeedFiles.Digest(folder);
        if (await IsRecordedAsync(digest, cancellation))
        {
            return 0;
        }

        var (missing, ids, appends) = await MissingAsync(folder, cancellation);
        var total = missing.Count;
        return await store.RecordBulkAsync(
            appends,
            connection => NoteAsync(connection, missing, ids, digest, cancellation),
            done => progress?.Invoke(done, total),
            cancellation
        );
    }

    /// <summary>What recording would add, in the order in which it would.</summary>
    /// <returns>Each event with its item's id, stream, type and place in the files.</returns>
    /// <exception cref="CatalogueException">Something is wrong, one line for each fault.</exception>
    public async Task<IReadOnlyList<NewItem>> DiffAsync(
        string folder,
        CancellationToken cancellation = default
    )
    {
        var (missing, _, _) = await MissingAsync(folder, cancellation);
        return
        [
            .. missing.Select(s => new NewItem(
                s.Id,
                s.Stream,
                s.Type,
                $"{s.Node.File}:{s.Node.Line}"
            )),
        ];
    }

    private async Task<(
        List<Seed> Seeds,
        Dictionary<string, Guid> Ids,
        List<Append> Appends
    )> MissingAsync(string folder, CancellationToken cancellation)
    {
        var seeds = ReadWhole(folder);
        var recorded = await RecordedAsync(cancellation);
        RefuseChanges(seeds, recorded);
        var missing = seeds.Where(s => !recorded.ContainsKey(s.Id)).ToList();
        var ids = recorded.ToDictionary(r => r.Key, r => r.Value.Event, StringComparer.Ordinal);
        var histories = await store.ReadHistoriesAsync(
            missing.Select(s => s.Stream).ToHashSet(),
            long.MaxValue,
            cancellation
        );
        return (
            missing,
            ids,
            SeedDecisions.Decide(missing, ids, histories, Streams(seeds), clock.GetUtcNow())
        );
    }

    private static void RefuseChanges(
        IReadOnlyList<Seed> seeds,
        Dictionary<string, (Guid Event, byte[] Sha256)> recorded
    )
    {
        List<string> faults =
        [
            .. seeds
                .Where(s =>
                    recorded.TryGetValue(s.Id, out var r)
                    && !r.Sha256.AsSpan().SequenceEqual(s.Sha256)
                )
                .Select(s =>
                    s.Node.Fault(
                        $"'{s.Id}' is on record with other content. Take the change back, or say in seeds/corrections/ what it said "
                            + "before and why that was wrong (docs/editing.md)."
                    ).Message
                ),
        ];
        var present = seeds.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        faults.AddRange(
            recorded
                .Keys.Where(id => !present.Contains(id))
                .Order(StringComparer.Ordinal)
                .Select(id =>
                    $"seeds: '{id}' is on record and no longer in the seeds; what is recorded stays."
                )
        );
        if (faults.Count > 0)
        {
            throw new CatalogueException(faults);
        }
    }

    private async Task<bool> IsRecordedAsync(byte[] digest, CancellationToken cancellation)
    {
        await using var command = store.Database.CreateCommand(
            "select sha256 = $1 from ledger.seed_run order by recorded desc limit 1"
        );
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = digest });
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    private async Task<Dictionary<string, (Guid Event, byte[] Sha256)>> RecordedAsync(
        CancellationToken cancellation
    )
    {
        await using var command = store.Database.CreateCommand(
            "select id, event_id, sha256 from ledger.seed"
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var recorded = new Dictionary<string, (Guid, byte[])>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            recorded[reader.GetString(0)] = (reader.GetGuid(1), reader.GetFieldValue<byte[]>(2));
        }

        return recorded;
    }

    private static async Task NoteAsync(
        NpgsqlConnection connection,
        List<Seed> seeds,
        Dictionary<string, Guid> ids,
        byte[] digest,
        CancellationToken cancellation
    )
    {
        await using var note = new NpgsqlCommand(
            "insert into ledger.seed (id, sha256, event_id) select * from unnest($1, $2, $3)",
            connection
        );
        Add(seeds.ConvertAll(s => s.Id).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        Add(seeds.ConvertAll(s => s.Sha256).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bytea);
        Add(seeds.ConvertAll(s => ids[s.Id]).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        await note.ExecuteNonQueryAsync(cancellation);
        await using var run = new NpgsqlCommand(
            "insert into ledger.seed_run (sha256) values ($1)",
            connection
        );
        run.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = digest });
        await run.ExecuteNonQueryAsync(cancellation);

        void Add(object value, NpgsqlDbType type) =>
            note.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = type });
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

/// <summary>An item of the catalogue that is not on record yet.</summary>
/// <param name="Id">Its id in the seeds.</param>
/// <param name="Stream">The stream that its event would go to.</param>
/// <param name="Type">That event's type.</param>
/// <param name="Place">File and line.</param>
public sealed record NewItem(string Id, StreamKey Stream, EventType Type, string Place);
