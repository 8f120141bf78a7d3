using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ledger.EventStore;
using Testing;
using Web.Accounts;
using Web.Api.Description;

namespace Web.Tests.Api;

/// <summary>Files of events over HTTP: judged, recorded or proposed, whole or not at all.</summary>
public sealed class ImportTests : IAsyncLifetime
{
    private const string Evidence = """
        "evidence":[{"url":"https://musterstadt.example/x","publisher":"Stadt","retrieved":"2026-01-02"}]
        """;

    private static readonly string s_town = $$$"""
        {"id":"rat","stream":"council:musterstadt","type":"councilRegistered","name":"Musterstadt","ags":"05999000","state":"Nirgendwo",{{{Evidence}}}}
        {"id":"umwelt","stream":"council:musterstadt","type":"committeeEstablished","committee":"umwelt","name":"Umwelt","occurred":"2020","occurredBasis":"event",{{{Evidence}}}}
        {"id":"berichtigt","stream":"council:musterstadt","type":"corrected","event":"umwelt","field":"name","from":"Umwelt","to":"Umweltausschuss","reason":{"de":"Vollständig."},"occurred":"2020","occurredBasis":"event",{{{Evidence}}}}

        """;

    private static readonly string s_more =
        s_town
        + $$$"""
            {"id":"bau","stream":"council:musterstadt","type":"committeeEstablished","committee":"bau","name":"Bau","occurred":"2021","occurredBasis":"event",{{{Evidence}}}}

            """;

    private LedgerSite _site = null!;
    private Writer _author = null!;
    private Writer _reviewer = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await LedgerSite.StartAsync(seeds: false);
        _author = await _site.WriterAsync(Role.Contributor);
        _reviewer = await _site.WriterAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private Task<HttpResponseMessage> SendAsync(
        string file,
        bool record = true,
        string type = "application/jsonl",
        HttpClient? http = null
    ) =>
        (http ?? _author.Http).PostAsync(
            new Uri($"/api/v1/import{(record ? "?record=true" : "")}", UriKind.Relative),
            new StringContent(file, Encoding.UTF8, type),
            Stop
        );

    private async Task<JsonNode> ReportAsync(HttpStatusCode status, string file, bool record = true)
    {
        var answer = await SendAsync(file, record);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        answer.StatusCode.ShouldBe(status, text);
        return JsonNode.Parse(text)!;
    }

    private static string Outcomes(JsonNode report) =>
        string.Join(' ', report["lines"]!.AsArray().Select(l => $"{l!["id"]}:{l["outcome"]}"));

    private async Task<IReadOnlyList<string>> OpenAsync(JsonNode report) =>
        [
            .. (
                await _author.Http.GetJsonAsync($"submissions?import={report["import"]}&state=open")
            )["items"]!
                .AsArray()
                .Select(s => (string)s!["id"]!),
        ];

    private Task<long> RecordedAsync() => _site.Ledger.Store.NextIndexAsync(Stop);

    [Fact]
    public async Task A_dry_run_judges_every_line_and_changes_nothing()
    {
        var report = await ReportAsync(HttpStatusCode.OK, s_town + "{}\n", record: false);
        Outcomes(report).ShouldBe("rat:new umwelt:new berichtigt:new :refused");
        ((string?)report["lines"]![3]!["refusal"]!["type"]).ShouldBe(
            "urn:zusagenbuch:problem:id-malformed"
        );
        ((bool)report["taken"]!).ShouldBeFalse();
        (await RecordedAsync()).ShouldBe(0);
        (await _site.Database.AskAsync<long>("select count(*) from ledger.submission")).ShouldBe(0);
    }

    [Fact]
    public async Task Where_review_is_off_a_file_is_recorded_at_once_and_known_from_then_on()
    {
        await using var site = await LedgerSite.StartAsync(seeds: false, fourEyes: false);
        var writer = await site.WriterAsync(Role.Contributor);
        (await SendAsync(s_town, http: writer.Http)).StatusCode.ShouldBe(HttpStatusCode.Created);
        var again = await SendAsync(s_more, http: writer.Http);
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        Outcomes(await again.JsonAsync())
            .ShouldBe("rat:known umwelt:known berichtigt:known bau:new");
        (await SendAsync(s_more, http: writer.Http)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var events = await site.Ledger.Store.ReadStreamAsync(StreamKey.Council("musterstadt"));
        events.Count.ShouldBe(4);
        events.ShouldAllBe(e => e.Body.RecordedBy == writer.Person.Pseudonym);
    }

    [Fact]
    public async Task Where_review_is_on_each_item_is_proposed_and_recorded_when_another_person_accepts_it()
    {
        var report = await ReportAsync(HttpStatusCode.Accepted, s_town);
        ((int)report["new"]!).ShouldBe(3);
        (await RecordedAsync()).ShouldBe(0);
        var open = await OpenAsync(report);
        open.Count.ShouldBe(3);

        // A later item before those it builds on: it stays open.
        await (await _reviewer.Http.ActAsync($"submissions/{open[1]}/accept")).ProblemAsync(
            409,
            "earlier-wait"
        );
        await (await _author.Http.ActAsync($"submissions/{open[0]}/accept")).ProblemAsync(
            403,
            "forbidden"
        );
        (await OpenAsync(report)).ShouldBe(open);

        foreach (var id in open)
        {
            await (await _reviewer.Http.ActAsync($"submissions/{id}/accept")).CreatedAsync();
        }

        var events = await _site.Ledger.Store.ReadStreamAsync(StreamKey.Council("musterstadt"));
        ((Ledger.Recording.Corrected)events[2].Body).Event.ShouldBe(events[1].Id);
        events.ShouldAllBe(e =>
            e.Body.RecordedBy == _author.Person.Pseudonym
            && e.Body.ReviewedBy == _reviewer.Person.Pseudonym
        );
        Outcomes(await ReportAsync(HttpStatusCode.OK, s_town))
            .ShouldBe("rat:known umwelt:known berichtigt:known");
    }

    [Fact]
    public async Task What_waits_is_not_proposed_twice_and_a_longer_file_builds_on_it()
    {
        var first = await ReportAsync(HttpStatusCode.Accepted, s_town);
        Outcomes(await ReportAsync(HttpStatusCode.OK, s_town))
            .ShouldBe("rat:waiting umwelt:waiting berichtigt:waiting");
        var longer = await ReportAsync(HttpStatusCode.Accepted, s_more);
        Outcomes(longer).ShouldBe("rat:waiting umwelt:waiting berichtigt:waiting bau:new");
        (await OpenAsync(longer)).Count.ShouldBe(1);

        var other = await SendAsync(
            s_town.Replace("Nirgendwo", "Anderswo", StringComparison.Ordinal)
        );
        var problem = await other.ProblemAsync(422, "import-refused");
        ((string?)problem["report"]!["lines"]![0]!["refusal"]!["type"]).ShouldBe(
            "urn:zusagenbuch:problem:id-waits-otherwise"
        );

        foreach (var id in (string[])[.. await OpenAsync(first), .. await OpenAsync(longer)])
        {
            await (await _reviewer.Http.ActAsync($"submissions/{id}/accept")).CreatedAsync();
        }

        (await RecordedAsync()).ShouldBe(4);
    }

    [Fact]
    public async Task What_was_rejected_or_withdrawn_may_be_imported_again()
    {
        var open = await OpenAsync(await ReportAsync(HttpStatusCode.Accepted, s_town));
        (
            await _reviewer.Http.PostAsync(
                $"submissions/{open[2]}/reject",
                """{"reason":"So hieß er nie."}"""
            )
        ).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _author.Http.ActAsync($"submissions/{open[1]}/withdraw")).StatusCode.ShouldBe(
            HttpStatusCode.OK
        );

        Outcomes(await ReportAsync(HttpStatusCode.Accepted, s_town))
            .ShouldBe("rat:waiting umwelt:new berichtigt:new");
    }

    [Fact]
    public async Task What_waits_is_not_recorded_past_its_reviewer_when_review_is_turned_off()
    {
        await ReportAsync(HttpStatusCode.Accepted, s_town);
        await using var second = new Web.Hosting.OpenLedger(_site.Database.Prepared);
        await using var app = Web.Hosting.Site.Build(second, "http://127.0.0.1:0", fourEyes: false);
        var address = (await Web.Hosting.Site.ListenAsync(app, "http://127.0.0.1:0")).First();
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", _author.Key.ToString());

        Outcomes(await (await SendAsync(s_town, http: http)).JsonAsync())
            .ShouldBe("rat:waiting umwelt:waiting berichtigt:waiting");
        var problem = await (await SendAsync(s_more, http: http)).ProblemAsync(
            422,
            "import-refused"
        );
        ((string?)problem["report"]!["lines"]![3]!["refusal"]!["type"]).ShouldBe(
            "urn:zusagenbuch:problem:not-on-record"
        );
        (await RecordedAsync()).ShouldBe(0);
        await app.StopAsync(Stop);
    }

    [Fact]
    public async Task One_refused_line_refuses_the_file()
    {
        var future = s_town.Replace("\"2020\"", "\"2199\"", StringComparison.Ordinal);
        var problem = await (await SendAsync(future)).ProblemAsync(422, "import-refused");
        Outcomes(problem["report"]!).ShouldBe("rat:new umwelt:refused berichtigt:refused");
        ((string?)problem["report"]!["lines"]![1]!["refusal"]!["type"]).ShouldBe(
            "urn:zusagenbuch:problem:not-yet"
        );
        (await _site.Database.AskAsync<long>("select count(*) from ledger.submission")).ShouldBe(0);
    }

    [Fact]
    public async Task Only_who_may_propose_imports()
    {
        await (await SendAsync(s_town, http: _site.Http)).ProblemAsync(401, "unauthorized");
        var admin = await _site.WriterAsync(Role.Administrator);
        await (await SendAsync(s_town, http: admin.Http)).ProblemAsync(403, "forbidden");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("text/csv; charset=iso-8859-1")]
    public async Task Another_content_type_is_refused_with_those_that_there_are(string type)
    {
        using var content = new StringContent(s_town);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        var answer = await _author.Http.PostAsync(
            new Uri("/api/v1/import", UriKind.Relative),
            content,
            Stop
        );
        var problem = await answer.ProblemAsync(415, "unsupported-media-type");
        ((string?)problem["detail"]).ShouldNotBeNull().ShouldContain("text/csv");
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_before_it_is_read()
    {
        var told = new Endless(100_000_000, tell: true);
        await (await PutAsync(told)).ProblemAsync(413, "too-large");
        told.Sent.ShouldBeLessThan(10_000_000);

        var untold = new Endless(200_000_000, tell: false);
        HttpResponseMessage? answer = null;
        try
        {
            answer = await PutAsync(untold);
        }
        catch (HttpRequestException)
        {
            // The server answers and hangs up while we still send: then its answer may be lost.
        }

        answer?.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        untold.Sent.ShouldBeLessThan(120_000_000);
        (await _site.Http.GetAsync("/api/v1/installation", Stop)).StatusCode.ShouldBe(
            HttpStatusCode.OK
        );
    }

    private async Task<HttpResponseMessage> PutAsync(HttpContent content)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/jsonl");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/import")
        {
            Content = content,
        };
        request.Headers.ExpectContinue = true;
        return await _author.Http.SendAsync(request, Stop);
    }

    [Fact]
    public async Task Of_a_million_lines_no_more_are_read_than_a_file_may_have()
    {
        var lines = new StringBuilder();
        for (var i = 0; i < 1_000_000; i++)
        {
            lines.Append("{}\n");
        }

        var report = await ReportAsync(HttpStatusCode.OK, lines.ToString(), record: false);
        report["lines"]!.AsArray().Count.ShouldBe(100_001);
        ((string?)report["lines"]![100_000]!["refusal"]!["type"]).ShouldBe(
            "urn:zusagenbuch:problem:too-many-rows"
        );
    }

    [Theory]
    [InlineData("text/csv", "\0,\u0001\n\"")]
    [InlineData("application/yaml", "- &a [*a, *a]")]
    [InlineData("application/yaml", "- !!python/object {}")]
    [InlineData("application/jsonl", "{\"id\":\"\\ud800\",\"stream\":\"x\"}")]
    [InlineData("application/jsonl", "[[[[[[[[")]
    public async Task What_is_no_file_of_events_is_reported_and_not_taken(string type, string file)
    {
        var answer = await SendAsync(file, type: type);
        var problem = await answer.ProblemAsync(422, "import-refused");
        problem["report"]!["lines"]!.AsArray().Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_files_of_the_document_are_those_of_the_description_and_hold()
    {
        var document = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "docs", "import.md"),
            Stop
        );
        var files = Regex.Matches(
            document,
            @"<!-- file (?<type>\S+) -->\n```\w+\n(?<file>.*?)```",
            RegexOptions.Singleline | RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)
        );
        files.Count.ShouldBe(3);
        await using var site = await LedgerSite.StartAsync(seeds: false, fourEyes: false);
        var writer = await site.WriterAsync();
        var expected = "new new";
        foreach (Match file in files)
        {
            var (type, text) = (file.Groups["type"].Value, file.Groups["file"].Value);
            text.ShouldBe(FileExamples.All[type]);
            var answer = await SendAsync(text, type: type, http: writer.Http);
            var report = await answer.JsonAsync();
            string.Join(' ', report["lines"]!.AsArray().Select(l => (string?)l!["outcome"]))
                .ShouldBe(expected, report.ToJsonString());
            expected = "known known";
        }
    }

    /// <summary>Blank lines without end.</summary>
    private sealed class Endless(long bytes, bool tell) : HttpContent
    {
        public long Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(
            Stream stream,
            TransportContext? context
        )
        {
            var part = Encoding.UTF8.GetBytes(new string('\n', 64 * 1024));
            while (Sent < bytes)
            {
                await stream.WriteAsync(part, Stop);
                Sent += part.Length;
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes;
            return tell;
        }
    }
}
