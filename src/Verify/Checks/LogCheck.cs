using Verify.Fetching;
using Verify.Notes;
using Verify.Tree;

namespace Verify.Checks;

/// <summary>What the pass over the log found.</summary>
/// <param name="RootFits">Whether the leaf hashes give the signed root.</param>
/// <param name="Rewritten">Earlier checkpoints that are not the beginning of this log.</param>
/// <param name="Withheld">Entries without bytes that an event declares, by index.</param>
/// <param name="AwaitsDeclaration">Whether the event that declares one is said to come after the checkpoint.</param>
public sealed record LogFindings(
    IReadOnlyList<Fault> Faults,
    bool RootFits,
    IReadOnlyList<Checkpoint> Rewritten,
    Streams Streams,
    IReadOnlySet<long> Withheld,
    bool AwaitsDeclaration,
    DateTimeOffset? LastTime
)
{
    /// <summary>Personal values, by digest.</summary>
    public required Commitments Commitments { get; init; }

    /// <summary>Signed statements of changes of keys that entries announce.</summary>
    public required IReadOnlySet<string> Rotations { get; init; }
}

/// <summary>
/// One pass over the whole log, bundle after bundle, four at a time. Of the tree only the edge is kept, so memory does not grow with the log.
/// </summary>
public sealed class LogCheck(
    ISource source,
    Checkpoint checkpoint,
    IReadOnlyList<Checkpoint> earlier,
    Times times,
    List<Fault> timeFaults,
    bool withStatements,
    Func<BundleFacts, CancellationToken, Task> seen,
    Action finish
)
{
    private const int MostFaults = 50;
    private readonly List<Fault> _faults = [];
    private readonly Streams _streams = new();
    private readonly Dictionary<long, (long Declared, string Subject)> _declared = [];
    private readonly Dictionary<long, string> _blank = [];
    private readonly Commitments _commitments = new();
    private readonly HashSet<string> _rotations = new(StringComparer.Ordinal);
    private readonly Queue<Checkpoint> _earlier = new(
        earlier.Where(c => c.Size <= checkpoint.Size).OrderBy(c => c.Size)
    );
    private readonly List<Checkpoint> _rewritten = [];
    private readonly Edge _byTiles = new();
    private Edge? _byEntries;

    /// <param name="list">The entries that the log lists as withheld.</param>
    public async Task<LogFindings> RunAsync(WithheldList list, CancellationToken cancellation)
    {
        var tower = new TileTower(source, _faults);
        var bundles = new BundleCheck(source, withStatements);
        using var abandon = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var coming = new Queue<Task<BundleFacts>>();
        try
        {
            CompareEarlier([]);
            for (long next = 0, start = 0; start < checkpoint.Size; start += TilePath.Width)
            {
                for (
                    ;
                    coming.Count < Site.AtOnce && next * TilePath.Width < checkpoint.Size;
                    next++
                )
                {
                    var n = next;
                    var width = (int)Math.Min(TilePath.Width, checkpoint.Size - n * TilePath.Width);
                    coming.Enqueue(
                        Task.Run(() => bundles.RunAsync(n, width, abandon.Token), abandon.Token)
                    );
                }

                var bundle = await coming.Dequeue();
                await TakeAsync(bundle, tower, cancellation);
            }

            await tower.FinishAsync(cancellation);
        }
        catch (FaultException e)
        {
            _faults.Add(e.Fault);
            return Findings(false, list);
        }
        finally
        {
            await abandon.CancelAsync();
            await Task.WhenAll(coming).ContinueWith(static _ => { }, TaskScheduler.Default);
        }

        return Findings(true, list);
    }

    private async Task TakeAsync(
        BundleFacts bundle,
        TileTower tower,
        CancellationToken cancellation
    )
    {
        if (_byEntries is null && !bundle.TileLeaves.AsSpan().SequenceEqual(bundle.EntryLeaves))
        {
            _byEntries = _byTiles.Fork();
        }

        CompareEarlier(bundle.TileLeaves);
        if (bundle.SubtreeRoot is { } root)
        {
            _byTiles.Append(root, TilePath.Height);
            await tower.AddAsync(root, cancellation);
        }
        else
        {
            _byTiles.AppendLeaves(bundle.TileLeaves);
        }

        _byEntries?.AppendLeaves(bundle.EntryLeaves);
        foreach (var fact in bundle.Entries)
        {
            times.Add(fact.Index, fact.Micros);
            if (fact.Withholds is { } index && index < fact.Index)
            {
                _declared.TryAdd(index, (fact.Index, fact.Subject));
            }

            _commitments.Add(fact);
            if (fact.Rotation is { } rotation)
            {
                _rotations.Add(rotation);
            }
        }

        foreach (var index in bundle.Blank)
        {
            var at = (int)(index - bundle.Start) * Hashing.Size;
            _blank.Add(index, Convert.ToBase64String(bundle.TileLeaves.AsSpan(at, Hashing.Size)));
        }

        _streams.Add(bundle);
        if (_faults.Count < MostFaults)
        {
            _faults.AddRange(bundle.Faults);
        }

        await seen(bundle, cancellation);
    }

    // Checkpoints of sizes that lie in the bundle that comes now, or at its beginning or end.
    private void CompareEarlier(byte[] leaves)
    {
        var edge = _byTiles;
        var end = _byTiles.Size + leaves.Length / Hashing.Size;
        while (_earlier.TryPeek(out var saved) && saved.Size <= end)
        {
            _earlier.Dequeue();
            var more = (int)(saved.Size - edge.Size) * Hashing.Size;
            if (more > 0)
            {
                var from = (int)(edge.Size - _byTiles.Size) * Hashing.Size;
                edge = edge.Fork();
                edge.AppendLeaves(leaves.AsSpan(from, more));
            }

            if (!edge.Root().AsSpan().SequenceEqual(saved.Root.Span))
            {
                _rewritten.Add(saved);
            }
        }
    }

    private LogFindings Findings(bool whole, WithheldList list)
    {
        var rootFits = whole && _byTiles.Root().AsSpan().SequenceEqual(checkpoint.Root.Span);
        if (whole && !rootFits)
        {
            // Either the tiles lie or the entries do; the signature tells which.
            if (_byEntries?.Root().AsSpan().SequenceEqual(checkpoint.Root.Span) == true)
            {
                rootFits = true;
                var altered = _faults.FirstOrDefault(f => f.Code is "entry-altered")?.Index ?? 0;
                var n = altered / TilePath.Width;
                _faults.RemoveAll(f => f.Code is "entry-altered" or "tile-altered");
                _faults.Add(
                    Faults.TileAltered(
                        LogPath.Prefix
                            + TilePath.Hashes(
                                0,
                                n,
                                (int)Math.Min(TilePath.Width, checkpoint.Size - n * TilePath.Width)
                            )
                    )
                );
                _rewritten.Clear();
            }
            else
            {
                _faults.Add(Faults.RootDiffers);
            }
        }

        Dictionary<long, string> withheld = [];
        Dictionary<string, int> withheldOf = new(StringComparer.Ordinal);
        if (whole)
        {
            foreach (var (index, leaf) in _blank)
            {
                if (!_declared.TryGetValue(index, out var by))
                {
                    _faults.Add(Faults.WithheldUndeclared(index));
                    continue;
                }

                withheld.Add(index, leaf);
                withheldOf[by.Subject] = withheldOf.GetValueOrDefault(by.Subject) + 1;
            }

            _faults.AddRange(list.Differences(checkpoint.Size, withheld, _declared));
            _faults.AddRange(_streams.Gaps(withheldOf).Take(MostFaults));
            if (rootFits)
            {
                // Only against leaves that the signature covers can an earlier checkpoint be held.
                _faults.InsertRange(
                    0,
                    _rewritten.Select(c =>
                        c.Size == checkpoint.Size ? Faults.LogForked(c) : Faults.HistoryRewritten(c)
                    )
                );
            }
        }

        finish();
        _faults.AddRange(timeFaults);
        return new LogFindings(
            _faults,
            rootFits,
            rootFits ? _rewritten : [],
            _streams,
            withheld.Keys.ToHashSet(),
            _blank.Keys.Any(i =>
                !_declared.ContainsKey(i) && list.IsDeclaredBeyond(checkpoint.Size, i)
            ),
            times.Last
        )
        {
            Commitments = _commitments,
            Rotations = _rotations,
        };
    }
}
