using Ledger.Sources;
using Web.Hosting;

namespace Testing;

/// <summary>The real source documents, which are not in this repository: where they are, and their import.</summary>
public static class RealSources
{
    /// <summary>Their folder: what LEDGER_SOURCES names, else <c>../shared/sources</c> beside the repository.</summary>
    public static string Folder { get; } =
        Environment.GetEnvironmentVariable("LEDGER_SOURCES") is { Length: > 0 } named
            ? named
            : Path.GetFullPath(
                Path.Combine(
                    Path.GetDirectoryName(LedgerSettings.FromEnvironment().Seeds)!,
                    "..",
                    "shared",
                    "sources"
                )
            );

    /// <summary>Why they cannot be read here, in a sentence; null when they can.</summary>
    public static string? Missing { get; } =
        Directory.Exists(Folder)
            ? null
            : $"The folder '{Folder}' with the source documents is absent; LEDGER_SOURCES names another.";

    /// <summary>Imports those that are registered in the ledger, as its operator would.</summary>
    public static async Task ImportAsync(
        OpenLedger ledger,
        CancellationToken cancellation = default
    )
    {
        var citations = await Citations.OnRecordAsync(ledger.Store, cancellation);
        var texts = new SourceTexts(ledger.Database);
        foreach (
            var path in Directory.EnumerateFiles(Folder, "*.txt").Order(StringComparer.Ordinal)
        )
        {
            var file = await DocumentFile.ReadAsync(path, cancellation);
            if (RegisteredFiles.Find(file, citations.Sources) is { } slug)
            {
                await texts.ImportAsync(
                    slug,
                    file.Sha256,
                    SourceDocument.Read(citations.Sources[slug].Normalisation, file.Text),
                    cancellation
                );
            }
        }
    }
}
