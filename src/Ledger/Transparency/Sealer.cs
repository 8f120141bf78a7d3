using Ledger.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Transparency;

/// <summary>
/// Follows the index and seals what is recorded: canonical bytes, leaf hashes, tiles and root, up to 256 entries in one transaction. What it
/// does is a function of the record, so after a crash it goes on at the next index; the database lets one sealer at a time through.
/// </summary>
/// <param name="store">The record.</param>
/// <param name="origin">The log's identity.</param>
public sealed class Sealer(EventStore.EventStore store, string origin)
{
    private const string Command = "select ledger.seal($1, $2, $3, $4, $5, $6, $7)";
    private readonly LogReader _log = new(store.Database);
    private Tree? _tree;

    /// <summary>Seals the next entries.</summary>
    /// <returns>How many; 0 when everything that is recorded is sealed.</returns>
    /// <exception cref="LogFaultException">The stored root is not that of the tiles, or the index is not whole.</exception>
    public async Task<int> SealNextAsync(CancellationToken cancellation = default)
    {
        var tree = _tree ??= await LoadAsync(cancellation);
        _tree = null; // Only what was committed is kept.
        var first = tree.Size;
        var events = await store.ReadAllAsync(first, Tile.FullWidth, cancellation);
        if (events.Count > 0)
        {
            await SealAsync(tree, first, events, cancellation);
        }

        _tree = tree;
        return events.Count;
    }

    private async Task<Tree> LoadAsync(CancellationToken cancellation)
    {
        var head = await _log.HeadAsync(cancellation);
        var tree = await _log.TreeAsync(head.Size, cancellation);
        return tree.Root().AsSpan().SequenceEqual(head.Root)
            ? tree
            : throw new LogFaultException(
                $"The root that is stored for the log's {head.Size} entries is not the root of its tiles."
            );
    }

    private async Task SealAsync(
        Tree tree,
        long first,
        IReadOnlyList<RecordedEvent> events,
        CancellationToken cancellation
    )
    {
        var entries = new byte[events.Count][];
        var leafHashes = new byte[events.Count][];
        var added = new Dictionary<(short Level, long N), List<byte>>();
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Index != first + i)
            {
                throw new LogFaultException($"The index has a hole at {first + i}.");
            }

            entries[i] = CanonicalEntry.Of(origin, events[i]);
            leafHashes[i] = Rfc6962.LeafHash(entries[i]);
            tree.Add(
                leafHashes[i],
                (level, place, hash) =>
                {
                    var key = ((short)level, place / Tile.FullWidth);
                    if (!added.TryGetValue(key, out var hashes))
                    {
                        added[key] = hashes = [];
                    }

                    hashes.AddRange(hash);
                }
            );
        }

        await using var command = store.Database.CreateCommand(Command);
        Add(first, NpgsqlDbType.Bigint);
        Add(entries, NpgsqlDbType.Array | NpgsqlDbType.Bytea);
        Add(leafHashes, NpgsqlDbType.Array | NpgsqlDbType.Bytea);
        Add(added.Keys.Select(k => k.Level).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Smallint);
        Add(added.Keys.Select(k => k.N).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);
        Add(
            added.Values.Select(h => h.ToArray()).ToArray(),
            NpgsqlDbType.Array | NpgsqlDbType.Bytea
        );
        Add(tree.Root(), NpgsqlDbType.Bytea);
        await command.ExecuteNonQueryAsync(cancellation);

        void Add(object value, NpgsqlDbType type) =>
            command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = type });
    }
}
