using System.Security.Cryptography;
using Verify.Tree;

namespace Verify.Checks;

/// <summary>A running digest over statements in their order.</summary>
public sealed class Chain
{
    private readonly byte[] _digest = new byte[Hashing.Size];

    /// <summary>How many.</summary>
    public long Count { get; private set; }

    public void Add(ReadOnlySpan<byte> statement)
    {
        Span<byte> both = stackalloc byte[2 * Hashing.Size];
        _digest.CopyTo(both);
        statement.CopyTo(both[Hashing.Size..]);
        SHA256.HashData(both, _digest);
        Count++;
    }

    public bool IsSameAs(Chain other) =>
        Count == other.Count && _digest.AsSpan().SequenceEqual(other._digest);
}

/// <summary>What is kept of a stream.</summary>
public sealed class KeptStream
{
    /// <summary>Over its statements; empty when the API is not asked.</summary>
    public Chain Chain { get; } = new();

    public long Count { get; private set; }
    public long LastVersion { get; private set; }
    public bool OutOfOrder { get; private set; }

    public void Add(EntryFacts entry)
    {
        OutOfOrder |= entry.Version <= LastVersion;
        LastVersion = entry.Version;
        Count++;
        if (!entry.Statement.IsEmpty)
        {
            Chain.Add(entry.Statement.Span);
        }
    }
}

/// <summary>What is kept of each stream and each bundle, so that the API can be compared later: some bytes for each, none for an entry.</summary>
public sealed class Streams
{
    private readonly Dictionary<string, KeptStream> _streams = new(StringComparer.Ordinal);
    private readonly List<Chain> _bundles = [];

    public IReadOnlyCollection<string> Subjects => _streams.Keys;

    /// <summary>Digest over the statements of each bundle, by its number.</summary>
    public IReadOnlyList<Chain> Bundles => _bundles;

    public KeptStream this[string subject] => _streams[subject];

    public void Add(BundleFacts bundle)
    {
        var all = new Chain();
        foreach (var entry in bundle.Entries)
        {
            if (!_streams.TryGetValue(entry.Subject, out var kept))
            {
                _streams.Add(entry.Subject, kept = new KeptStream());
            }

            kept.Add(entry);
            if (!entry.Statement.IsEmpty)
            {
                all.Add(entry.Statement.Span);
            }
        }

        _bundles.Add(all);
    }

    /// <summary>Streams of which an event is missing between others; those withheld are not.</summary>
    public IEnumerable<Fault> Gaps(IReadOnlyDictionary<string, int> withheld) =>
        from s in _streams
        where
            s.Value.OutOfOrder
            || s.Value.LastVersion > s.Value.Count + withheld.GetValueOrDefault(s.Key)
        select Faults.VersionGap(s.Key, s.Value.Count, s.Value.LastVersion);
}
