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
    public void Building_and_verifying_the_tree_costs_at_most_twice_the_hash_of_the_same_bytes()
    {
        using var log = new LargeLog(s_entries);
        List<(TimeSpan Hash, TimeSpan Tree)> rounds = [];
        for (var round = 0; round < 3; round++)
        {
            rounds.Add((Hash(log), Tree(log)));
        }

        var (hash, tree) = (rounds.Min(r => r.Hash), rounds.Min(r => r.Tree));
        output.WriteLine(
            $"{log.Entries} entries, {log.Bytes / 1e6:F0} MB: SHA-256 {hash.TotalSeconds:F3} s, tree {tree.TotalSeconds:F3} s, ratio {hash / tree:F2}"
        );
        (hash / tree).ShouldBeGreaterThanOrEqualTo(0.5);
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
        ((double)much / little).ShouldBeLessThan(1.25);
    }

    // The same bytes, bundle by bundle, by the runtime's own hash. Reading is in both.
    private static TimeSpan Hash(LargeLog log)
    {
        var begun = Stopwatch.GetTimestamp();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var n = 0; n * 256 < log.Entries; n++)
        {
            var width = Math.Min(256, log.Entries - n * 256);
            hash.AppendData(log.Read(TilePath.Entries(n, width)));
        }

        hash.GetHashAndReset().Length.ShouldBe(32);
        return Stopwatch.GetElapsedTime(begun);
    }

    private static TimeSpan Tree(LargeLog log)
    {
        var begun = Stopwatch.GetTimestamp();
        var edge = new Edge();
        for (var n = 0; n * 256 < log.Entries; n++)
        {
            var width = Math.Min(256, log.Entries - n * 256);
            Bundle
                .TryParse(log.Read(TilePath.Entries(n, width)), width, out var bundle, out _)
                .ShouldBeTrue();
            var leaves = new byte[width * Hashing.Size];
            for (var i = 0; i < width; i++)
            {
                Hashing.Leaf(bundle!.Leaf(i), leaves.AsSpan(i * Hashing.Size, Hashing.Size));
            }

            leaves.AsSpan().SequenceEqual(log.Read(TilePath.Hashes(0, n, width))).ShouldBeTrue();
            if (width == 256)
            {
                edge.Append(Hashing.RootOf(leaves), TilePath.Height);
            }
            else
            {
                edge.AppendLeaves(leaves);
            }
        }

        edge.Root().ShouldBe(log.Root);
        return Stopwatch.GetElapsedTime(begun);
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
            tool.Refresh();
            peak = Math.Max(peak, tool.HasExited ? 0 : tool.PeakWorkingSet64);
            await Task.Delay(20);
        }

        tool.ExitCode.ShouldBe(0, await said);
        return (peak, Stopwatch.GetElapsedTime(begun));
    }
}
