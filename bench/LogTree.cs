using System.Buffers.Text;
using System.Security.Cryptography;
using Ledger.EventStore;
using Ledger.Recording;
using Ledger.Transparency;
using Testing;

namespace Bench;

/// <summary>
/// Builds and then verifies the Merkle tree over 1,000,000 entries, against SHA-256 over the same bytes, entry by entry, with the runtime's own hash.
/// Entries are those of an invented promise; only the index in them differs.
/// </summary>
internal static class LogTree
{
    private const int Entries = 1_000_000;
    private const int RoundCount = 5;

    public static async Task<IReadOnlyList<Score>> RunAsync(Stage stage)
    {
        _ = stage;
        byte[]? root = null;
        long most = 0;
        var rounds = await Rounds.TakeAsync(
            RoundCount,
            round =>
                Ready(() =>
                {
                    var before = GC.GetTotalMemory(forceFullCollection: true);
                    var tree = new Tree();
                    var tiles = 0L;
                    var hash = new byte[Rfc6962.HashSize];
                    foreach (var entry in Stream())
                    {
                        Rfc6962.LeafHash(entry.Span, hash);
                        tree.Add(hash, (_, _, _) => tiles++);
                        if (tree.Size % 256 == 0)
                        {
                            _ = tree.Root();
                        }
                    }

                    Same(root ??= tree.Root(), tree.Root());
                    most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false) - before);
                }),
            round =>
                Ready(() =>
                {
                    // As a verifier: leaves and root again, against the root that was signed.
                    var tree = new Tree();
                    var hash = new byte[Rfc6962.HashSize];
                    foreach (var entry in Stream())
                    {
                        Rfc6962.LeafHash(entry.Span, hash);
                        tree.Add(hash);
                    }

                    Same(root!, tree.Root());
                }),
            round =>
                Ready(() =>
                {
                    var hash = new byte[Rfc6962.HashSize];
                    foreach (var entry in Stream())
                    {
                        SHA256.HashData(entry.Span, hash);
                    }
                })
        );
        return
        [
            Score.Speed(
                "log-tree: build 1,000,000 entries",
                Entries,
                "entries",
                rounds[0],
                rounds[2],
                0.5
            ),
            Score.Speed(
                "log-tree: verify 1,000,000 entries",
                Entries,
                "entries",
                rounds[1],
                rounds[2],
                0.5
            ),
            Score.Alone(
                "log-tree: memory gained while building",
                Score.Invariant($"{most / 1024.0:N0} kB")
            ),
        ];
    }

    private static Task<Work> Ready(Action work) =>
        Task.FromResult(
            new Work(() =>
            {
                work();
                return Task.CompletedTask;
            })
        );

    private static void Same(byte[] expected, byte[] actual)
    {
        if (!expected.AsSpan().SequenceEqual(actual))
        {
            throw new WrongResultException("two roots of the same entries differ");
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Stream()
    {
        var entry = CanonicalEntry.Of("zusagen.example/log", Sealed());
        var at = entry.AsSpan().IndexOf("\"sequence\":\""u8) + "\"sequence\":\"".Length;
        for (var i = 0; i < Entries; i++)
        {
            Utf8Formatter.TryFormat(i, entry.AsSpan(at, 20), out _, new('D', 20));
            yield return entry;
        }
    }

    private static RecordedEvent Sealed() =>
        RecordedEvent.Of(Sample.Promised(), Sample.Stream(1), 1, DateTimeOffset.UnixEpoch) with
        {
            Index = 0,
            Data = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
                Sample.Promised(),
                LedgerJson.Options
            ),
        };
}
