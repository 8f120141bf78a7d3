using System.Text;

namespace Ledger.Transparency;

/// <summary>Files that survive the machine.</summary>
internal static class Durable
{
    /// <summary>Writes a file in place of the one before. When this returns the new one is on the disk; before, the old one is.</summary>
    public static void Replace(string path, string text)
    {
        var next = $"{path}.next";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);

        // A renamed file survives only when its folder is on the disk, too.
        if (!OperatingSystem.IsWindows())
        {
            Postgres.Posix.Flush(Path.GetDirectoryName(path)!);
        }
    }
}
