namespace Verify.Fetching;

/// <summary>What a person may type for the place of a log.</summary>
public static class Places
{
    private static readonly string[] s_endings = ["/log/checkpoint", "/log", "/pruefen"];

    public static bool IsFolder(string where) =>
        !where.Contains("://", StringComparison.Ordinal)
        && (Directory.Exists(where) || !where.Contains('.', StringComparison.Ordinal));

    /// <summary>The folder that holds <c>log/</c>: the one that was named, or the one above.</summary>
    public static string Folder(string where)
    {
        var path = Path.GetFullPath(where);
        return
            Directory.Exists(Path.Combine(path, "log"))
            || !File.Exists(Path.Combine(path, "checkpoint"))
            ? path
            : Path.GetDirectoryName(path) ?? path;
    }

    /// <summary>Address of the front page, ending in a slash; the log's own addresses are taken as well.</summary>
    /// <exception cref="CannotCheckException">It is no web address.</exception>
    public static Uri Site(string where)
    {
        var text = where.Contains("://", StringComparison.Ordinal) ? where : $"https://{where}";
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https")
            || address.UserInfo.Length > 0
        )
        {
            throw new CannotCheckException(
                Obstacles.BadArguments(
                    $"„{where}“ ist weder eine Adresse (https://…) noch ein Ordner / neither an address nor a folder"
                )
            );
        }

        var path = address.AbsolutePath.TrimEnd('/');
        foreach (var ending in s_endings)
        {
            if (path.EndsWith(ending, StringComparison.Ordinal))
            {
                path = path[..^ending.Length];
                break;
            }
        }

        return new UriBuilder(address)
        {
            Path = $"{path}/",
            Query = "",
            Fragment = "",
        }.Uri;
    }
}
