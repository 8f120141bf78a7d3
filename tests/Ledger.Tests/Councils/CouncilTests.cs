using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Recording;
using Testing;

namespace Ledger.Tests.Councils;

public sealed class CouncilTests
{
    private static readonly StreamKey s_stream = StreamKey.Council(Sample.Town);
    private readonly List<RecordedEvent> _recorded = [];

    private Council Council => Council.From(_recorded);

    public CouncilTests() =>
        When(
            new CouncilRegistered
            {
                Name = "Musterstadt (erfunden)",
                Ags = "00000000",
                State = "Nirgendwo",
            }.On(null)
        );

    private Decision When(Event e)
    {
        var decision = Council.Decide(s_stream, e, DateTimeOffset.UnixEpoch);
        if (decision is Decision.Accepted)
        {
            _recorded.Add(
                RecordedEvent.Of(
                    e,
                    s_stream,
                    _recorded.Count + 1,
                    DateTimeOffset.UnixEpoch,
                    Guid.CreateVersion7()
                ) with
                {
                    Index = _recorded.Count,
                }
            );
        }

        return decision;
    }

    [Fact]
    public void A_committee_keeps_its_address_when_its_name_changes()
    {
        When(
            new CommitteeEstablished { Committee = "umwelt", Name = "Umweltausschuss" }.On("2020")
        );
        When(new CommitteeRenamed { Committee = "umwelt", Name = "Klimaausschuss" }.On("2025"));
        var committee = Council.Committees.ShouldHaveSingleItem();
        committee.Slug.ShouldBe("umwelt");
        committee.Name.ShouldBe("Klimaausschuss");
        When(new CommitteeDissolved { Committee = "umwelt", Successors = ["natur"] }.On("2026"));
        Council.Committees[0].Dissolved.ShouldBeTrue();
        Council.Committees[0].Successors.ShouldBe(["natur"]);
        When(new CommitteeRenamed { Committee = "umwelt", Name = "X" }.On("2026"))
            .ShouldBeOfType<Decision.Refused>();
        When(new CommitteeEstablished { Committee = "umwelt", Name = "Y" }.On("2026"))
            .ShouldBeOfType<Decision.Refused>();
    }

    [Fact]
    public void A_term_that_has_not_begun_cannot_end()
    {
        When(new TermEnded { Term = "musterstadt-2020" }.On("2025-10-31"))
            .ShouldBeOfType<Decision.Refused>();
        When(new TermBegan { Term = "musterstadt-2020" }.On("2020-11-01"))
            .ShouldBeOfType<Decision.Accepted>();
        When(new TermEnded { Term = "musterstadt-2020" }.On("2025-10-31"))
            .ShouldBeOfType<Decision.Accepted>();
        var term = Council.Terms.ShouldHaveSingleItem();
        term.IsOver(new DateOnly(2025, 10, 31)).ShouldBeFalse();
        term.IsOver(new DateOnly(2025, 11, 1)).ShouldBeTrue();
    }

    [Fact]
    public void What_a_later_event_rests_on_is_not_retracted()
    {
        When(new TermBegan { Term = "musterstadt-2020" }.On("2020"));
        When(new TermEnded { Term = "musterstadt-2020" }.On("2025-10-31"));
        When(
            new CommitteeEstablished { Committee = "umwelt", Name = "Umweltausschuss" }.On("2020")
        );
        When(new CommitteeRenamed { Committee = "umwelt", Name = "Klimaausschuss" }.On("2025"));
        Code(new Retracted { Event = _recorded[1].Id, Reason = new("Erfunden.") }.On("2026"))
            .ShouldBe("term-not-begun");
        Code(new Retracted { Event = _recorded[3].Id, Reason = new("Erfunden.") }.On("2026"))
            .ShouldBe("committee-unknown");
        Code(new TermBegan { Term = "musterstadt-2020" }.On("2020")).ShouldBe("term-known");
        Code(new TermEnded { Term = "musterstadt-2020" }.On("2025")).ShouldBe("term-ended");

        string Code(Event e) => When(e).ShouldBeOfType<Decision.Refused>().Code;
    }
}
