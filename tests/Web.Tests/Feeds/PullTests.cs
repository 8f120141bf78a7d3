using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Promises;
using Ledger.Transparency;
using Testing;
using Web.Tests.Api;

namespace Web.Tests.Feeds;

/// <summary>The sealed record in pages.</summary>
public sealed class PullTests(PullTests.Published published) : IClassFixture<PullTests.Published>
{
    private readonly LedgerSite _site = published.Site;

    private async Task<List<string>> PagesAsync(string address, string? accept = null)
    {
        List<string> pages = [];
        for (string? next = address; next is not null; )
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, next);
            if (accept is not null)
            {
                request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
            }

            using var answer = await _site.Http.SendAsync(
                request,
                TestContext.Current.CancellationToken
            );
            var text = await answer.Content.ReadAsStringAsync(
                TestContext.Current.CancellationToken
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
            pages.Add(text);
            next = answer.Headers.TryGetValues("Link", out var links)
                ? links.Single().Split('<', '>')[1]
                : null;
        }

        return pages;
    }

    [Fact]
    public async Task A_batch_holds_the_exact_bytes_of_the_entries_page_by_page_up_to_an_empty_one()
    {
        var entries = await new LogReader(_site.Ledger.Database).ReadEntriesAsync(
            0,
            1_000,
            TestContext.Current.CancellationToken
        );

        var pages = await PagesAsync("/api/v1/events?after=-1&limit=7");

        pages[^1].ShouldBe("[]");
        pages[..^1]
            .ShouldBe(
                entries
                    .Chunk(7)
                    .Select(c =>
                        $"[{string.Join(',', c.Select(e => Encoding.UTF8.GetString(e.Bytes!)))}]"
                    )
            );
    }

    [Fact]
    public async Task Json_lines_are_the_same_entries_one_a_line()
    {
        var entries = await new LogReader(_site.Ledger.Database).ReadEntriesAsync(
            0,
            1_000,
            TestContext.Current.CancellationToken
        );

        var pages = await PagesAsync("/api/v1/events", "application/x-ndjson");

        string.Concat(pages)
            .ShouldBe(string.Concat(entries.Select(e => Encoding.UTF8.GetString(e.Bytes!) + "\n")));
    }

    [Fact]
    public async Task A_filter_narrows_every_form_alike()
    {
        var batch = JsonNode
            .Parse((await PagesAsync("/api/v1/events?after=-1&type=started&limit=1000"))[0])!
            .AsArray();
        var lines = (await PagesAsync("/api/v1/events?format=jsonl&type=started"))[0]
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var table = (await PagesAsync("/api/v1/events?format=csv&type=started"))[0]
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        batch.Count.ShouldBe(12);
        lines.Length.ShouldBe(12);
        table.Length.ShouldBe(1 + 12);
        table[0].ShouldStartWith("index,recorded,occurred,type,what,");
        table[1]
            .ShouldContain(
                ",started,Begonnen,musterstadt,promise:musterstadt-zusage-0,Erfundene Zusage 0,unchecked,started,Ausschuss für Umwelt,"
            );
    }

    [Fact]
    public async Task A_cell_that_a_spreadsheet_would_take_for_a_formula_is_none()
    {
        await _site.RecordAsync(
            Sample.Stream(50),
            Sample.Promised(50) with
            {
                Title = new("=HYPERLINK(\"https://musterstadt.example\";\"x\")"),
            }
        );
        await _site.ShownAsync();

        (await PagesAsync("/api/v1/events?format=csv&promise=musterstadt-zusage-50"))[0]
            .ShouldContain(",\"'=HYPERLINK(");
    }

    [Theory]
    [InlineData("/api/v1/events?after=-1&gemeinde=krefeld", "There is no filter 'gemeinde' here")]
    [InlineData("/api/v1/events?after=abc", "'after' is")]
    [InlineData("/api/v1/events?after=-1&limit=1001", "'limit' is")]
    [InlineData("/api/v1/events?after=-1&stand=3", "There is no filter 'stand' here")]
    [InlineData("/api/v1/events?topic=quatsch", "'topic' is one of")]
    [InlineData("/api/v1/events?format=xml", "'format' is one of")]
    [InlineData("/feeds/changes.atom?typ=started", "There is no filter 'typ' here")]
    [InlineData("/feeds/changes.json?status=gut", "'status' is changed or one of")]
    [InlineData(
        "/feeds/changes.json?committee=bau",
        "'committee' is a municipality and a committee"
    )]
    [InlineData("/feeds/stream?after=x", "'after' is")]
    [InlineData("/feeds/deadlines.ics?type=started", "There is no filter 'type' here")]
    [InlineData("/feeds/due-today.txt?date=morgen", "'date' is a day")]
    public async Task What_is_no_filter_is_refused_and_not_ignored(string address, string sentence)
    {
        using var answer = await _site.Http.GetAsync(
            address,
            TestContext.Current.CancellationToken
        );

        ((string?)(await answer.ProblemAsync(400, "bad-parameter"))["detail"]).ShouldStartWith(
            sentence
        );
    }

    [Theory]
    [InlineData("/feeds/changes.atom?municipality=nirgends")]
    [InlineData("/feeds/changes.atom?committee=musterstadt/nichts")]
    [InlineData("/feeds/changes.json?promise=musterstadt-gibt-es-nicht")]
    [InlineData("/feeds/changes.rss")]
    [InlineData("/feeds/archive/1/999999.atom")]
    [InlineData("/feeds/archive/2/0.atom")]
    [InlineData("/feeds/nichts")]
    public async Task What_is_not_on_record_is_not_found(string address)
    {
        using var answer = await _site.Http.GetAsync(
            address,
            TestContext.Current.CancellationToken
        );

        await answer.ProblemAsync(404, "not-found");
    }

    /// <summary>Twelve invented promises, published once for all tests: none of them changes what another reads.</summary>
    public sealed class Published : IAsyncLifetime
    {
        public LedgerSite Site { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Site = await LedgerSite.StartAsync(seeds: false);
            await Site.FoundAsync();
            for (var n = 0; n < 12; n++)
            {
                await Site.RecordAsync(
                    Sample.Stream(n),
                    Sample.Promised(n),
                    new Started().On("2021")
                );
            }

            await Site.ShownAsync();
        }

        public ValueTask DisposeAsync() => Site.DisposeAsync();
    }
}
