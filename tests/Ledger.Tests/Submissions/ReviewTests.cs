using System.Text.Json.Nodes;
using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Submissions;
using Testing;

namespace Ledger.Tests.Submissions;

public sealed class ReviewTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly StreamKey s_stream = Sample.Stream(1);

    private static IReadOnlyList<RecordedEvent> Given(params Event[] events) =>
        [
            .. events.Select(
                (e, i) =>
                    RecordedEvent.Of(e, s_stream, i + 1, s_now, Guid.CreateVersion7()) with
                    {
                        Index = i,
                    }
            ),
        ];

    private static Review Reviewed(
        IReadOnlyList<RecordedEvent> events,
        Event candidate,
        Term? term = null
    ) =>
        Review.Of(
            new Submission(
                Guid.CreateVersion7(),
                Guid.CreateVersion7(),
                "p-000000000001",
                s_stream,
                events.Count,
                candidate,
                SubmissionState.Open,
                s_now,
                null,
                null,
                null,
                null
            ),
            events,
            Decisions.Decide(s_stream, events, candidate, s_now) as Decision.Refused,
            term,
            s_now
        );

    [Fact]
    public void What_is_refused_now_changes_nothing()
    {
        var review = Reviewed(Given(Sample.Promised()), new Resumed().On("2024"));

        review.Refusal.ShouldNotBeNull();
        review.After.ShouldBe(review.Before);
        review.Changes.ShouldBeEmpty();
    }

    [Fact]
    public void A_retraction_takes_its_entry_and_what_came_of_it_away()
    {
        var events = Given(Sample.Promised(), new Started().On("2021"));
        var retraction = new Retracted { Event = events[1].Id, Reason = new Text("Falsch.") }.On(
            "2024"
        );

        var review = Reviewed(events, retraction);

        review.Before.ShouldBe(PromiseStatus.Started);
        review.After.ShouldBe(PromiseStatus.Unchecked);
        review
            .Changes.Select(c => c.Pointer)
            .ShouldBe([$"/entries/{events[1].Id}", "/status"], ignoreOrder: true);
        review.Changes.Single(c => c.Pointer != "/status").To.ShouldBeNull();
    }

    [Theory]
    [InlineData("https://musterstadt.example/meldung", true)]
    [InlineData("https://MUSTERSTADT.example/meldung/#absatz", true)]
    [InlineData("https://musterstadt.example/meldung?seite=2", false)]
    [InlineData("https://musterstadt.example/andere", false)]
    public void The_same_page_as_evidence_again_is_a_warning(string url, bool warns)
    {
        var candidate = new Stalled().On("2024") with
        {
            Evidence = [Sample.Evidence with { Url = url }],
        };

        var warnings = Reviewed(
            Given(Sample.Promised(), new Started().On("2021")),
            candidate
        ).Warnings;

        warnings.Any(w => w.Code == Warning.EvidenceUsed).ShouldBe(warns);
    }

    [Theory]
    [InlineData("2019", true)]
    [InlineData("2020", false)]
    [InlineData("2025-11", true)]
    [InlineData("2025", false)]
    [InlineData(null, false)]
    public void What_lies_outside_the_term_is_a_warning(string? occurred, bool warns)
    {
        var term = new Term("musterstadt-2020", Edtf.Parse("2020-11-01"), Edtf.Parse("2025-10-31"));

        Reviewed(Given(Sample.Promised()), new Started().On(occurred), term)
            .Warnings.Any(w => w.Code == Warning.OutsideTerm)
            .ShouldBe(warns);
    }

    [Fact]
    public void Differences_are_told_field_by_field()
    {
        var from = JsonNode.Parse("""{"a":1,"b":{"c":"x","d/e":[1]},"gone":true}""");
        var to = JsonNode.Parse("""{"a":1,"b":{"c":"y","d/e":[1,2]},"new":null}""");

        Change
            .Between(from, to)
            .Select(c => $"{c.Pointer}: {c.From?.ToJsonString()} > {c.To?.ToJsonString()}")
            .ShouldBe(["/b/c: \"x\" > \"y\"", "/b/d~1e: [1] > [1,2]", "/gone: true > "]);
    }
}
