using System.Diagnostics;
using System.Security.Cryptography;
using Testing;
using Verify.Entries;
using Verify.Tests.Log;
using Verify.Tree;

namespace Verify.Tests.Performance;

/// <summary>A million entries, or a tenth of that.</summary>
public sealed class LargeTests(ITestOutputHelper output)
{
    private static readonly int s_entries = Load.Times(1_000_000);

    [Fact]
    public void Building_and_verifying_the_tree_costs_at_most_twice_the_hashes_of_the_same_entries()
    {
        using var log = new LargeLog(s_entries);
        // Of each bundle the best of three rounds: other processes share the cores.
        var best = new Dictionary<long, Costs>();
        for (var round = 0; round < 3; round++)
        {
            foreach (var (n, costs) in Rounds(log))
            {
                best[n] = best.TryGetValue(n, out var before) ? before.Least(costs) : costs;
            }
        }

        var (entries, stream, tree) = (
            best.Values.Sum(c => c.Entries.TotalSeconds),
            best.Values.Sum(c => c.Stream.TotalSeconds),
            best.Values.Sum(c => c.Tree.TotalSeconds)
        );
        output.WriteLine(
            $"{log.Entries} entries, {log.Bytes / 1e6:F0} MB, one core: tree {tree:F3} s; SHA-256 of each entry {entries:F3} s, ratio {entries / tree:F2}; of all as one stream {stream:F3} s, ratio {stream / tree:F2}"
        );
        (entries / tree).ShouldBeGreaterThanOrEqualTo(0.5);
    }

    [Fact]
    public async Task Memory_does_not_grow_with_the_log()
    {
        using var large = new LargeLog(s_entries);
        using var small = new LargeLog(s_entries / 5);
        var (much, seconds) = await PeakAsync(large);
        var (little, _) = await PeakAsync(small);
        output.WriteLine(
            $"{large.Entries} entries: {much >> 20} MB at most, {seconds.TotalSeconds:F1} s; {small.Entries} entries: {little >> 20} MB"
        );
        ((double)much / little).ShouldBeLessThan(1.5);
    }

    private sealed record Costs(TimeSpan Entries, TimeSpan Stream, TimeSpan Tree)
    {
        public Costs Least(Costs other) =>
            new(
                Entries < other.Entries ? Entries : other.Entries,
                Stream < other.Stream ? Stream : other.Stream,
                Tree < other.Tree ? Tree : other.Tree
            );
    }

    // Reading the files is in none of the three.
    private static IEnumerable<(long Bundle, Costs Costs)> Rounds(LargeLog log)
    {
        var edge = new Edge();
        var hash = new byte[Hashing.Size];
        using var stream = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var n = 0; n * 256 < log.Entries; n++)
        {
            var width = Math.Min(256, log.Entries - n * 256);
            var bytes = log.Read(TilePath.Entries(n, width));
            var tile = log.Read(TilePath.Hashes(0, n, width));

            var begun = Stopwatch.GetTimestamp();
            stream.AppendData(bytes);
            var asStream = Stopwatch.GetElapsedTime(begun);

            begun = Stopwatch.GetTimestamp();
            Bundle.TryParse(bytes, width, out var bundle, out _).ShouldBeTrue();
            var leaves = new byte[width * Hashing.Size];
            for (var i = 0; i < width; i++)
            {
                Hashing.Leaf(bundle!.Leaf(i), leaves.AsSpan(i * Hashing.Size, Hashing.Size));
            }

            leaves.AsSpan().SequenceEqual(tile).ShouldBeTrue();
            if (width == 256)
            {
                edge.Append(Hashing.RootOf(leaves), TilePath.Height);
            }
            else
            {
                edge.AppendLeaves(leaves);
            }

            var tree = Stopwatch.GetElapsedTime(begun);

            begun = Stopwatch.GetTimestamp();
            for (var i = 0; i < width; i++)
            {
                SHA256.HashData(bundle![i].Span, hash);
            }

            yield return (n, new Costs(Stopwatch.GetElapsedTime(begun), asStream, tree));
        }

        edge.Root().ShouldBe(log.Root);
    }

    // The tool itself, in a process of its own.
    private static async Task<(long Bytes, TimeSpan Took)> PeakAsync(LargeLog log)
    {
        var begun = Stopwatch.GetTimestamp();
        using var tool = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    Path.Combine(AppContext.BaseDirectory, "zusagenbuch-verify.dll"),
                    log.Folder,
                    "--key",
                    log.Key.VerifierKey,
                ]
            )
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var said = tool.StandardOutput.ReadToEndAsync();
        long peak = 0;
        while (!tool.HasExited)
        {
            try
            {
                tool.Refresh();
                peak = Math.Max(peak, tool.PeakWorkingSet64);
            }
            catch (InvalidOperationException)
            {
                // It ended after it was asked whether it had; what it said before stands.
            }

            await Task.Delay(20);
        }

        tool.ExitCode.ShouldBe(0, await said);
        return (peak, Stopwatch.GetElapsedTime(begun));
    }
}
