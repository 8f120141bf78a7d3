using System.Text.Json;
using System.Text.Json.Nodes;
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
    public static int Validate(string folder, TimeProvider clock)
    {
        var seeds = SeedFiles.Read(folder);
        Decide(seeds, new Dictionary<string, Guid>(StringComparer.Ordinal), [], clock.GetUtcNow());
        return seeds.Count;
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

        var seeds = SeedFiles.Read(folder);
        var recorded = await RecordedAsync(cancellation);
        RefuseChanges(seeds, recorded);
        var missing = seeds.Where(s => !recorded.ContainsKey(s.Id)).ToList();
        var ids = recorded.ToDictionary(r => r.Key, r => r.Value.Event, StringComparer.Ordinal);
        var histories = await store.ReadHistoriesAsync(
            missing.Select(s => s.Stream).ToHashSet(),
            long.MaxValue,
            cancellation
        );
        var appends = Decide(missing, ids, histories, clock.GetUtcNow());
        var total = missing.Count;
        return await store.RecordBulkAsync(
            appends,
            connection => NoteAsync(connection, missing, ids, digest, cancellation),
            done => progress?.Invoke(done, total),
            cancellation
        );
    }

    private static List<Append> Decide(
        IReadOnlyList<Seed> seeds,
        Dictionary<string, Guid> ids,
        IReadOnlyList<StreamHistory> histories,
        DateTimeOffset now
    )
    {
        List<string> faults = [];
        var streams = histories.ToDictionary(
            h => h.Stream,
            h => new Draft(h.Events.Count, [.. h.Events], [])
        );
        var known = seeds.Select(s => s.Stream).Concat(streams.Keys).ToHashSet();
        foreach (var seed in seeds)
        {
            ids.TryAdd(seed.Id, Guid.CreateVersion7());
        }

        foreach (var seed in seeds)
        {
            if (!streams.TryGetValue(seed.Stream, out var draft))
            {
                streams[seed.Stream] = draft = new Draft(0, [], []);
            }

            try
            {
                var body = Body(seed, ids);
                var refusal =
                    Decisions.Decide(seed.Stream, draft.Events, body, now) as Decision.Refused
                    ?? NamedStreams.RefuseUnknown(body, known.Contains);
                if (refusal is not null)
                {
                    throw seed.Node.Fault(refusal.Reason.En!);
                }

                draft.New.Add(new NewEvent(body) { Id = ids[seed.Id] });
                draft.Events.Add(
                    RecordedEvent.Of(
                        body,
                        seed.Stream,
                        draft.Events.Count + 1,
                        now,
                        ids[seed.Id]
                    ) with
                    {
                        // In the order of the seeds, after everything that is recorded.
                        Index = int.MaxValue + (long)draft.Events.Count,
                    }
                );
            }
            catch (SeedException e)
            {
                faults.Add(e.Message);
            }
        }

        return faults.Count == 0
            ?
            [
                .. streams
                    .Where(s => s.Value.New.Count > 0)
                    .Select(s => new Append(s.Key, s.Value.Version, s.Value.New)),
            ]
            : throw new CatalogueException(faults);
    }

    private static Event Body(Seed seed, Dictionary<string, Guid> ids)
    {
        var fields = (JsonObject)seed.Fields.DeepClone();
        foreach (var field in (string[])["measurement", "event"])
        {
            if (fields[field] is { } reference)
            {
                fields[field] = ids.TryGetValue($"event:{reference}", out var id)
                    ? id.ToString()
                    : throw seed.Node.Fault(field, $"the event '{reference}' is not in the seeds");
            }
        }

        try
        {
            return (Event)fields.Deserialize(seed.Type.Record, LedgerJson.Options)!;
        }
        catch (JsonException e)
        {
            var field = e.Path?.TrimStart('$', '.').Split('.', '[')[0];
            throw new SeedException(seed.Node.File, seed.Node.LineOf(field), Explain(e, field));
        }
    }

    private static string Explain(JsonException e, string? field)
    {
        var about = string.IsNullOrEmpty(field) ? "" : $"{field}: ";
        var message = e.Message.Split(" Path: ")[0];
        return message switch
        {
            _ when message.Contains("missing required properties", StringComparison.Ordinal) =>
                $"a field is missing:{message[(message.LastIndexOf(':') + 1)..]}",
            _ when message.Contains("could not be mapped", StringComparison.Ordinal) =>
                $"{about}this field is unknown here",
            _ when message.Contains("System.String", StringComparison.Ordinal) =>
                $"{about}expected a text; put it in quotation marks",
            _ => about + message,
        };
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
                        $"'{s.Id}' is on record with other content. What is recorded is corrected by a further event; "
                            + "while the catalogue is a draft, './ledger up --fresh' makes the embedded database anew."
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

    private sealed record Draft(long Version, List<RecordedEvent> Events, List<NewEvent> New);
}
