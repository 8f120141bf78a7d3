namespace Ledger.Sources;

/// <summary>Tells by its hash which registered source a file is.</summary>
public static class RegisteredFiles
{
    /// <summary>Name of the source whose file it is; null when it is none's.</summary>
    public static string? Find(
        DocumentFile file,
        IReadOnlyDictionary<string, SourceRegistered> sources
    )
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(sources);
        return sources.FirstOrDefault(s => s.Value.File.Sha256 == file.Sha256).Key;
    }

    /// <summary>A sentence for whoever holds a file that is no source's: which it may have been meant to be.</summary>
    public static string WhyNot(
        DocumentFile file,
        IReadOnlyDictionary<string, SourceRegistered> sources
    )
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(sources);
        var said =
            $"'{file.Name}' is not a registered file (SHA-256 {file.Sha256}, {file.Bytes} bytes)";
        var closest = sources
            .Select(s => (s.Key, s.Value.File, Distance: Distance(file.Name, s.Value.File.Name)))
            .OrderBy(s => s.Distance)
            .FirstOrDefault();
        return
            closest.File is null
            || closest.Distance > Math.Max(file.Name.Length, closest.File.Name.Length) / 3
            ? $"{said}, and no registered source has a name like it; './ledger source list' names them."
            : $"{said}. Closest by its name is '{closest.File.Name}' of {closest.Key} (SHA-256 {closest.File.Sha256}, {closest.File.Bytes} bytes): "
                + "yours is another version, or was changed when it was copied.";
    }

    // Levenshtein's distance, without regard to case.
    private static int Distance(string one, string other)
    {
        (one, other) = (one.ToUpperInvariant(), other.ToUpperInvariant());
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = corner + (one[i - 1] == other[j - 1] ? 0 : 1);
                corner = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
