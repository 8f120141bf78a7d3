using Verify.Entries;

namespace Verify.Checks;

/// <summary>A witness's word that the log had just so many entries at a time.</summary>
public sealed record Witnessed(long Size, DateTimeOffset At);

/// <summary>When entries claim to be recorded: never before the entry before them, never before a witness saw a log without them.</summary>
public sealed class Times(IEnumerable<Witnessed> witnessed, DateTimeOffset now, List<Fault> faults)
{
    /// <summary>How far clocks may differ, and a witness may take to answer.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(10);

    private readonly Queue<Witnessed> _coming = new(
        witnessed.OrderBy(w => w.Size).ThenBy(w => w.At)
    );
    private long _last = long.MinValue;
    private long _lastIndex;
    private DateTimeOffset? _floor;
    private bool _backdated;

    /// <summary>Time of the last entry.</summary>
    public DateTimeOffset? Last => _last == long.MinValue ? null : Entry.TimeOf(_last);

    public void Add(long index, long micros)
    {
        while (_coming.TryPeek(out var next) && next.Size <= index)
        {
            _coming.Dequeue();
            _floor = _floor > next.At ? _floor : next.At;
        }

        if (micros < _last)
        {
            faults.Add(Faults.TimeDecreases(index, Entry.TimeOf(micros), Entry.TimeOf(_last)));
        }

        // All after the first are back-dated with it.
        if (!_backdated && _floor is { } floor && Entry.TimeOf(micros) < floor - Skew)
        {
            _backdated = true;
            faults.Add(Faults.TimeBackdated(index, Entry.TimeOf(micros), floor));
        }

        if (micros >= _last)
        {
            _last = micros;
            _lastIndex = index;
        }
    }

    /// <summary>Looks at the latest time of all.</summary>
    /// <param name="seen">When a witness first saw all of it.</param>
    public void Finish(DateTimeOffset? seen)
    {
        if (Last is not { } last)
        {
            return;
        }

        if (seen is { } at && last > at + Skew)
        {
            faults.Add(Faults.TimeAhead(_lastIndex, last, at, witness: true));
        }
        else if (last > now + Skew)
        {
            faults.Add(Faults.TimeAhead(_lastIndex, last, now, witness: false));
        }
    }
}
