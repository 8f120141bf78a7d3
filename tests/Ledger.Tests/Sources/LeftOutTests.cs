using Ledger.Catalogue;
using Ledger.EventStore;
using Ledger.Recording;
using Ledger.Sources;
using Ledger.Tests.Catalogue;
using Testing;
using CatalogueOf = Ledger.Catalogue.Catalogue;

namespace Ledger.Tests.Sources;

public sealed class LeftOutTests : IDisposable
{
    private readonly SeedsFolder _seeds = new();

    public void Dispose() => _seeds.Dispose();

    private void Write(string name, string items) =>
        _seeds.Write(
            $"left-out/{name}.yaml",
            $"source: musterstadt-vereinbarung-2020\nleftOut:\n{items}"
        );

    private string Fault()
    {
        var thrown = Should.Throw<CatalogueException>(() =>
            CatalogueOf.Validate(_seeds.Path, TimeProvider.System)
        );
        return thrown.Message;
    }

    [Fact]
    public async Task What_is_left_out_in_several_files_is_recorded_with_the_source_in_the_order_of_its_lines()
    {
        Write("2", "  - {lines: 39-41, reason: framing}\n  - {lines: 50, reason: praise}\n");
        Write("1", "  - {lines: 13-14, reason: criterion, of: musterstadt-baum}\n");
        _seeds.Write("left-out/facts.yaml", "facts:\n  - {id: X-1, reason: unclear}\n");
        await using var ledger = await TestLedger.CreateAsync();
        await new CatalogueOf(ledger.Store, TimeProvider.System).RecordAsync(_seeds.Path);

        var source = Source.From(
            await ledger.Store.ReadStreamAsync(StreamKey.Source("musterstadt-vereinbarung-2020"))
        );
        source.Registered!.LeftOut.ShouldBe([
            new(new LineRange(13, 14), LeftOutReason.Criterion, "musterstadt-baum"),
            new(new LineRange(39, 41), LeftOutReason.Framing),
            new(new LineRange(50, 50), LeftOutReason.Praise),
        ]);
    }

    [Fact]
    public async Task A_source_of_which_nothing_is_said_has_no_list()
    {
        await using var ledger = await TestLedger.CreateAsync();
        await new CatalogueOf(ledger.Store, TimeProvider.System).RecordAsync(_seeds.Path);
        var recorded = await ledger.Store.ReadStreamAsync(
            StreamKey.Source("musterstadt-vereinbarung-2020")
        );
        Source.From(recorded).Registered!.LeftOut.ShouldBeNull();
    }

    [Theory]
    [InlineData("{lines: 39-41}", "the field 'reason' is missing")]
    [InlineData("{reason: framing}", "the field 'lines' is missing")]
    [InlineData("{lines: 41-39, reason: framing}", "is no range of lines")]
    [InlineData("{lines: 99-101, reason: framing}", "outside of the source, which has 1-100")]
    [InlineData(
        "{lines: 39, reason: boring}",
        "there are framing, praise, criterion, committeeName, partnersRule"
    )]
    [InlineData("{lines: 39, reason: criterion}", "the field 'of' is missing")]
    [InlineData("{lines: 39, reason: praise, of: musterstadt-baum}", "only a criterion")]
    [InlineData("{lines: 39, reason: criterion, of: musterstadt-haus}", "not in the seeds")]
    [InlineData("{lines: 39, reason: framing, why: so}", "why: this field is unknown here")]
    public void A_wrong_item_is_refused_at_its_line(string item, string complaint)
    {
        Write("a", $"  - {{lines: 1, reason: framing}}\n  - {item}\n");
        var fault = Fault();
        fault.ShouldContain("seeds/left-out/a.yaml:4: ");
        fault.ShouldContain(complaint);
    }

    [Fact]
    public void Every_wrong_item_is_named_at_once()
    {
        Write("a", "  - {lines: 39}\n  - {lines: 40, reason: boring}\n");
        Fault().ShouldContain("a.yaml:3");
        Fault().ShouldContain("a.yaml:4");
    }

    [Fact]
    public void The_same_line_is_left_out_once()
    {
        Write("a", "  - {lines: 39-41, reason: framing}\n");
        Write("b", "  - {lines: 41-42, reason: praise}\n");
        Fault().ShouldContain("lines 41-42 are left out already in seeds/left-out/a.yaml:3");
    }

    [Theory]
    [InlineData("source: musterstadt-anders\nleftOut: [{lines: 1, reason: praise}]", "is unknown")]
    [InlineData("source: musterstadt-vereinbarung-2020", "the field 'leftOut' is missing")]
    [InlineData("leftOut: [{lines: 1, reason: praise}]", "the field 'source' is missing")]
    [InlineData(
        "source: musterstadt-vereinbarung-2020\nleftout: []",
        "leftout: this field is unknown here"
    )]
    public void A_file_that_is_wrong_as_a_whole_is_refused(string text, string complaint)
    {
        _seeds.Write("left-out/a.yaml", text);
        Fault().ShouldContain(complaint);
    }

    [Fact]
    public void The_event_itself_refuses_what_no_reader_could_follow()
    {
        var registered = SourceTests.Registered with
        {
            Lines = new LineRange(10, 90),
            Items = 82,
            TextLines = 0,
            LeftOut =
            [
                new(new LineRange(9, 12), LeftOutReason.Framing),
                new(new LineRange(20, 91), LeftOutReason.Framing),
                new(new LineRange(30, 31), LeftOutReason.Criterion),
                new(new LineRange(40, 41), LeftOutReason.Praise, "musterstadt-baum"),
            ],
        };
        registered
            .Faults()
            .Select(f => f.Pointer)
            .ShouldBe([
                "/items",
                "/textLines",
                "/leftOut/0/lines/from",
                "/leftOut/1/lines/to",
                "/leftOut/2/of",
                "/leftOut/3/of",
            ]);
    }
}
