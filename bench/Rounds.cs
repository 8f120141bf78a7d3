using System.Diagnostics;

namespace Bench;

/// <summary>The same work done in several ways, in turns, so that a noisy machine disturbs all alike.</summary>
internal static class Rounds
{
    /// <summary>Measures after one round of each to warm up.</summary>
    /// <param name="count">How many rounds; at least five, or a median means little.</param>
    /// <param name="ways">Each prepares a round; it is told its number, from 0 (the warm-up).</param>
    /// <returns>Seconds of each round, way by way.</returns>
    public static async Task<IReadOnlyList<IReadOnlyList<double>>> TakeAsync(
        int count,
        params IReadOnlyList<Prepare> ways
    )
    {
        var seconds = ways.Select(_ => new List<double>(count)).ToList();
        for (var round = 0; round <= count; round++)
        {
            for (var way = 0; way < ways.Count; way++)
            {
                var time = await TimeAsync(ways[way], round);
                if (round > 0)
                {
                    seconds[way].Add(time);
                }
            }
        }

        return seconds;
    }

    private static async Task<double> TimeAsync(Prepare prepare, int round)
    {
        await using var work = await prepare(round);
        GC.Collect();
        var watch = Stopwatch.StartNew();
        await work.RunAsync();
        return watch.Elapsed.TotalSeconds;
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

/// <summary>Makes ready what the clock must not see: rows, connections, prepared statements.</summary>
internal delegate Task<Work> Prepare(int round);

/// <summary>What the clock sees.</summary>
/// <param name="RunAsync">The work.</param>
/// <param name="Held">What is let go of afterwards.</param>
internal sealed record Work(Func<Task> RunAsync, params IReadOnlyList<IAsyncDisposable> Held)
    : IAsyncDisposable
{
    /// <summary>Several at once.</summary>
    public static async Task<Work> TogetherAsync(IEnumerable<Task<Work>> parts)
    {
        var ready = await Task.WhenAll(parts);
        return new Work(() => Task.WhenAll(ready.Select(w => Task.Run(w.RunAsync))), ready);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var held in Held)
        {
            await held.DisposeAsync();
        }
    }
}
