using Projections.Feed;

namespace Web.Feeds;

/// <summary>The newest entries that one filter wants, for all who listen with it.</summary>
/// <param name="filter">The filter.</param>
/// <param name="from">First index from which nothing it wants is missing here.</param>
public sealed class FilterTail(SettledFilter filter, long from)
{
    private const int MostKept = 1_000;
    private const int MostBytes = 4 * 1024 * 1024;

    private readonly Queue<(long Index, byte[] Frame)> _kept = [];
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = New();
    private long _from = from;
    private long _end = from;
    private long _last = -1;
    private int _bytes;

    public SettledFilter Filter { get; set; } = filter;

    internal int Listeners { get; set; }

    /// <summary>Ends when there may be something new, and at each pulse. Taken before reading, it misses nothing.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    /// <summary>What came from an index on; null when some of it is no longer kept and has to be read from the record.</summary>
    /// <param name="next">The index from which to ask the next time.</param>
    public IReadOnlyList<byte[]>? Read(ref long next)
    {
        lock (_gate)
        {
            if (next < _from)
            {
                return null;
            }

            var first = next;
            next = Math.Max(next, _end);
            return _last < first
                ? []
                : [.. _kept.Where(k => k.Index >= first).Select(k => k.Frame)];
        }
    }

    /// <summary>Whether nothing came from an index on.</summary>
    public bool IsAt(long next)
    {
        lock (_gate)
        {
            return _last < next;
        }
    }

    /// <summary>Takes what it wants of new entries.</summary>
    /// <param name="end">The index after the last of them.</param>
    /// <returns>How many listeners it woke.</returns>
    internal int Take(IReadOnlyList<(RawEntry Entry, byte[] Frame)> entries, long end)
    {
        var wanted = false;
        lock (_gate)
        {
            foreach (var (entry, frame) in entries)
            {
                if (entry.Index >= _end && Filter.Lets(entry))
                {
                    wanted = true;
                    _kept.Enqueue((entry.Index, frame));
                    _bytes += frame.Length;
                    _last = entry.Index;
                }
            }

            while (_kept.Count > MostKept || _bytes > MostBytes)
            {
                var (index, frame) = _kept.Dequeue();
                _bytes -= frame.Length;
                _from = index + 1;
            }

            _end = end;
        }

        if (wanted)
        {
            Wake();
        }

        return wanted ? Listeners : 0;
    }

    /// <summary>Wakes all who listen.</summary>
    internal void Wake()
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            changed = _changed;
            _changed = New();
        }

        changed.SetResult();
    }

    private static TaskCompletionSource New() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
