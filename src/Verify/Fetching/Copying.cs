namespace Verify.Fetching;

/// <summary>
/// Keeps a copy of what is read of the log. Until a run has finished, what never changes (full tiles and bundles) is taken from the copy, so
/// that an interrupted run goes on where it stopped; after that everything is read anew, because what the server shows now is what counts.
/// </summary>
public sealed class Copying : ISource
{
    private const string Unfinished = "unfinished";
    private readonly ISource _source;
    private readonly string _folder;

    private Copying(ISource source, string folder)
    {
        _source = source;
        _folder = folder;
    }

    public string Address => _source.Address;

    public bool HasApi => _source.HasApi;

    /// <summary>Begins a copy, or goes on with one.</summary>
    public static Copying Into(string folder, ISource source)
    {
        try
        {
            var mark = Path.Combine(folder, Unfinished);
            if (!File.Exists(mark))
            {
                if (Directory.Exists(Path.Combine(folder, "log")))
                {
                    Directory.Delete(Path.Combine(folder, "log"), recursive: true);
                }

                Directory.CreateDirectory(folder);
                File.WriteAllText(mark, source.Address);
            }
            else if (File.ReadAllText(mark) != source.Address)
            {
                throw new IOException("it holds an unfinished copy of another site");
            }

            return new Copying(source, folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotCheckException(Obstacles.StateUnusable(folder, e.Message));
        }
    }

    public async Task<byte[]?> ReadAsync(string path, int most, CancellationToken cancellation)
    {
        // A question mark is no part of a file's name everywhere.
        if (
            !path.StartsWith(LogPath.Prefix, StringComparison.Ordinal)
            || path.Contains('?', StringComparison.Ordinal)
        )
        {
            return await _source.ReadAsync(path, most, cancellation);
        }

        var file = Folder.FileAt(_folder, path);
        var immutable =
            path.Contains("/tile/", StringComparison.Ordinal)
            && !path.Contains(".p/", StringComparison.Ordinal);
        if (immutable && File.Exists(file))
        {
            return await File.ReadAllBytesAsync(file, cancellation);
        }

        var bytes = await _source.ReadAsync(path, most, cancellation);
        if (bytes is not null)
        {
            try
            {
                await Atomically.WriteAsync(file, bytes, cancellation);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CannotCheckException(Obstacles.StateUnusable(_folder, e.Message));
            }
        }

        return bytes;
    }

    /// <summary>The copy is whole.</summary>
    public void Finish() => File.Delete(Path.Combine(_folder, Unfinished));
}
