namespace Verify.Fetching;

/// <summary>A downloaded copy: files at the same paths as on the server. There is no API in it.</summary>
public sealed class Folder(string folder) : ISource
{
    public string Address => folder;

    public bool HasApi => false;

    public async Task<byte[]?> ReadAsync(string path, int most, CancellationToken cancellation)
    {
        var file = FileAt(folder, path);
        try
        {
            await using var stream = new FileStream(
                file,
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read,
                1,
                FileOptions.Asynchronous
            );
            if (stream.Length > most)
            {
                throw new CannotCheckException(Obstacles.TooLarge(file, most));
            }

            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes, cancellation);
            return bytes;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotCheckException(Obstacles.Unreachable(file, e.Message));
        }
    }

    /// <summary>The file of a path of the log.</summary>
    public static string FileAt(string folder, string path) =>
        Path.Combine([folder, .. path.Split('/')]);
}
