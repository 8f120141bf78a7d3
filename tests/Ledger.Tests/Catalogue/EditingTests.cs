using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Ledger.EventStore;
using Ledger.Promises;
using Testing;
using CatalogueOf = Ledger.Catalogue.Catalogue;

namespace Ledger.Tests.Catalogue;

/// <summary>docs/editing.md is followed as an editor would follow it.</summary>
public sealed partial class EditingTests
{
    [Fact]
    public async Task The_example_of_the_invented_town_is_recorded_as_the_page_says()
    {
        using var folder = new Folder();
        foreach (Match file in Example().Matches(await File.ReadAllTextAsync(Document())))
        {
            folder.Write(file.Groups["file"].Value, file.Groups["yaml"].Value);
        }

        await using var ledger = await TestLedger.CreateAsync();
        (
            await new CatalogueOf(ledger.Store, TimeProvider.System).RecordAsync(folder.Path)
        ).ShouldBe(7);
        var trees = Promise.From(
            await ledger.Store.ReadStreamAsync(StreamKey.Promise("musterstadt-hundert-baeume"))
        );
        trees.Status.ShouldBe(PromiseStatus.Decided);
        trees.IsCorrected.ShouldBeTrue();
        ((Promised)trees.Recorded[0].Body).Title.De.ShouldBe("Hundert Bäume pflanzen");
        trees.First!.Title.De.ShouldBe("Möglichst hundert Bäume pflanzen");
    }

    [GeneratedRegex(
        "^`seeds/(?<file>[^`]+)`\n\n```yaml\n(?<yaml>[^`]*)^```",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Example();

    private static string Document([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "docs", "editing.md");

    private sealed class Folder : IDisposable
    {
        public string Path { get; } =
            Directory.CreateTempSubdirectory("zusagenbuch-editing-").FullName;

        public void Write(string file, string text)
        {
            var path = System.IO.Path.Combine(Path, file);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
