using System.Text;
using Ledger.Sources;

namespace Ledger.Tests.Sources;

public sealed class DocumentFileTests : IDisposable
{
    private readonly string _folder = Directory
        .CreateTempSubdirectory("zusagenbuch-documents-")
        .FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static async Task<string> RefusalAsync(string path) =>
        (
            await Should.ThrowAsync<UnreadableDocumentException>(() => DocumentFile.ReadAsync(path))
        ).Message;

    [Fact]
    public async Task A_text_file_is_read_with_its_hash()
    {
        var file = await DocumentFile.ReadAsync(Write("text.txt", "Zusage\n"u8.ToArray()));
        file.ShouldBe(
            new DocumentFile(
                "text.txt",
                "c2f5ec064aeb0ef8db886b418a5f6866bbc89ae428fd6764f415ce6342be456c",
                7,
                "Zusage\n"
            )
        );
    }

    [Fact]
    public async Task A_mark_of_byte_order_belongs_to_the_file_and_not_to_the_text()
    {
        byte[] marked = [.. Encoding.UTF8.Preamble, .. "Zusage"u8];
        var file = await DocumentFile.ReadAsync(Write("marked.txt", marked));
        file.Text.ShouldBe("Zusage");
        file.Bytes.ShouldBe(9);
    }

    [Fact]
    public async Task What_can_be_no_document_is_refused_in_a_sentence()
    {
        (await RefusalAsync(_folder)).ShouldContain("is a folder");
        (await RefusalAsync(Path.Combine(_folder, "missing.txt"))).ShouldStartWith(
            "There is no file"
        );
        (await RefusalAsync(Path.Combine(_folder, "no", "folder.txt"))).ShouldStartWith(
            "There is no file"
        );
        (await RefusalAsync(Write("empty.txt", []))).ShouldContain("is empty");
        (await RefusalAsync(Write("nul.txt", "a\0b"u8.ToArray()))).ShouldContain("NUL");
        (
            await RefusalAsync(
                Write(
                    "16.txt",
                    Encoding
                        .Unicode.GetPreamble()
                        .Concat(Encoding.Unicode.GetBytes("Zusage"))
                        .ToArray()
                )
            )
        ).ShouldContain("UTF-16");
        (await RefusalAsync(Write("1252.txt", Encoding.Latin1.GetBytes("Grün")))).ShouldContain(
            "is not UTF-8"
        );
    }

    [Fact]
    public async Task A_file_without_end_is_not_read_to_its_end() =>
        (await RefusalAsync("/dev/zero")).ShouldContain("more than 16 MB");

    [Fact]
    public async Task A_file_that_is_not_registered_is_told_its_closest_name()
    {
        var sources = new Dictionary<string, SourceRegistered>
        {
            ["musterstadt-vereinbarung-2020"] = SourceTests.Registered,
        };
        var near = await DocumentFile.ReadAsync(Write("Vereinbarung (1).pdf", "x"u8.ToArray()));
        RegisteredFiles.Find(near, sources).ShouldBeNull();
        RegisteredFiles
            .WhyNot(near, sources)
            .ShouldContain(
                "Closest by its name is 'vereinbarung.pdf' of musterstadt-vereinbarung-2020"
            );
        var far = await DocumentFile.ReadAsync(Write("haushalt.txt", "x"u8.ToArray()));
        RegisteredFiles
            .WhyNot(far, sources)
            .ShouldContain("no registered source has a name like it");
        RegisteredFiles
            .WhyNot(far, new Dictionary<string, SourceRegistered>())
            .ShouldContain("no registered source");
    }
}
