using System.Security.Cryptography;
using System.Text.Json;
using Verify.Entries;
using Verify.Fetching;
using Verify.Tree;

namespace Verify.Checks;

/// <summary>What one entry says that concerns the whole log.</summary>
/// <param name="Statement">Digest of what it states; empty when the API is not asked.</param>
/// <param name="Withholds">Index of the entry that it declares withheld.</param>
public sealed record EntryFacts(
    long Index,
    long Micros,
    string Subject,
    long Version,
    ReadOnlyMemory<byte> Statement,
    long? Withholds
)
{
    /// <summary>Digests of personal values to which it commits.</summary>
    public IReadOnlyList<string> Commits { get; init; } = [];

    /// <summary>Digests of personal values that it declares erased.</summary>
    public IReadOnlyList<string> Erases { get; init; } = [];

    /// <summary>The signed statement of a change of keys that it announces.</summary>
    public string? Rotation { get; init; }
}

/// <summary>What the check of one bundle found. Nothing in it depends on the bundles before.</summary>
/// <param name="TileLeaves">Leaf hashes as the tile states them.</param>
/// <param name="EntryLeaves">Leaf hashes of the entries themselves; the tile's where an entry is blank.</param>
/// <param name="Blank">Entries without bytes.</param>
public sealed record BundleFacts(
    long Start,
    Bundle Bundle,
    byte[] TileLeaves,
    byte[] EntryLeaves,
    byte[]? SubtreeRoot,
    IReadOnlyList<EntryFacts> Entries,
    IReadOnlyList<long> Blank,
    IReadOnlyList<Fault> Faults
)
{
    public int Width => Bundle.Count;
}

/// <summary>Reads a bundle with its tile and checks each entry: its hash, its form, its number.</summary>
public sealed class BundleCheck(ISource source, bool withStatements)
{
    // What is wrong with one entry is likely wrong with all.
    private const int MostFaults = 8;

    /// <param name="n">Number of the bundle.</param>
    /// <param name="width">How many entries the checkpoint counts in it.</param>
    /// <exception cref="FaultException">It is not there, or cannot be divided.</exception>
    public async Task<BundleFacts> RunAsync(long n, int width, CancellationToken cancellation)
    {
        var tile = await TileAsync(source, 0, n, width, cancellation);
        var path = LogPath.Prefix + TilePath.Entries(n, width);
        var bytes = await source.ReadAsync(path, Bundle.Longest, cancellation);
        if (bytes is null && width < TilePath.Width)
        {
            // A server may drop partial bundles once the full one is there.
            bytes = await source.ReadAsync(
                LogPath.Prefix + TilePath.Entries(n, TilePath.Width),
                Bundle.Longest,
                cancellation
            );
            bytes = bytes is null ? null : Bundle.FirstOf(bytes, width);
        }

        if (bytes is null)
        {
            throw new FaultException(Faults.Missing(path));
        }

        if (Bundle.TryParse(bytes, width, out var bundle, out var whole))
        {
            return Check(n * TilePath.Width, bundle, tile);
        }

        throw new FaultException(
            whole is { } count
                ? Faults.EntryMissing(n * TilePath.Width + count)
                : Faults.BundleMalformed(path)
        );
    }

    /// <summary>A tile of hashes, of exactly this width.</summary>
    public static async Task<byte[]> TileAsync(
        ISource source,
        int level,
        long n,
        int width,
        CancellationToken cancellation
    )
    {
        const int Longest = TilePath.Width * Hashing.Size;
        var path = LogPath.Prefix + TilePath.Hashes(level, n, width);
        var tile = await source.ReadAsync(path, Longest, cancellation);
        if (tile is null && width < TilePath.Width)
        {
            tile = await source.ReadAsync(
                LogPath.Prefix + TilePath.Hashes(level, n, TilePath.Width),
                Longest,
                cancellation
            );
            tile = tile is { Length: Longest } ? tile[..(width * Hashing.Size)] : tile;
        }

        return tile is null ? throw new FaultException(Faults.Missing(path))
            : tile.Length != width * Hashing.Size
                ? throw new FaultException(
                    Faults.TileMalformed(path, width * Hashing.Size, tile.Length)
                )
            : tile;
    }

    private BundleFacts Check(long start, Bundle bundle, byte[] tile)
    {
        List<Fault> faults = [];
        List<EntryFacts> facts = new(bundle.Count);
        List<long> blank = [];
        var leaves = new byte[tile.Length];
        for (var i = 0; i < bundle.Count; i++)
        {
            var leaf = leaves.AsSpan(i * Hashing.Size, Hashing.Size);
            var signed = tile.AsSpan(i * Hashing.Size, Hashing.Size);
            Hashing.Leaf(bundle.Leaf(i), leaf);
            if (bundle[i].IsEmpty && !leaf.SequenceEqual(signed))
            {
                blank.Add(start + i);
                signed.CopyTo(leaf);
                continue;
            }

            var fault = Read(start + i, bundle[i], out var fact);
            if (!leaf.SequenceEqual(signed) && fault?.Code != "entries-reordered")
            {
                fault = Faults.EntryAltered(start + i);
            }

            if (fault is not null && faults.Count < MostFaults)
            {
                faults.Add(fault);
            }

            if (fact is not null)
            {
                facts.Add(fact);
            }
        }

        return new BundleFacts(
            start,
            bundle,
            tile,
            leaves,
            bundle.Count == TilePath.Width ? Hashing.RootOf(tile) : null,
            facts,
            blank,
            faults
        );
    }

    private Fault? Read(long index, ReadOnlyMemory<byte> bytes, out EntryFacts? facts)
    {
        facts = null;
        if (CanonicalForm.FirstFault(bytes.Span) is >= 0 and var at)
        {
            return Faults.NotCanonical(index, at);
        }

        using var json = JsonDocument.Parse(bytes);
        if (!Entry.TryRead(json.RootElement, out var entry))
        {
            return Faults.EntryMalformed(index);
        }

        facts = new EntryFacts(
            index,
            entry.Micros,
            entry.Subject,
            entry.Version,
            withStatements ? Statement.Of(entry) : default(ReadOnlyMemory<byte>),
            entry.ShortType == "withheld"
            && entry.Data.TryGetProperty("index", out var withheld)
            && withheld.ValueKind == JsonValueKind.Number
            && withheld.TryGetInt64(out var number)
                ? number
                : null
        )
        {
            Commits = entry.ShortType == "stated" ? Openings.DigestsOf(entry.Data) : [],
            Erases = entry.ShortType == "erased" ? Openings.ErasedBy(entry.Data) : [],
            Rotation = entry.ShortType == "keyRotated" ? Entry.Text(entry.Data, "statement") : null,
        };
        return entry.Index == index ? null : Faults.EntriesReordered(index, entry.Index);
    }
}
