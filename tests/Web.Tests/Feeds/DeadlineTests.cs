using System.Text;
using System.Text.RegularExpressions;
using Ledger.Councils;
using Ledger.Promises;
using Ledger.Recording;
using Testing;

namespace Web.Tests.Feeds;

/// <summary>The calendar of deadlines tells each change of a deadline, also its end.</summary>
public sealed class DeadlineTests : IAsyncLifetime
{
    private LedgerSite _site = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await LedgerSite.StartAsync(seeds: false);
        await _site.FoundAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private static Deadline Stated(string date) => new(Edtf.Parse(date), DeadlineBasis.Stated);

    // Property name (without parameters) to value, of each event by the promise in its UID.
    private async Task<Dictionary<string, Dictionary<string, string>>> EventsAsync(
        string query = ""
    )
    {
        await _site.CaughtUpAsync();
        var text = await _site.Http.GetStringAsync(
            $"/feeds/deadlines.ics?{query}",
            TestContext.Current.CancellationToken
        );
        Encoding
            .UTF8.GetBytes(text)
            .Length.ShouldBe(text.Split("\r\n").Sum(l => Encoding.UTF8.GetByteCount(l) + 2) - 2);
        text.Split("\r\n").ShouldAllBe(l => Encoding.UTF8.GetByteCount(l) <= 75);
        var unfolded = text.Replace("\r\n ", "", StringComparison.Ordinal);
        return unfolded
            .Split("BEGIN:VEVENT\r\n")[1..]
            .Select(e =>
                e.Split("END:VEVENT")[0]
                    .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
                    .ToDictionary(
                        l =>
                            Regex
                                .Match(l, "^[A-Z-]+", RegexOptions.None, TimeSpan.FromSeconds(1))
                                .Value,
                        l => l[(l.IndexOf(':', StringComparison.Ordinal) + 1)..]
                    )
            )
            .ToDictionary(e => e["UID"].Split('@')[0]["deadline-musterstadt-".Length..]);
    }

    [Fact]
    public async Task Only_what_a_source_sets_is_a_deadline()
    {
        await _site.RecordAsync(Sample.Stream(1), Sample.Promised(1, deadline: Stated("2030")));
        await _site.RecordAsync(
            Sample.Stream(2),
            Sample.Promised(2, deadline: new(Edtf.Parse("2025"), DeadlineBasis.Term))
        );
        await _site.RecordAsync(
            Sample.Stream(3),
            Sample.Promised(3, deadline: new(Edtf.Parse("2027-03"), DeadlineBasis.Relative))
        );
        await _site.RecordAsync(Sample.Stream(4), Sample.Promised(4));

        var events = await EventsAsync();

        events.Keys.ShouldBe(["zusage-3", "zusage-1"]);
        events["zusage-1"]["DTSTART"].ShouldBe("20301231");
        events["zusage-1"]["SUMMARY"].ShouldBe("Frist: Erfundene Zusage 1 (Musterstadt)");
        events["zusage-3"]["DTSTART"].ShouldBe("20270331");
    }

    [Fact]
    public async Task A_deadline_that_moves_keeps_its_uid_and_counts_up_and_one_that_falls_away_is_cancelled()
    {
        var ids = await _site.RecordAsync(
            Sample.Stream(1),
            Sample.Promised(1, deadline: Stated("2030"))
        );
        var before = (await EventsAsync())["zusage-1"];
        before["SEQUENCE"].ShouldBe("0");

        await _site.RecordAsync(
            Sample.Stream(1),
            Musterstadt.Correction(
                ids[0],
                "deadline",
                """{"date":"2030","basis":"stated"}""",
                """{"date":"2028-06","basis":"stated"}"""
            )
        );
        var moved = (await EventsAsync())["zusage-1"];
        moved["UID"].ShouldBe(before["UID"]);
        moved["SEQUENCE"].ShouldBe("1");
        moved["DTSTART"].ShouldBe("20280630");

        await _site.RecordAsync(
            Sample.Stream(1),
            Musterstadt.Correction(
                ids[0],
                "deadline",
                """{"date":"2028-06","basis":"stated"}""",
                """{"date":null,"basis":"none"}"""
            )
        );
        var gone = (await EventsAsync())["zusage-1"];
        gone["STATUS"].ShouldBe("CANCELLED");
        gone["SEQUENCE"].ShouldBe("2");
        gone["DTSTART"].ShouldBe("20280630");
    }

    [Fact]
    public async Task A_committee_that_hands_a_promise_on_sees_its_deadline_cancelled_and_the_other_gets_it()
    {
        await _site.RecordAsync(Sample.Stream(1), Sample.Promised(1, deadline: Stated("2030")));
        await _site.RecordAsync(
            Sample.Stream(1),
            new Assigned { Committees = [new Responsibility("bau", ResponsibilityBasis.Named)] }.On(
                "2024"
            )
        );

        (await EventsAsync("committee=musterstadt/umwelt"))["zusage-1"]
            ["STATUS"]
            .ShouldBe("CANCELLED");
        (await EventsAsync("committee=musterstadt/bau"))["zusage-1"]
            ["STATUS"]
            .ShouldBe("CONFIRMED");
        (await EventsAsync("committee=musterstadt/klima")).ShouldBeEmpty();

        // Its successor takes the committee's calendar over.
        await _site.RecordAsync(
            Musterstadt.Council,
            new CommitteeDissolved { Committee = "umwelt", Successors = ["bau"] }.On("2025")
        );
        (await EventsAsync("committee=musterstadt/umwelt"))["zusage-1"]
            ["STATUS"]
            .ShouldBe("CONFIRMED");
    }

    [Fact]
    public async Task Today_is_told_what_no_entry_tells()
    {
        await _site.RecordAsync(
            Sample.Stream(1),
            Sample.Promised(1, deadline: Stated("2030-06-30"))
        );
        await _site.RecordAsync(
            Sample.Stream(2),
            Sample.Promised(2, deadline: Stated("2030-06-30")),
            new Completed { Extent = Extent.Whole }.On("2022")
        );
        await _site.RecordAsync(
            Musterstadt.Council,
            new TermBegan { Term = "musterstadt-2020" }.On("2020-11-01"),
            new TermEnded { Term = "musterstadt-2020" }.On("2030-07-01")
        );
        await _site.CaughtUpAsync();

        var last = await _site.Http.GetStringAsync(
            "/feeds/due-today.txt?date=2030-06-30",
            TestContext.Current.CancellationToken
        );
        var after = await _site.Http.GetStringAsync(
            "/feeds/due-today.txt?date=2030-07-01",
            TestContext.Current.CancellationToken
        );

        last.ShouldContain(
            "Heute läuft die Frist ab\n- Musterstadt: Erfundene Zusage 1 (Stand: nicht geprüft)"
        );
        last.ShouldNotContain("Erfundene Zusage 2");
        after.ShouldContain("Seit heute überfällig\n- Musterstadt: Erfundene Zusage 1");
        after.ShouldContain("Heute endet die Wahlperiode\n- Musterstadt");
    }
}
