using System.Runtime.CompilerServices;
using Ledger.Sources;
using Web.Hosting;

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
        var folder = Environment.GetEnvironmentVariable("LEDGER_SOURCES") is { Length: > 0 } named
            ? named
            : Path.Combine(
                Path.GetDirectoryName(LedgerSettings.FromEnvironment().Seeds)!,
                "..",
                "shared",
                "sources"
            );
        Assert.SkipUnless(
            Directory.Exists(folder),
            $"The folder '{folder}' with the source documents is absent; LEDGER_SOURCES names another."
        );
        return folder;
    }

    private static string Folder([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "documents");
}
