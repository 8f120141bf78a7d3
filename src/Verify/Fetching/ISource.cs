namespace Verify.Fetching;

/// <summary>Where a log is read from: a server, or a copy in a folder.</summary>
public interface ISource
{
    /// <summary>What people know it by.</summary>
    string Address { get; }

    /// <summary>Whether there is an API beside the log.</summary>
    bool HasApi { get; }

    /// <summary>What is at a path; null when nothing is.</summary>
    /// <param name="path">Below the site's address, without a slash before it: <c>log/checkpoint</c>.</param>
    /// <param name="most">How many bytes it may have.</param>
    /// <exception cref="CannotCheckException">It cannot be read.</exception>
    Task<byte[]?> ReadAsync(string path, int most, CancellationToken cancellation);
}

/// <summary>Paths of the log.</summary>
public static class LogPath
{
    public const string Prefix = "log/";
    public const string Checkpoint = Prefix + "checkpoint";
    public const string Withheld = Prefix + "withheld";
    public const string Checkpoints = Prefix + "checkpoints";
    public const string Rotations = Prefix + "rotations";
}
