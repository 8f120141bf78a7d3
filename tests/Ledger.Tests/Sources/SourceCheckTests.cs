using Ledger.EventStore;
using Ledger.Recording;
using Ledger.Sources;

namespace Ledger.Tests.Sources;

public sealed class SourceCheckTests
{
    private const string Name = "musterstadt-gedruckt";

    private static readonly SourceRegistered s_registered = SourceTests.Registered with
    {
        Locators = LocatorScheme.PrintedLine,
        Normalisation = "printed-lines/1",
        Lines = new LineRange(31, 60),
        TextLines = 22,
        Items = 5,
        LeftOut =
        [
            new(new LineRange(45, 45), LeftOutReason.Framing),
            new(new LineRange(54, 54), LeftOutReason.Criterion, "musterstadt-plan"),
        ],
    };

    private static Citation Promise(string name, int from, int to, string? fingerprint = null) =>
        new(
            StreamKey.Promise(name),
            "promised",
            new SourceRef(
                Name,
                new Locator(LocatorScheme.PrintedLine, from, to),
                fingerprint ?? Documents.Printed.Passage(from, to)!.Fingerprint
            )
        );

    private static readonly Citation[] s_clean =
    [
        Promise("musterstadt-baenke", 42, 42),
        Promise("musterstadt-brunnen", 43, 44),
        Promise("musterstadt-alles", 40, 44),
        Promise("musterstadt-plan", 52, 53),
    ];

    private static SourceCheck Check(
        SourceRegistered? registered = null,
        params Citation[] citations
    ) => new(Name, registered ?? s_registered, Documents.Printed, citations);

    private static IEnumerable<Citation> CleanBut(Citation other) =>
        s_clean.Where(c => c.Stream != other.Stream).Append(other);

    [Fact]
    public void A_clean_source_has_each_item_covered_or_left_out()
    {
        var check = Check(null, s_clean);
        check.Faults.ShouldBeEmpty();
        check
            .Items.Select(i => i.State)
            .ShouldBe([
                ItemState.Promise,
                ItemState.Promise,
                ItemState.LeftOut,
                ItemState.Promise,
                ItemState.Both,
            ]);
        check.Loose.Select(b => b.Lines.From).ShouldBe([35, 49, 56, 58, 60]);
        check.LeftOutLines.ShouldBe(2);
        check.Covered.Select(c => c.Line).ShouldBe([40, 42, 43, 44, 52, 53]);
        check
            .Covered.Single(c => c.Line == 43)
            .Promises.ShouldBe(["musterstadt-brunnen", "musterstadt-alles"]);
    }

    [Fact]
    public void A_fingerprint_that_stands_elsewhere_is_found_there()
    {
        var slipped = Promise(
            "musterstadt-baenke",
            42,
            42,
            Documents.Printed.Passage(45, 45)!.Fingerprint
        );
        var fault = Check(null, [.. CleanBut(slipped)]).Faults.ShouldHaveSingleItem();
        fault.ShouldStartWith("lines 42: promise:musterstadt-baenke has the fingerprint ");
        fault.ShouldEndWith("it stands at 45");
    }

    [Fact]
    public void A_fingerprint_of_nothing_is_a_fault()
    {
        var wrong = Promise("musterstadt-baenke", 42, 42, new string('0', 64));
        Check(null, [.. CleanBut(wrong)])
            .Faults.ShouldHaveSingleItem()
            .ShouldNotContain("stands at");
    }

    [Fact]
    public void A_passage_beyond_the_document_or_counted_otherwise_is_a_fault()
    {
        var beyond = s_clean[0] with
        {
            Passage = s_clean[0].Passage with
            {
                Locator = new Locator(LocatorScheme.PrintedLine, 60, 61),
            },
        };
        Check(null, [.. s_clean, beyond])
            .Faults.ShouldHaveSingleItem()
            .ShouldContain("names lines that the document does not have");
        var counted = s_clean[0] with
        {
            Passage = s_clean[0].Passage with
            {
                Locator = new Locator(LocatorScheme.PhysicalLine, 42, 42),
            },
        };
        Check(null, [.. s_clean, counted])
            .Faults.ShouldHaveSingleItem()
            .ShouldContain("counts lines by PhysicalLine");
    }

    [Fact]
    public void What_no_promise_but_only_a_target_covers_is_not_covered()
    {
        var target = s_clean[0] with
        {
            Stream = StreamKey.Target("musterstadt-baenke"),
            Type = "target_set",
        };
        var check = Check(
            null,
            [.. s_clean.Skip(1).Where(c => c.Stream.Name != "musterstadt-alles"), target]
        );
        check.Faults.ShouldBe([
            "lines 42: an item that no promise covers and that is not left out",
        ]);
    }

    [Fact]
    public void An_item_of_which_a_line_is_forgotten_is_a_fault()
    {
        var half = Promise("musterstadt-brunnen", 43, 43);
        Check(null, [.. CleanBut(half).Where(c => c.Stream.Name != "musterstadt-alles")])
            .Faults.ShouldBe([
                "lines 43-44: an item that no promise covers and that is not left out",
            ]);
    }

    [Fact]
    public void What_the_registration_says_of_the_document_is_checked()
    {
        var wrong = s_registered with
        {
            Lines = new LineRange(31, 59),
            Locators = LocatorScheme.PhysicalLine,
            Items = 4,
            TextLines = 23,
            LeftOut =
            [
                .. s_registered.LeftOut!,
                new(new LineRange(46, 46), LeftOutReason.Praise),
                new(new LineRange(56, 56), LeftOutReason.Criterion, "musterstadt-haus"),
            ],
        };
        Check(wrong, s_clean)
            .Faults.ShouldBe([
                "first and last line with text: registered are 31-59, the document has 31-60",
                "the way of counting lines: registered are PhysicalLine, the document has PrintedLine",
                "lines with text: registered are 23, the document has 22",
                "bullets and numbered items: registered are 4, the document has 5",
                "lines 46: left out, but they carry no text",
                "lines 56: a criterion of 'musterstadt-haus', which is no promise of this source",
            ]);
    }

    [Fact]
    public void What_was_not_counted_is_not_compared() =>
        Check(s_registered with { Items = null, TextLines = null }, s_clean).Faults.ShouldBeEmpty();
}
