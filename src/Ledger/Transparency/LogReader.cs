using System.Buffers.Binary;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Transparency;

/// <summary>An entry as it is sealed.</summary>
/// <param name="Index">Its log index.</param>
/// <param name="Event">Id of its event.</param>
/// <param name="Bytes">The canonical bytes; null when it is withheld.</param>
/// <param name="LeafHash">SHA-256(0x00 || entry), which stays when the bytes go.</param>
public sealed record LogEntry(long Index, Guid Event, byte[]? Bytes, byte[] LeafHash);

/// <summary>An entry whose bytes are gone.</summary>
/// <param name="DeclaredBy">Log index of the event that declares it; null = none does, which is a fault.</param>
public sealed record WithheldEntry(long Index, byte[] LeafHash, long? DeclaredBy);

/// <summary>What is sealed.</summary>
/// <param name="Size">Number of sealed entries: those below this index have bytes that never change.</param>
/// <param name="Root">The tree's root.</param>
public sealed record SealedHead(long Size, byte[] Root);

/// <summary>A checkpoint that was signed here.</summary>
/// <param name="Key">Verifier key that signed it.</param>
/// <param name="Note">The note as it was signed, without cosignatures.</param>
/// <param name="Published">Null while readers do not see it.</param>
public sealed record SignedCheckpoint(
    long Size,
    byte[] Root,
    string Key,
    string Note,
    DateTimeOffset Signed,
    DateTimeOffset? Published
);

/// <summary>A change of the log's key, as an event announces it.</summary>
/// <param name="Index">Log index of the event.</param>
/// <param name="Size">Size of the last checkpoint of the old key.</param>
/// <param name="Statement">The note that both keys signed.</param>
public sealed record AnnouncedRotation(
    long Index,
    string From,
    string To,
    long Size,
    string Statement
);

/// <summary>
/// Reads the log: entries, tiles, checkpoints. Whoever follows the sealed size listens on the channel <see cref="SealedChannel"/>, and on
/// <see cref="PublishedChannel"/> for checkpoints; the payload is the size.
/// </summary>
public sealed class LogReader(NpgsqlDataSource database)
{
    /// <summary>Channel that tells the sealed size after each page of entries.</summary>
    public const string SealedChannel = "ledger_log";

    /// <summary>Channel that tells the size of each checkpoint that is published.</summary>
    public const string PublishedChannel = "ledger_checkpoint";

    private const string CheckpointColumns = "size, root, key, note, signed, published";

    /// <summary>Size and root of what is sealed now.</summary>
    public async Task<SealedHead> HeadAsync(CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand("select size, root from ledger.log_tree");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new SealedHead(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
    }

    /// <summary>Sealed entries in index order; fewer than asked for at the end of what is sealed.</summary>
    /// <param name="from">First index.</param>
    /// <param name="limit">At most this many.</param>
    public async Task<IReadOnlyList<LogEntry>> ReadEntriesAsync(
        long from,
        int limit,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            """
            select e.idx, i.event_id, e.entry, e.leaf_hash from ledger.log_entry e join ledger.log_index i using (idx)
            where e.idx >= $1 and e.idx < $1 + $2 order by e.idx
            """
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = limit });
        return await EntriesAsync(command, cancellation);
    }

    /// <summary>The sealed entry of an event; null while it is not sealed, or when there is no such event.</summary>
    public async Task<LogEntry?> FindEntryAsync(Guid id, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            """
            select e.idx, i.event_id, e.entry, e.leaf_hash from ledger.log_index i join ledger.log_entry e using (idx)
            where i.event_id = $1
            """
        );
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        return (await EntriesAsync(command, cancellation)).SingleOrDefault();
    }

    /// <summary>The hashes of a tile, as wide as asked for; null when the log has not got it.</summary>
    public async Task<byte[]?> TileAsync(Tile tile, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            "select substring(hashes for $3) from ledger.log_tile where level = $1 and n = $2 and octet_length(hashes) >= $3"
        );
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)tile.Level });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = tile.N });
        command.Parameters.Add(
            new NpgsqlParameter<int> { TypedValue = tile.Width * Rfc6962.HashSize }
        );
        return (byte[]?)await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>An entry bundle: each entry after its length as a 16-bit big-endian number; a withheld one has the length 0.</summary>
    /// <param name="tile">Coordinates of the hash tile at level 0 that it belongs to.</param>
    public async Task<byte[]?> BundleAsync(Tile tile, CancellationToken cancellation = default)
    {
        var entries = await ReadEntriesAsync(tile.N * Tile.FullWidth, tile.Width, cancellation);
        if (entries.Count < tile.Width)
        {
            return null;
        }

        var bundle = new byte[entries.Sum(e => 2 + (e.Bytes?.Length ?? 0))];
        var at = 0;
        foreach (var e in entries)
        {
            var bytes = e.Bytes ?? [];
            BinaryPrimitives.WriteUInt16BigEndian(bundle.AsSpan(at), checked((ushort)bytes.Length));
            bytes.CopyTo(bundle, at + 2);
            at += 2 + bytes.Length;
        }

        return bundle;
    }

    /// <summary>The largest checkpoint that readers see; null before the first.</summary>
    public async Task<SignedCheckpoint?> PublishedAsync(CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            $"select {CheckpointColumns} from ledger.log_checkpoint where published is not null order by size desc limit 1"
        );
        return (await CheckpointsAsync(command, cancellation)).SingleOrDefault();
    }

    /// <summary>The largest checkpoint that was signed, seen by readers or not; null before the first.</summary>
    public async Task<SignedCheckpoint?> NewestSignedAsync(CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            $"select {CheckpointColumns} from ledger.log_checkpoint order by size desc limit 1"
        );
        return (await CheckpointsAsync(command, cancellation)).SingleOrDefault();
    }

    /// <summary>The smallest checkpoint above the published one: what waits for its quorum, and since when. Null when nothing waits.</summary>
    public async Task<SignedCheckpoint?> FirstUnpublishedAsync(
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            $"""
            select {CheckpointColumns} from ledger.log_checkpoint
            where size > coalesce((select max(size) from ledger.log_checkpoint where published is not null), -1)
            order by size limit 1
            """
        );
        return (await CheckpointsAsync(command, cancellation)).SingleOrDefault();
    }

    /// <summary>The smallest published checkpoint that covers an index; null while none does.</summary>
    public async Task<SignedCheckpoint?> CoveringAsync(
        long index,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            $"select {CheckpointColumns} from ledger.log_checkpoint where published is not null and size > $1 order by size limit 1"
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = index });
        return (await CheckpointsAsync(command, cancellation)).SingleOrDefault();
    }

    /// <summary>Published checkpoints, largest first.</summary>
    /// <param name="below">Only smaller ones.</param>
    public async Task<IReadOnlyList<SignedCheckpoint>> CheckpointsAsync(
        long below,
        int limit,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            $"""
            select {CheckpointColumns} from ledger.log_checkpoint
            where published is not null and size < $1 order by size desc limit $2
            """
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = below });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await CheckpointsAsync(command, cancellation);
    }

    /// <summary>Everything that is withheld, by its index.</summary>
    public async Task<IReadOnlyDictionary<long, WithheldEntry>> WithheldAsync(
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            """
            select w.idx, e.leaf_hash, d.idx from ledger.log_withheld w join ledger.log_entry e using (idx)
            left join ledger.log_index d on d.event_id = w.declared_by order by w.idx
            """
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        Dictionary<long, WithheldEntry> withheld = [];
        while (await reader.ReadAsync(cancellation))
        {
            withheld[reader.GetInt64(0)] = new WithheldEntry(
                reader.GetInt64(0),
                reader.GetFieldValue<byte[]>(1),
                await reader.IsDBNullAsync(2, cancellation) ? null : reader.GetInt64(2)
            );
        }

        return withheld;
    }

    /// <summary>The keys that signed checkpoints, each with the largest size that it signed.</summary>
    public async Task<IReadOnlyList<(string Key, long Size)>> KeysAsync(
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            "select key, max(size) from ledger.log_checkpoint group by key order by 2"
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<(string, long)> keys = [];
        while (await reader.ReadAsync(cancellation))
        {
            keys.Add((reader.GetString(0), reader.GetInt64(1)));
        }

        return keys;
    }

    /// <summary>
    /// Changes of the log's key, oldest first. What other writers of the record say of keys, and the keys did not sign, is none.
    /// </summary>
    public async Task<IReadOnlyList<AnnouncedRotation>> RotationsAsync(
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            """
            select i.idx, e.data ->> 'statement'
            from ledger.mt_events e join ledger.log_index i using (seq_id)
            where e.stream_id = 'log' and e.type = 'key_rotated' and e.data ->> 'statement' is not null order by i.idx
            """
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<AnnouncedRotation> rotations = [];
        while (await reader.ReadAsync(cancellation))
        {
            var statement = reader.GetString(1);
            if (KeyRotation.Signed(statement) is { } rotation)
            {
                rotations.Add(
                    new AnnouncedRotation(
                        reader.GetInt64(0),
                        rotation.Old.ToString(),
                        rotation.New.ToString(),
                        rotation.Size,
                        statement
                    )
                );
            }
        }

        return rotations;
    }

    /// <summary>Cosignatures of a checkpoint: the newest line of each witness.</summary>
    public async Task<IReadOnlyList<NoteSignature>> CosignaturesAsync(
        long size,
        CancellationToken cancellation = default
    )
    {
        await using var command = database.CreateCommand(
            """
            select distinct on (witness) line from ledger.log_cosignature where size = $1 order by witness, time desc
            """
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = size });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<NoteSignature> lines = [];
        while (await reader.ReadAsync(cancellation))
        {
            lines.Add(NoteSignature.Parse(reader.GetString(0)));
        }

        return lines;
    }

    /// <summary>A checkpoint with the cosignatures that are there.</summary>
    public async Task<SignedNote> NoteAsync(
        SignedCheckpoint checkpoint,
        CancellationToken cancellation = default
    ) =>
        SignedNote
            .Parse(checkpoint.Note)
            .With(await CosignaturesAsync(checkpoint.Size, cancellation));

    /// <summary>The lines of a proof.</summary>
    public async Task<IReadOnlyList<byte[]>> HashesAsync(
        IReadOnlyList<Proofs.Range> proof,
        CancellationToken cancellation = default
    )
    {
        var subtrees = await SubtreesAsync(
            proof.SelectMany(r => Subtree.Cover(r.From, r.To)),
            cancellation
        );
        return [.. proof.Select(r => r.Hash(subtrees))];
    }

    /// <summary>The tree as it was at some size, computed from the tiles.</summary>
    /// <param name="size">Not above what is sealed.</param>
    public async Task<Tree> TreeAsync(long size, CancellationToken cancellation = default) =>
        Tree.Load(size, await SubtreesAsync(Subtree.Cover(0, size), cancellation));

    // Roots of whole subtrees, in one round trip.
    private async Task<Func<Subtree, byte[]>> SubtreesAsync(
        IEnumerable<Subtree> subtrees,
        CancellationToken cancellation
    )
    {
        var places = subtrees.Select(s => (s.Tile.Level, s.Tile.N)).Distinct().ToList();
        await using var command = database.CreateCommand(
            "select level, n, hashes from ledger.log_tile join unnest($1, $2) u (level, n) using (level, n)"
        );
        command.Parameters.Add(
            new NpgsqlParameter
            {
                Value = places.ConvertAll(p => (short)p.Level).ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint,
            }
        );
        command.Parameters.Add(
            new NpgsqlParameter
            {
                Value = places.ConvertAll(p => p.N).ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint,
            }
        );
        Dictionary<(int, long), byte[]> tiles = [];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            tiles[(reader.GetInt16(0), reader.GetInt64(1))] = reader.GetFieldValue<byte[]>(2);
        }

        return subtree =>
            tiles.TryGetValue((subtree.Tile.Level, subtree.Tile.N), out var hashes)
            && hashes.Length >= subtree.Tile.Width * Rfc6962.HashSize
                ? subtree.RootFrom(hashes)
                : throw new LogFaultException(
                    $"The tile {subtree.Tile.Path} of the log is missing or too narrow."
                );
    }

    private static async Task<IReadOnlyList<LogEntry>> EntriesAsync(
        NpgsqlCommand command,
        CancellationToken cancellation
    )
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<LogEntry> entries = [];
        while (await reader.ReadAsync(cancellation))
        {
            entries.Add(
                new LogEntry(
                    reader.GetInt64(0),
                    reader.GetGuid(1),
                    await reader.IsDBNullAsync(2, cancellation)
                        ? null
                        : reader.GetFieldValue<byte[]>(2),
                    reader.GetFieldValue<byte[]>(3)
                )
            );
        }

        return entries;
    }

    private static async Task<IReadOnlyList<SignedCheckpoint>> CheckpointsAsync(
        NpgsqlCommand command,
        CancellationToken cancellation
    )
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<SignedCheckpoint> checkpoints = [];
        while (await reader.ReadAsync(cancellation))
        {
            checkpoints.Add(
                new SignedCheckpoint(
                    reader.GetInt64(0),
                    reader.GetFieldValue<byte[]>(1),
                    reader.GetString(2),
                    reader.GetString(3),
                    reader.GetFieldValue<DateTimeOffset>(4),
                    await reader.IsDBNullAsync(5, cancellation)
                        ? null
                        : reader.GetFieldValue<DateTimeOffset>(5)
                )
            );
        }

        return checkpoints;
    }
}
