using System.Text;

namespace Ledger.Catalogue;

/// <summary>
/// <c>seeds/FROZEN</c>: the fingerprint of every item that may have been recorded somewhere. A frozen item does not change and does not
/// go; what was wrong with it is said in <c>seeds/corrections/</c>.
/// </summary>
internal static class Freeze
{
    private const string File = "FROZEN";
    private const string Header =
        "# Fingerprint and id of every item that is frozen: it may be on record somewhere, so it is corrected, never changed.\n"
        + "# Written by `./ledger seeds freeze`; see docs/editing.md.\n";

    /// <summary>What differs from the frozen state, one line each.</summary>
    public static IEnumerable<string> Faults(string folder, IReadOnlyList<Seed> seeds)
    {
        var now = seeds.ToDictionary(s => s.Id, StringComparer.Ordinal);
        foreach (var (id, sha256) in Read(folder))
        {
            if (!now.TryGetValue(id, out var seed))
            {
                yield return $"seeds/{File}: '{id}' is frozen and no longer in the seeds; what is recorded stays.";
            }
            else if (Convert.ToHexStringLower(seed.Sha256) != sha256)
            {
                yield return seed
                    .Node.Fault(
                        $"'{id}' is frozen with other content. Take the change back, or say in seeds/corrections/ what it said before and why that was wrong (docs/editing.md)."
                    )
                    .Message;
            }
        }
    }

    /// <summary>Freezes every item that is not frozen yet.</summary>
    /// <returns>How many were added.</returns>
    public static int Add(string folder, IReadOnlyList<Seed> seeds)
    {
        var frozen = Read(folder);
        var added = seeds.Count(s => frozen.TryAdd(s.Id, Convert.ToHexStringLower(s.Sha256)));
        var text = new StringBuilder(Header);
        foreach (var (id, sha256) in frozen.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            text.Append(sha256).Append("  ").Append(id).Append('\n');
        }

        System.IO.File.WriteAllText(Path.Combine(folder, File), text.ToString());
        return added;
    }

    /// <summary>The file, where there is one.</summary>
    public static IEnumerable<string> Files(string folder) =>
        Path.Combine(folder, File) is var path && System.IO.File.Exists(path) ? [path] : [];

    /// <summary>Frozen fingerprints by id; none where nothing is frozen.</summary>
    /// <exception cref="CatalogueException">The file is damaged.</exception>
    public static Dictionary<string, string> Read(string folder)
    {
        var path = Path.Combine(folder, File);
        var frozen = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!System.IO.File.Exists(path))
        {
            return frozen;
        }

        foreach (var (line, at) in System.IO.File.ReadAllLines(path).Select((l, i) => (l, i + 1)))
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (
                line.Split("  ") is not [{ Length: 64 } sha256, { Length: > 0 } id]
                || !frozen.TryAdd(id, sha256)
            )
            {
                throw new CatalogueException([
                    $"seeds/{File}:{at}: expected a fingerprint, two blanks and an id that stands here once",
                ]);
            }
        }

        return frozen;
    }
}
