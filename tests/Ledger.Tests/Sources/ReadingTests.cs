using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Ledger.Recording;
using Ledger.Sources;
using Testing;

namespace Ledger.Tests.Sources;

/// <summary>How the two invented documents are read; they have every quirk of the real ones.</summary>
public sealed class ReadingTests
{
    private static string Blocks(SourceDocument document) =>
        string.Join('\n', document.Blocks.Select(b => $"{b.Kind} {b.Lines.From}-{b.Lines.To}"));

    [Fact]
    public void Printed_lines_have_their_blocks_across_page_breaks()
    {
        Blocks(Documents.Printed)
            .ShouldBe(
                """
                Heading 31-31
                Heading 33-33
                Text 35-38
                Text 40-40
                Bullet 42-42
                Bullet 43-44
                Bullet 45-45
                Heading 47-47
                Heading 48-48
                Text 49-50
                Numbered 52-52
                Numbered 53-54
                Text 56-56
                Heading 57-57
                Text 58-58
                Text 60-60
                """
            );
        Documents.Printed.Range.ShouldBe(new LineRange(31, 60));
        Documents.Printed.TextLines.ShouldBe(22);
        Documents.Printed.Items.Count().ShouldBe(5);
        Documents.Printed.Locators.ShouldBe(LocatorScheme.PrintedLine);
    }

    [Fact]
    public void Physical_lines_have_their_blocks_among_what_programs_left_behind()
    {
        Blocks(Documents.Physical)
            .ShouldBe(
                """
                Text 1-1
                Heading 3-3
                Text 5-5
                Text 7-7
                Heading 8-8
                Text 10-10
                Numbered 12-12
                Numbered 13-14
                Numbered 15-15
                Heading 17-17
                Text 19-19
                Bullet 20-20
                Bullet 21-22
                Bullet 23-23
                Heading 25-25
                Text 27-27
                Heading 29-29
                Repetition 31-31
                Text 33-33
                Text 35-35
                Text 37-37
                Text 39-39
                Repetition 40-41
                Text 43-43
                Text 45-45
                """
            );
        Documents.Physical.Range.ShouldBe(new LineRange(1, 45));
        Documents.Physical.Lines.Count.ShouldBe(46);
        Documents.Physical.Items.Count().ShouldBe(6);
    }

    [Theory]
    [InlineData(35, 36, "Stadt der kurzen Wege bleibt. Dafür")]
    [InlineData(36, 37, "der Nord-Süd-Achse und")]
    [InlineData(37, 38, "Süd-Achse und des Bahnhofsumfelds gehört dazu.")]
    [InlineData(42, 42, "- mehr Bänke an der Musterstraße, mindestens 12 bis 2024")]
    [InlineData(43, 44, "das ganze Jahr gereinigt wird")]
    [InlineData(53, 54, "(2) ihn jedes Jahr im Fachbereich 40 fortschreiben.")]
    [InlineData(58, 59, "eine grüne Wand.")]
    public void A_divided_word_is_joined_and_only_the_line_number_goes(
        int from,
        int to,
        string part
    ) => Documents.Printed.Passage(from, to)!.Text.ShouldContain(part);

    [Theory]
    [InlineData(
        7,
        7,
        "Die Partner wollen Musterstadt gemeinsam gestalten, z. B. mit 1. Mai-Festen"
    )]
    [InlineData(21, 22, "- weniger Lärm (zum Beispiel durch Flüsterasphalt),")]
    [InlineData(24, 25, "[bookmark: _Muster]Personal")]
    [InlineData(45, 46, "Erika Muster Max Beispiel")]
    public void White_space_of_every_kind_is_one_blank(int from, int to, string part) =>
        Documents.Physical.Passage(from, to)!.Text.ShouldStartWith(part);

    [Theory]
    [InlineData(30, 35)]
    [InlineData(58, 61)]
    [InlineData(36, 35)]
    [InlineData(39, 39)]
    [InlineData(int.MinValue, int.MaxValue)]
    public void Lines_that_are_not_there_or_carry_no_text_are_no_passage(int from, int to) =>
        Documents.Printed.Passage(from, to).ShouldBeNull();

    // Computed with sha256sum from the texts as a reader would write them down.
    [Fact]
    public void A_fingerprint_is_the_sha256_of_the_text_alone()
    {
        Documents
            .Printed.Passage(45, 46)!
            .Fingerprint.ShouldBe(
                "5bd9832a7aa4acbe82365e9795a89960edaa6ef7e32568df941ac13652753220"
            );
        Documents
            .Physical.Passage(19, 20)!
            .Fingerprint.ShouldBe(
                "b28f30fff053b588c97ec49304ef774572f939bf10cadc7ccb3d8ed80a240a92"
            );
    }

    [Theory]
    [InlineData("Erste Zeile 7\n\nOhne Nummer\n", "Line 3 of the file does not end with")]
    [InlineData("Erste Zeile 7\n\nZweite 9\n", "the printed number 9 after 7")]
    [InlineData("Erste Zeile 7\n\nGeklebt 208\n", "the printed number 208 after 7")]
    [InlineData("Erste 99999999999999999999\n", "Line 1 of the file does not end with")]
    [InlineData("7\n\n8\n", "carries no text")]
    [InlineData("\n\n", "carries no text")]
    public void What_has_not_the_form_of_printed_lines_is_refused(string text, string complaint) =>
        Should
            .Throw<UnreadableDocumentException>(() => SourceDocument.Read("printed-lines/1", text))
            .Message.ShouldContain(complaint);

    [Fact]
    public void A_form_that_nobody_knows_is_refused() =>
        Should
            .Throw<UnreadableDocumentException>(() => SourceDocument.Read("printed-lines/2", "x 1"))
            .Message.ShouldContain("physical-lines/1, printed-lines/1");

    [Fact]
    public void Whatever_is_thrown_at_it_the_blocks_hold_each_line_with_text_once()
    {
        var fragments = Gen.Elements(
            "- ",
            "· ",
            "1. ",
            "2. ",
            "(1) ",
            "\t",
            "\t\t",
            "\u00a0",
            " ",
            "\r",
            "-",
            "ab",
            "Über",
            "Ende.",
            "12",
            "[bookmark: x]",
            "\n",
            "\n\n"
        );
        var texts = fragments.ListOf().Select(parts => string.Concat(parts)).ToArbitrary();
        Prop.ForAll(texts, HoldsEachLineOnce).Check(Load.Cases(20_000));

        static void HoldsEachLineOnce(string text)
        {
            var numbered = string.Join(
                '\n',
                text.Split('\n').Select((line, i) => $"{line} {i + 1}")
            );
            foreach (
                var (form, given) in ((string, string)[])
                    [("physical-lines/1", text), ("printed-lines/1", numbered)]
            )
            {
                SourceDocument document;
                try
                {
                    document = SourceDocument.Read(form, given);
                }
                catch (UnreadableDocumentException e)
                {
                    e.Message.ShouldBe("The document carries no text.");
                    continue;
                }

                var carrying = document.Lines.Where(l => !l.IsEmpty).Select(l => l.Number);
                document
                    .Blocks.SelectMany(b =>
                        Enumerable.Range(b.Lines.From, b.Lines.To - b.Lines.From + 1)
                    )
                    .ShouldBe(carrying);
                foreach (var line in document.Lines.Where(l => !l.IsEmpty))
                {
                    document.Passage(line.Number, line.Number)!.Text.ShouldBe(line.Text);
                    line.Text.ShouldBe(DocumentLine.Clean($"\t{line.Text} \u00a0"));
                }
            }
        }
    }

    [Fact]
    public async Task The_ten_lines_of_the_document_compute_the_same_fingerprints()
    {
        var documented = await File.ReadAllTextAsync(
            Path.Combine(Repository(), "docs", "sources.md"),
            TestContext.Current.CancellationToken
        );
        var program = documented.Split("```python\n")[1].Split("```")[0];
        foreach (
            var (form, file, document) in ((string, string, SourceDocument)[])
                [
                    ("printed-lines/1", Documents.PrintedFile, Documents.Printed),
                    ("physical-lines/1", Documents.PhysicalFile, Documents.Physical),
                ]
        )
        {
            foreach (
                var block in document
                    .Blocks.Where((_, i) => i % 7 == 2)
                    .Append(new(BlockKind.Text, document.Range))
            )
            {
                var (from, to) = block.Lines;
                (await RunAsync(program, form, file, $"{from}", $"{to}")).ShouldBe(
                    document.Passage(from, to)!.Fingerprint,
                    $"{form} {from}-{to}"
                );
            }
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("python3", ["-c", program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        try
        {
            using var python = Process.Start(start)!;
            var said = await python.StandardOutput.ReadToEndAsync();
            await python.WaitForExitAsync();
            return said.Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not installed: the documented recipe is in Python.");
            return "";
        }
    }

    private static string Repository(
        [System.Runtime.CompilerServices.CallerFilePath] string file = ""
    ) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
