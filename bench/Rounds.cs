using System.Diagnostics;

namespace Bench;

/// <summary>Rounds of the same work done in two ways, in turns, so that a noisy machine disturbs both alike.</summary>
/// <param name="Ours">Seconds of each of our rounds.</param>
/// <param name="Reference">Seconds of each of the reference's.</param>
internal sealed record Rounds(IReadOnlyList<double> Ours, IReadOnlyList<double> Reference)
{
    /// <summary>Measures after one round of each to warm up.</summary>
    /// <param name="count">How many rounds; at least five, or a median means little.</param>
    /// <param name="ours">Prepares a round of ours; it is told its number, from 0 (the warm-up).</param>
    /// <param name="reference">Prepares a round of the reference.</param>
    public static async Task<Rounds> TakeAsync(int count, Prepare ours, Prepare reference)
    {
        List<double> ourSeconds = [];
        List<double> referenceSeconds = [];
        for (var round = 0; round <= count; round++)
        {
            var ourTime = await TimeAsync(ours, round);
            var referenceTime = await TimeAsync(reference, round);
            if (round > 0)
            {
                ourSeconds.Add(ourTime);
                referenceSeconds.Add(referenceTime);
            }
        }

        return new Rounds(ourSeconds, referenceSeconds);

        static async Task<double> TimeAsync(Prepare prepare, int round)
        {
            await using var work = await prepare(round);
            GC.Collect();
            var watch = Stopwatch.StartNew();
            await work.RunAsync();
            return watch.Elapsed.TotalSeconds;
        }
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
internal sealed record Work(Func<Task> RunAsync, params IReadOnlyList<IAsyncDisposable> Held) : IAsyncDisposable
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
