using System.Runtime.CompilerServices;
using Ledger.Sources;
using Testing;

namespace Ledger.Tests.Sources;

/// <summary>Two invented documents of an invented town, one of each form, with every quirk that the real ones have.</summary>
internal static class Documents
{
    /// <summary>Numbers glued to the ends of lines, page breaks, divided words.</summary>
    public static string PrintedFile { get; } = Path.Combine(Folder(), "musterstadt-gedruckt.txt");

    /// <summary>One paragraph a line, with the remains of a word processor and of a web page.</summary>
    public static string PhysicalFile { get; } = Path.Combine(Folder(), "musterstadt-absaetze.txt");

    public static SourceDocument Printed { get; } =
        SourceDocument.Read("printed-lines/1", File.ReadAllText(PrintedFile));

    public static SourceDocument Physical { get; } =
        SourceDocument.Read("physical-lines/1", File.ReadAllText(PhysicalFile));

    /// <summary>The folder of the real documents; the test is skipped, and says so, where it is absent.</summary>
    public static string RealFolder()
    {
        Assert.SkipWhen(RealSources.Missing is not null, RealSources.Missing ?? "");
        return RealSources.Folder;
    }

    private static string Folder([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "documents");
}
