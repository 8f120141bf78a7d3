using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Testing;

namespace Ledger.Tests.Recording;

/// <summary>Erasing and withholding are declared in the record, and only of what is there.</summary>
public sealed class ErasureTests
{
    private static readonly StreamKey s_stream = Sample.Stream(1);
    private static readonly Text s_ground = new("Art. 17 DSGVO");
    private readonly List<RecordedEvent> _events = [];
    private readonly Stated _stated = (Stated)
        Disclosures
            .Conceal(
                new Stated
                {
                    About = default,
                    Stance = Stance.Contests,
                    Function = "Amt",
                    Name = "Erika Muster",
                    Text = "Anders.",
                }.On("2025")
            )
            .Body;

    public ErasureTests()
    {
        Add(Sample.Promised());
        Add(_stated);
        Add(new Started().On("2021"));
    }

    private void Add(Event e) =>
        _events.Add(
            RecordedEvent.Of(
                e,
                s_stream,
                _events.Count + 1,
                DateTimeOffset.UnixEpoch,
                Guid.CreateVersion7()
            ) with
            {
                Index = _events.Count,
            }
        );

    private string? Code(Event e) =>
        (Erasures.Decide(s_stream, _events, e) as Decision.Refused)?.Code;

    private Erased Erased(int at, params string[] digests) =>
        new()
        {
            Event = _events[at].Id,
            Digests = digests,
            Ground = s_ground,
        };

    private Withheld Withheld(int at) =>
        new()
        {
            Event = _events[at].Id,
            Index = at,
            Ground = s_ground,
        };

    [Fact]
    public void Digests_of_a_reply_are_erased_once()
    {
        var first = Erased(1, _stated.Digests![0]);
        Code(first).ShouldBeNull();
        Add(first);
        Code(first).ShouldBe("nothing-to-erase");
        Code(Erased(1, _stated.Digests![1])).ShouldBeNull();
        Code(Erased(2, "x")).ShouldBe("nothing-to-erase");
        Code(Erased(1)).ShouldBe("malformed");
        Code(first with { Event = Guid.CreateVersion7() }).ShouldBe("event-not-on-stream");
    }

    [Fact]
    public void An_event_is_withheld_once_and_counts_no_more()
    {
        Promise.From(_events).Status.ShouldBe(PromiseStatus.Started);
        Code(Withheld(2)).ShouldBeNull();
        Code(Withheld(2) with { Index = 1 }).ShouldBe("event-not-on-stream");
        Add(Withheld(2));
        Code(Withheld(2)).ShouldBe("withheld-already");
        Code(Withheld(3)).ShouldBe("declaration-stays");
        Promise.From(_events).Status.ShouldBe(PromiseStatus.Unchecked);
        Promise.From([.. _events.Take(3)]).Status.ShouldBe(PromiseStatus.Started);
    }

    [Fact]
    public void What_was_declared_is_neither_retracted_nor_left_to_others()
    {
        Add(Withheld(2));
        var retraction = new Retracted { Event = _events[3].Id, Reason = s_ground }.On("2026");
        Decisions
            .Decide(s_stream, _events, retraction, DateTimeOffset.UnixEpoch)
            .ShouldBeOfType<Decision.Refused>()
            .Code.ShouldBe("declaration-stays");
        foreach (var e in (Event[])[Withheld(1), Erased(1, _stated.Digests![0])])
        {
            Decisions
                .Decide(s_stream, _events, e, DateTimeOffset.UnixEpoch)
                .ShouldBeOfType<Decision.Refused>()
                .Code.ShouldBe("reserved");
        }
    }
}
