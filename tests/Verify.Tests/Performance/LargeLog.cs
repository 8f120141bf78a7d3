using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Verify.Tests.Log;
using Verify.Tree;

namespace Verify.Tests.Performance;

/// <summary>A copy of a log of many invented events in a folder, as <c>--copy</c> makes one.</summary>
public sealed class LargeLog : IDisposable
{
    private const int StreamCount = 10_000;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zusagenbuch-large-");

    public LargeLog(int entries)
    {
        Entries = entries;
        var log = Directory.CreateDirectory(Path.Combine(_folder.FullName, "log")).FullName;
        List<byte[]> level = [];
        for (var n = 0; n * 256 < entries; n++)
        {
            var width = Math.Min(256, entries - n * 256);
            using var bundle = new MemoryStream();
            var tile = new byte[width * 32];
            for (var i = 0; i < width; i++)
            {
                var index = n * 256 + i;
                var entry = FakeLog.Entry(
                    index,
                    $"promise:musterstadt-zusage-{index % StreamCount}",
                    index / StreamCount + 1,
                    "reported",
                    $$$"""{"confidence":"high","evidence":[{"publisher":"Stadt Musterstadt (erfunden)","retrieved":"2026-01-02","url":"https://musterstadt.example/meldungen/{{{index}}}"}],"occurred":"2025-03-04","occurredBasis":"event","recordedBy":"catalogue","reviewedBy":null,"scope":"promise","summary":{"de":"Etwas Erfundenes für Müßiggänger geschah, und jemand schrieb es auf.","en":"Something invented happened, and somebody wrote it down."}}""",
                    FakeLog.Begin.AddSeconds(index)
                );
                var length = new byte[2];
                BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)entry.Length);
                bundle.Write(length);
                bundle.Write(entry);
                Bytes += entry.Length;
                Rfc6962.Leaf(entry).CopyTo(tile, i * 32);
            }

            Write(log, TilePath.Entries(n, width), bundle.ToArray());
            Write(log, TilePath.Hashes(0, n, width), tile);
            level.AddRange(tile.Chunk(32));
        }

        var tree = new Rfc6962(level);
        for (var l = 1; entries >> (8 * l) > 0; l++)
        {
            for (var n = 0; n * 256 < entries >> (8 * l); n++)
            {
                var width = Math.Min(256, (entries >> (8 * l)) - n * 256);
                Write(log, TilePath.Hashes(l, n, width), tree.Tile(l, n, width, entries)!);
            }
        }

        var body = $"{Key.Name}\n{entries}\n{Convert.ToBase64String(tree.Root(0, entries))}\n";
        Write(log, "checkpoint", Encoding.UTF8.GetBytes($"{body}\n{Key.Line(body)}"));
        Root = tree.Root(0, entries);
    }

    public Signer Key { get; } = Signer.Log();
    public int Entries { get; }
    public byte[] Root { get; }

    /// <summary>Of all entries together.</summary>
    public long Bytes { get; }

    public string Folder => _folder.FullName;

    public byte[] Read(string path) => File.ReadAllBytes(Path.Combine(Folder, "log", path));

    private static void Write(string folder, string path, byte[] bytes)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
