using Ledger.Transparency;
using Npgsql;
using Projections.Feed;
using Web.Hosting;

namespace Web.Feeds;

/// <summary>
/// Follows the sealed record once for this whole node, and hands each new entry to those who wait for it. What is recorded is read once,
/// however many listen; who listens for something else is not even woken.
/// </summary>
public sealed class EventTail(OpenLedger ledger, FeedReader reader, ILogger<EventTail> log)
    : BackgroundService
{
    private const int Page = 1_000;
    private const int Skippable = 10_000;
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_pulse = TimeSpan.FromSeconds(15);

    // Under load listeners are told in batches: what it costs to wake them must not come out of what recording needs.
    private static readonly TimeSpan s_patiencePerListener = TimeSpan.FromMicroseconds(100);

    private static readonly string s_withheld = Facet.Type.Mark("withheld");

    // After these a committee can have another successor than before.
    private static readonly HashSet<string> s_handsOver =
    [
        Facet.Type.Mark("committeeDissolved"),
        Facet.Corrections.Mark(Facet.Only),
    ];

    private readonly Dictionary<FeedFilter, FilterTail> _tails = [];
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _started = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private long _end = -1;
    private volatile int _withholdings;

    /// <summary>How many entries can be read here, as far as this node has heard; -1 before the first look.</summary>
    public long End => Interlocked.Read(ref _end);

    /// <summary>How often an entry was withheld that may have been shown: then nothing that was made before is the truth any more.</summary>
    public int Withholdings => _withholdings;

    /// <summary>Begins to listen for what a filter wants; disposing ends it.</summary>
    public async Task<Listening> ListenAsync(FeedFilter filter, CancellationToken cancellation)
    {
        await _started.Task.WaitAsync(cancellation);
        var settled = await reader.SettleAsync(filter, cancellation);
        lock (_gate)
        {
            if (!_tails.TryGetValue(filter, out var tail))
            {
                _tails[filter] = tail = new FilterTail(settled, _end);
            }

            tail.Listeners++;
            return new Listening(this, tail);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            ledger.FollowAsync(
                (connection, succeeded) => FollowAsync(connection, succeeded, stoppingToken),
                (e, pause) => log.LogWarning(e, "The feeds pause for {Pause}", pause),
                stoppingToken
            ),
            PulseAsync(stoppingToken)
        );

    private async Task FollowAsync(
        NpgsqlConnection connection,
        Action succeeded,
        CancellationToken stop
    )
    {
        await connection.ListenAsync(stop, LogReader.SealedChannel, FeedProjection.Channel);

        if (End < 0)
        {
            Interlocked.Exchange(ref _end, await reader.EndAsync(stop));
            _started.SetResult();
        }

        while (true)
        {
            int woken;
            while ((woken = await AdvanceAsync(stop)) >= 0)
            {
                await Task.Delay(woken * s_patiencePerListener, stop);
            }

            succeeded();
            await connection.WaitAsync(s_poll, stop);
        }
    }

    /// <returns>How many listeners were woken; -1 when there was nothing new.</returns>
    private async Task<int> AdvanceAsync(CancellationToken stop)
    {
        if (await SkipAsync(stop))
        {
            return 0;
        }

        var entries = await reader.RawAsync(null, End, long.MaxValue, Page, stop);
        if (entries.Count == 0)
        {
            return -1;
        }

        var woken = await HandOutAsync(entries, stop);
        if (entries.Any(e => e.Marks.Contains(s_withheld, StringComparer.Ordinal)))
        {
            Interlocked.Increment(ref _withholdings);
        }

        return woken;
    }

    // A large import: nobody waits for its entries one by one.
    private async Task<bool> SkipAsync(CancellationToken stop)
    {
        lock (_gate)
        {
            if (_tails.Count > 0)
            {
                return false;
            }
        }

        var end = await reader.EndAsync(stop);
        lock (_gate)
        {
            if (_tails.Count > 0 || end - _end <= Skippable)
            {
                return false;
            }

            _end = end;
        }

        Interlocked.Increment(ref _withholdings);
        return true;
    }

    private async Task<int> HandOutAsync(IReadOnlyList<RawEntry> entries, CancellationToken stop)
    {
        var frames = entries
            .Where(e => e.Bytes is not null)
            .Select(e => (e, EventStream.Frame(e)))
            .ToList();
        var handsOver = entries.Any(e => e.Marks.Any(s_handsOver.Contains));
        HashSet<FilterTail> settled = [];
        while (true)
        {
            // Committees may have been handed over by these very entries, and listeners may have come meanwhile.
            foreach (var tail in handsOver ? Unsettled() : [])
            {
                tail.Filter = await reader.SettleAsync(tail.Filter.Filter, stop);
                settled.Add(tail);
            }

            lock (_gate)
            {
                if (handsOver && Unsettled().Count > 0)
                {
                    continue;
                }

                _end = entries[^1].Index + 1;
                return _tails.Values.Sum(t => t.Take(frames, _end));
            }
        }

        List<FilterTail> Unsettled()
        {
            lock (_gate)
            {
                return
                [
                    .. _tails.Values.Where(t =>
                        t.Filter.Filter[Facet.Committee].Count > 0 && !settled.Contains(t)
                    ),
                ];
            }
        }
    }

    // Comments keep connections open through proxies, and show which are dead.
    private async Task PulseAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(s_pulse);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                lock (_gate)
                {
                    foreach (var tail in _tails.Values)
                    {
                        tail.Wake();
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    private void Leave(FilterTail tail)
    {
        lock (_gate)
        {
            if (--tail.Listeners == 0)
            {
                _tails.Remove(tail.Filter.Filter);
            }
        }
    }

    /// <summary>Somebody who listens.</summary>
    public sealed class Listening : IDisposable
    {
        private readonly EventTail _events;
        private bool _left;

        internal Listening(EventTail events, FilterTail tail)
        {
            _events = events;
            Tail = tail;
        }

        public FilterTail Tail { get; }

        public void Dispose()
        {
            if (!_left)
            {
                _left = true;
                _events.Leave(Tail);
            }
        }
    }
}
