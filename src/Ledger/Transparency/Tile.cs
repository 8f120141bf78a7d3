using System.Globalization;
using System.Runtime.InteropServices;

namespace Ledger.Transparency;

/// <summary>Coordinates of a tile (C2SP tlog-tiles): up to 256 consecutive hashes of subtrees of 256^level leaves.</summary>
/// <param name="Level">From 0, the level of leaf hashes.</param>
/// <param name="N">Its place on the level, from 0.</param>
/// <param name="Width">How many hashes, from 1; 256 = a full tile.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Tile(int Level, long N, int Width)
{
    /// <summary>Hashes in a full tile.</summary>
    public const int FullWidth = 256;

    /// <summary>The highest level that a path can name.</summary>
    public const int MaxLevel = 63;

    /// <summary>Whether it is as wide as it can be.</summary>
    public bool IsFull => Width == FullWidth;

    /// <summary>How many whole subtrees of a level a tree of that size has: so many hashes stand on that level.</summary>
    public static long HashesOn(int level, long size) => level >= 8 ? 0 : size >> (8 * level);

    /// <summary>Whether a tree of that size has it, at this width.</summary>
    public bool IsIn(long size) =>
        N <= (long.MaxValue >> 8) - 1 && (N * FullWidth) + Width <= HashesOn(Level, size);

    /// <summary>All tiles of a tree of that size, each as wide as it is there.</summary>
    public static IEnumerable<Tile> Of(long size)
    {
        for (var level = 0; HashesOn(level, size) is > 0 and var hashes; level++)
        {
            for (long n = 0; n * FullWidth < hashes; n++)
            {
                yield return new Tile(level, n, (int)Math.Min(FullWidth, hashes - (n * FullWidth)));
            }
        }
    }

    /// <summary>The path below <c>tile/</c>: <c>0/x001/234.p/67</c>.</summary>
    public string Path => $"{Level.ToString(CultureInfo.InvariantCulture)}/{PathOf(N, Width)}";

    /// <summary>The part of a path after the level: <c>x001/234.p/67</c>.</summary>
    public static string PathOf(long n, int width)
    {
        var path = (n % 1000).ToString("D3", CultureInfo.InvariantCulture);
        for (n /= 1000; n > 0; n /= 1000)
        {
            path = $"x{(n % 1000).ToString("D3", CultureInfo.InvariantCulture)}/{path}";
        }

        return width == FullWidth
            ? path
            : $"{path}.p/{width.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>Reads a level: a decimal from 0 to 63 without a leading zero.</summary>
    public static bool TryParseLevel(ReadOnlySpan<char> text, out int level) =>
        TryParseDecimal(text, MaxLevel, out level);

    /// <summary>Reads the part of a path after the level; nothing but the one form that the specification has is read.</summary>
    public static bool TryParsePath(string text, out long n, out int width)
    {
        (n, width) = (0, FullWidth);
        var number = text;
        if (text.IndexOf(".p/", StringComparison.Ordinal) is >= 0 and var p)
        {
            number = text[..p];
            if (!TryParseDecimal(text.AsSpan(p + 3), FullWidth - 1, out width) || width == 0)
            {
                return false;
            }
        }

        // Seven groups are more than any log index.
        var groups = number.Split('/');
        if (groups.Length > 6)
        {
            return false;
        }

        for (var i = 0; i < groups.Length; i++)
        {
            var group = groups[i].AsSpan();
            if (i < groups.Length - 1)
            {
                if (group is not ['x', ..])
                {
                    return false;
                }

                group = group[1..];
            }

            if (group.Length != 3 || group.ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }

            n = (n * 1000) + int.Parse(group, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        // No leading group of zeros.
        return PathOf(n, FullWidth) == number;
    }

    private static bool TryParseDecimal(ReadOnlySpan<char> text, int most, out int value)
    {
        value = 0;
        return text.Length is > 0 and <= 3
            && !text.ContainsAnyExceptInRange('0', '9')
            && (text.Length == 1 || text[0] != '0')
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && value <= most;
    }
}
