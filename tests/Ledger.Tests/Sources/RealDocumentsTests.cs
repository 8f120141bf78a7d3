using Ledger.Sources;
using Web.Hosting;

namespace Ledger.Tests.Sources;

/// <summary>
/// The real documents against the real catalogue. The documents are not in this repository: they are read from the folder that
/// LEDGER_SOURCES names, or <c>../shared/sources</c> beside it; where that is absent, these tests are skipped and say so.
/// </summary>
public sealed class RealDocumentsTests
{
    public static TheoryData<string> Sources =>
        [
            .. Citations
                .InSeeds(LedgerSettings.FromEnvironment().Seeds)
                .Sources.Keys.Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Every_passage_stands_where_the_catalogue_says_and_no_item_is_forgotten(
        string source
    )
    {
        var folder = Documents.RealFolder();
        var citations = Citations.InSeeds(LedgerSettings.FromEnvironment().Seeds);
        var registered = citations.Sources[source];
        var file = await DocumentFile.ReadAsync(
            Path.Combine(folder, registered.File.Name),
            TestContext.Current.CancellationToken
        );
        RegisteredFiles.Find(file, citations.Sources).ShouldBe(source);
        file.Bytes.ShouldBe(registered.File.Bytes);

        var check = new SourceCheck(
            source,
            registered,
            SourceDocument.Read(registered.Normalisation, file.Text),
            [.. citations.All.Where(c => c.Passage.Source == source)]
        );
        check.Citations.ShouldNotBeEmpty();
        check.Faults.ShouldBeEmpty();
        check.Items.Count.ShouldBe(registered.Items!.Value);
    }

    [Fact]
    public void Every_file_of_the_folder_is_registered()
    {
        var folder = Documents.RealFolder();
        var names = Citations
            .InSeeds(LedgerSettings.FromEnvironment().Seeds)
            .Sources.Values.Select(s => s.File.Name);
        Directory
            .EnumerateFiles(folder, "*.txt")
            .Select(Path.GetFileName)
            .Except(names)
            .ShouldBeEmpty();
    }
}
