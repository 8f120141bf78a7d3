using System.Globalization;

namespace Verify.Tree;

/// <summary>Where tiles and bundles are, below the log's prefix (c2sp.org/tlog-tiles).</summary>
public static class TilePath
{
    /// <summary>Hashes in a full tile, entries in a full bundle.</summary>
    public const int Width = 256;

    /// <summary>Levels of the tree that a tile spans.</summary>
    public const int Height = 8;

    public static string Hashes(int level, long n, int width) =>
        string.Create(CultureInfo.InvariantCulture, $"tile/{level}/{Groups(n)}{Partial(width)}");

    public static string Entries(long n, int width) => $"tile/entries/{Groups(n)}{Partial(width)}";

    private static string Partial(int width) =>
        width == Width ? "" : string.Create(CultureInfo.InvariantCulture, $".p/{width}");

    // 1234067 is x001/x234/067.
    private static string Groups(long n)
    {
        var last = (n % 1000).ToString("000", CultureInfo.InvariantCulture);
        for (n /= 1000; n > 0; n /= 1000)
        {
            last = string.Create(CultureInfo.InvariantCulture, $"x{n % 1000:000}/{last}");
        }

        return last;
    }
}
