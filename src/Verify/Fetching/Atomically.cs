namespace Verify.Fetching;

/// <summary>Files that are there whole or not at all, also after a power cut.</summary>
public static class Atomically
{
    public static async Task WriteAsync(
        string file,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellation
    )
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var draft = $"{file}.{Environment.ProcessId}.new";
        await using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            await stream.WriteAsync(bytes, cancellation);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, file, overwrite: true);
    }
}
