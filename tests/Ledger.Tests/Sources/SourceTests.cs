using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Sources;
using Testing;

namespace Ledger.Tests.Sources;

public sealed class SourceTests
{
    private static readonly StreamKey s_stream = StreamKey.Source("musterstadt-vereinbarung-2020");
    private readonly List<RecordedEvent> _recorded = [];

    internal static SourceRegistered Registered { get; } =
        new()
        {
            Title = new("Vereinbarung"),
            Kind = Standing.Agreement,
            Municipality = Sample.Town,
            Proponents = ["Liste Muster"],
            File = new SourceFile("vereinbarung.pdf", new string('0', 64), 1),
            Locators = LocatorScheme.PhysicalLine,
            Normalisation = "zusagenbuch-text-1",
            Lines = new LineRange(1, 900),
        };

    private static SourceReplaced Replaced(string by) =>
        new SourceReplaced { By = by, Reason = new("Berichtigte Fassung.") }.On("2021");

    private Decision When(Event e)
    {
        var decision = Decisions.Decide(s_stream, _recorded, e, DateTimeOffset.UnixEpoch);
        if (decision is Decision.Accepted)
        {
            _recorded.Add(
                RecordedEvent.Of(
                    e,
                    s_stream,
                    _recorded.Count + 1,
                    DateTimeOffset.UnixEpoch,
                    Guid.CreateVersion7()
                )
            );
        }

        return decision;
    }

    private string Code(Event e) => When(e).ShouldBeOfType<Decision.Refused>().Code;

    [Fact]
    public void A_source_is_replaced_once_and_not_by_itself()
    {
        Code(Replaced("musterstadt-vereinbarung-2021")).ShouldBe("not-on-record");
        When(Registered).ShouldBeOfType<Decision.Accepted>();
        Code(Replaced("musterstadt-vereinbarung-2020")).ShouldBe("names-itself");
        Code(Replaced("Vereinbarung 2021")).ShouldBe("malformed");
        When(Replaced("musterstadt-vereinbarung-2021")).ShouldBeOfType<Decision.Accepted>();
        Source.From(_recorded).ReplacedBy.ShouldBe("musterstadt-vereinbarung-2021");
        Code(Replaced("musterstadt-vereinbarung-2022")).ShouldBe("replaced-already");

        When(new Retracted { Event = _recorded[1].Id, Reason = new("Erfunden.") }.On("2022"));
        Source.From(_recorded).ReplacedBy.ShouldBeNull();
    }

    [Fact]
    public void A_replacement_names_a_stream_that_must_be_on_record()
    {
        NamedStreams
            .Of(Replaced("musterstadt-vereinbarung-2021"))
            .ShouldBe([StreamKey.Source("musterstadt-vereinbarung-2021")]);
        NamedStreams.RefuseUnknown(Replaced("x"), _ => false)!.Code.ShouldBe("unknown-stream");
        NamedStreams.RefuseUnknown(Replaced("x"), _ => true).ShouldBeNull();
    }

    [Fact]
    public void The_file_and_its_lines_have_their_forms()
    {
        Faults(Registered with { File = new SourceFile("x.pdf", "ABC", 1) })
            .ShouldBe(["/file/sha256"]);
        Faults(Registered with { Lines = new LineRange(9, 8) }).ShouldBe(["/lines"]);
        Faults(Registered with { Municipality = "Musterstadt" }).ShouldBe(["/municipality"]);

        IEnumerable<string> Faults(Event e) =>
            When(e).ShouldBeOfType<Decision.Refused>().Faults.Select(f => f.Pointer);
    }
}
