using System.Net;
using System.Net.Sockets;
using System.Text;
using Testing;

namespace Web.Tests.Api;

/// <summary>Whatever is sent: a clear error, nothing recorded, nothing of ours told.</summary>
public sealed class BadInputTests(BadInputTests.Founded founded)
    : IClassFixture<BadInputTests.Founded>
{
    private const string Events = "promises/musterstadt-zusage-1/events";
    private const string Evidence = """
        "evidence":[{"url":"https://a.example/","publisher":"A","retrieved":"2026-01-02"}]
        """;
    private readonly LedgerSite _site = founded.Site;
    private readonly HttpClient _editor = founded.Editor.Http;
    private readonly string _key = founded.Editor.Key.ToString();

    /// <summary>One site for all of them: none of what is refused may change it.</summary>
    public sealed class Founded : IAsyncLifetime
    {
        public LedgerSite Site { get; private set; } = null!;

        public Writer Editor { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Site = await LedgerSite.StartAsync(seeds: false, fourEyes: false);
            Editor = await Site.WriterAsync();
            await Town.FoundAsync(Editor.Http);
        }

        public ValueTask DisposeAsync() => Site.DisposeAsync();
    }

    private async Task<long> VersionAsync() =>
        (long)(await _site.Http.GetJsonAsync(Events))["version"]!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Malformed { get; } =
        new()
        {
            { "", "" },
            { "{", "" },
            { "null", "" },
            { "[]", "" },
            { "\"text\"", "" },
            { "{}", "/type" },
            { """{"type":7}""", "/type" },
            { """{"type":"exploded"}""", "/type" },
            { """{"type":"Started"}""", "/type" },
            { $$"""{"type":"started","occurred":"2024","occurredBasis":"event"}""", "/evidence" },
            {
                $$"""{"type":"started","occurred":"2024","occurredBasis":"event","evidence":[]}""",
                "/evidence"
            },
            {
                $$"""{"type":"started","occurred":"2024","occurredBasis":"event","evidence":[null]}""",
                "/evidence/0"
            },
            {
                """{"type":"started","occurred":"2024","occurredBasis":"event","evidence":{}}""",
                "/evidence"
            },
            {
                $$"""{"type":"started","occurred":"2024","occurredBasis":"event","evidence":[{"url":"ftp://a","publisher":"A","retrieved":null}]}""",
                "/evidence/0/url"
            },
            {
                $$"""{"type":"started","occurred":"2024","occurredBasis":"event","evidence":[{"publisher":"A","retrieved":null}]}""",
                "/evidence/0/url"
            },
            {
                """{"type":"started","occurred":"2024","occurredBasis":"event","sourceRef":{"source":"x"}}""",
                "/sourceRef/locator"
            },
            {
                $$"""{"type":"started","occurred":"99999-01-01","occurredBasis":"event",{{Evidence}} }""",
                "/occurred"
            },
            {
                $$"""{"type":"started","occurred":"0001-01-01","occurredBasis":"event",{{Evidence}} }""",
                "/occurred"
            },
            {
                $$"""{"type":"started","occurred":"2024-02-30","occurredBasis":"event",{{Evidence}} }""",
                "/occurred"
            },
            {
                $$"""{"type":"started","occurred":"2190","occurredBasis":"event",{{Evidence}} }""",
                "/occurred"
            },
            {
                $$"""{"type":"started","occurred":20240101,"occurredBasis":"event",{{Evidence}} }""",
                "/occurred"
            },
            {
                $$"""{"type":"started","occurred":"2024","occurredBasis":"rumour",{{Evidence}} }""",
                "/occurredBasis"
            },
            {
                $$"""{"type":"started","occurred":"2024","occurredBasis":0,{{Evidence}} }""",
                "/occurredBasis"
            },
            {
                $$"""{"type":"started","occurred":"2024","occurredBasis":"event","colour":"red",{{Evidence}} }""",
                "/colour"
            },
            {
                $$"""{"type":"started","occurred":"2024","occurredBasis":"event","recordedBy":"catalogue",{{Evidence}} }""",
                "/recordedBy"
            },
            {
                $$"""{"type":"started","occurred":"2024","occurredBasis":"event","reviewedBy":"p-000000000000",{{Evidence}} }""",
                "/reviewedBy"
            },
            {
                $$"""{"type":"started","occurred":"2024","occurredBasis":"event","summary":"Text",{{Evidence}} }""",
                "/summary"
            },
            {
                $$"""{"type":"started","occurred":"2024","occurredBasis":"event","summary":{"de":null},{{Evidence}} }""",
                "/summary/de"
            },
            {
                $$"""{"type":"started","occurred":"2024","occurred":"2025","occurredBasis":"event",{{Evidence}} }""",
                "/occurred"
            },
            {
                $$"""{"type":"started","occurred":"2024","occurredBasis":"event","summary":{"de":"null \u0000 byte"},{{Evidence}} }""",
                "/summary/de"
            },
            {
                $$"""{"type":"started","occurred":"2024","occurredBasis":"event","summary":{"de":"half \ud800 pair"},{{Evidence}} }""",
                "/summary/de"
            },
            {
                $$"""{"type":"started","occurred":"2024","occurredBasis":"event","sum\udc00mary":{},{{Evidence}} }""",
                ""
            },
            {
                $$"""{"type":"started","occurred":"2024","occurredBasis":"event","summary":{"de":"bell \u0007"},{{Evidence}} }""",
                "/summary/de"
            },
            {
                $$"""{"type":"funded","amount":100,"kind":"own","occurred":"2024","occurredBasis":"event",{{Evidence}} }""",
                "/amount"
            },
            {
                $$"""{"type":"funded","amount":"1e400","kind":"own","occurred":"2024","occurredBasis":"event",{{Evidence}} }""",
                "/amount"
            },
            {
                $$"""{"type":"funded","amount":"-5","kind":"own","occurred":"2024","occurredBasis":"event",{{Evidence}} }""",
                "/amount"
            },
            {
                $$"""{"type":"funded","amount":"99999999999999999999","kind":"own","occurred":"2024","occurredBasis":"event",{{Evidence}} }""",
                "/amount"
            },
            {
                $$"""{"type":"funded","amount":"NaN","kind":"own","occurred":"2024","occurredBasis":"event",{{Evidence}} }""",
                "/amount"
            },
            {
                $$"""{"type":"funded","kind":"own","occurred":"2024","occurredBasis":"event",{{Evidence}} }""",
                "/amount"
            },
            {
                $$"""{"type":"funded","amount":"5","kind":"own","budgetYears":[99999999999],"occurred":"2024","occurredBasis":"event",{{Evidence}} }""",
                "/budgetYears/0"
            },
            {
                $$"""{"type":"funded","amount":"5","kind":"own","budgetYears":[1.5],"occurred":"2024","occurredBasis":"event",{{Evidence}} }""",
                "/budgetYears/0"
            },
            { new string('[', 3000), "" },
        };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_event_is_refused_with_a_pointer(string body, string pointer)
    {
        var before = await _site.Ledger.Store.NextIndexAsync(Stop);

        var problem = await (
            await _editor.PostAsync(Events, body, await VersionAsync())
        ).ProblemAsync(422, "malformed");

        var faults = problem["errors"]!.AsArray();
        faults
            .Select(f => (string)f!["pointer"]!)
            .ShouldContain(p => pointer.Length == 0 || p == pointer, problem.ToJsonString());
        var said = problem.ToJsonString();
        foreach (var word in (string[])["System.", "Ledger.", "Npgsql", "Exception", "   at "])
        {
            said.ShouldNotContain(word, Case.Sensitive);
        }

        (await _site.Ledger.Store.NextIndexAsync(Stop)).ShouldBe(before);
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_refused()
    {
        var body = Encoding.UTF8.GetBytes(Town.Event("started")).ToList();
        var at = body.IndexOf((byte)'E');
        body[at] = 0xFF;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{Events}")
        {
            Content = new ByteArrayContent([.. body]),
        };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.IfMatch.Add(new("\"1\""));

        await (await _editor.SendAsync(request, Stop)).ProblemAsync(422, "malformed");
    }

    [Fact]
    public async Task Another_content_type_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{Events}")
        {
            Content = new StringContent("type: started", Encoding.UTF8, "text/yaml"),
        };

        await (await _editor.SendAsync(request, Stop)).ProblemAsync(415, "unsupported-media-type");
    }

    [Fact]
    public async Task A_large_body_is_refused_before_it_is_read()
    {
        await (
            await _editor.PostAsync(Events, $$"""{"type":"{{new string('x', 70_000)}}" }""", 1)
        ).ProblemAsync(413, "too-large");

        // A gigabyte is announced and never sent; the answer does not wait for it.
        var answer = await SendRawAsync(
            $"POST /api/v1/{Events} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {_key}\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n{{",
            TimeSpan.FromSeconds(30)
        );
        answer.ShouldContain("413");

        // Without a length, it ends where the limit is.
        var chunk = $"4000\r\n{new string(' ', 0x4000)}\r\n";
        var chunked = await SendRawAsync(
            $"POST /api/v1/{Events} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {_key}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + string.Concat(Enumerable.Repeat(chunk, 6)),
            TimeSpan.FromSeconds(30)
        );
        chunked.ShouldContain("413");
    }

    [Fact]
    public async Task A_client_that_sends_too_slowly_is_let_go()
    {
        var answer = await SendRawAsync(
            $"POST /api/v1/{Events} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {_key}\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{{",
            TimeSpan.FromSeconds(20)
        );

        (answer.Length == 0 || answer.Contains("408", StringComparison.Ordinal)).ShouldBeTrue(
            answer
        );
        (await _site.Http.GetAsync("/api/v1/installation", Stop)).StatusCode.ShouldBe(
            HttpStatusCode.OK
        );
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("'; drop table ledger.mt_events; --")]
    [InlineData("\u202Eumgekehrt \U0001F6A7 ÄÖÜ ﷽")]
    [InlineData("{{7*7}} ${7*7} %s %n ../../etc/passwd")]
    public async Task Hostile_text_is_only_text(string text)
    {
        var quoted = System.Text.Json.JsonSerializer.Serialize(text);
        var body = Town.Event("started")
            .Replace("\"Etwas Erfundenes geschah.\"", quoted, StringComparison.Ordinal);

        var entry = await (
            await _editor.PostAsync(Events, body, await VersionAsync())
        ).CreatedAsync();

        (
            (string?)
                (await _site.Http.GetJsonAsync($"events/{entry["id"]}"))["event"]!["summary"]!["de"]
        ).ShouldBe(text);
        var read = await _site.Http.GetAsync($"/api/v1/events/{entry["id"]}", Stop);
        read.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        read.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        await _site.CaughtUpAsync();
        var page = await _site.Http.GetStringAsync("/musterstadt/zusagen/zusage-1", Stop);
        page.ShouldNotContain("<script>alert");
    }

    [Theory]
    [InlineData("promises?stand=yesterday")]
    [InlineData("promises?stand=-5")]
    [InlineData("promises?stand=99999999999999999999")]
    [InlineData("promises?stand=2026-13-01")]
    [InlineData("promises?stand=2026-10-31T25:00:00Z")]
    [InlineData("promises?zum=2026")]
    [InlineData("promises?zum=0001-01-01")]
    [InlineData("promises?status=happy")]
    [InlineData("promises?sort=random()")]
    [InlineData("promises?limit=0")]
    [InlineData("promises?limit=501")]
    [InlineData("promises?limit=many")]
    [InlineData("promises?cursor=%21%21")]
    [InlineData("promises?cursor=WyJzb3VyY2UiXQ")]
    [InlineData("promises?q=%00")]
    [InlineData("promises?municipality=a%00b")]
    [InlineData("events?cursor=-1")]
    [InlineData("events?cursor=99999999999999999999999")]
    public async Task A_parameter_that_cannot_be_read_is_refused(string path) =>
        await (
            await _site.Http.GetAsync(new Uri($"/api/v1/{path}", UriKind.Relative), Stop)
        ).ProblemAsync(400, "bad-parameter");

    [Theory]
    [InlineData("promises?q=%25%27%22%5C_;--")]
    [InlineData("promises?municipality=%27%20or%201=1")]
    [InlineData("promises?committee=%7B%7D&topic=%F0%9F%9A%A7&source=..%2F..")]
    public async Task Hostile_filters_find_nothing(string path) =>
        (await _site.Http.GetJsonAsync(path))["items"]!.AsArray().ShouldBeEmpty();

    [Theory]
    [InlineData("promises/NOPE")]
    [InlineData("promises/a--b")]
    [InlineData("promises/musterstadt-nirgends")]
    [InlineData("promises/..%2f..%2fetc")]
    [InlineData("events/00000000-0000-0000-0000-000000000000")]
    [InlineData("events/7")]
    [InlineData("nirgends")]
    [InlineData("promises/musterstadt-zusage-1?stand=0")]
    public async Task What_is_not_there_is_not_found(string path) =>
        await (
            await _site.Http.GetAsync(new Uri($"/api/v1/{path}", UriKind.Relative), Stop)
        ).ProblemAsync(404, "not-found");

    [Fact]
    public async Task A_method_that_an_address_does_not_know_is_refused_with_those_it_knows()
    {
        var answer = await _editor.DeleteAsync(new Uri("/api/v1/promises", UriKind.Relative), Stop);

        await answer.ProblemAsync(405, "method-not-allowed");
        answer.Content.Headers.Allow.ShouldBe(["GET", "HEAD", "POST"]);
    }

    [Fact]
    public async Task An_id_that_could_be_no_address_is_refused()
    {
        foreach (
            var id in (string[])
                ["Groß", "musterstadt zusage", "../x", "", new string('a', 200), "musterstadt-"]
        )
        {
            var body = Town.Promise()
                .Replace(
                    "\"musterstadt-zusage-1\"",
                    System.Text.Json.JsonSerializer.Serialize(id),
                    StringComparison.Ordinal
                );
            var problem = await (await _editor.PostAsync("promises", body)).ProblemAsync(
                422,
                "malformed"
            );
            ((string?)problem["errors"]![0]!["pointer"]).ShouldBe("/id");
        }
    }

    private async Task<string> SendRawAsync(string request, TimeSpan patience)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_site.Address.Host, _site.Address.Port, Stop);
        var stream = client.GetStream();
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        late.CancelAfter(patience);
        var answer = new StringBuilder();
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request), late.Token);
            var buffer = new byte[4096];
            while (await stream.ReadAsync(buffer, late.Token) is > 0 and var read)
            {
                answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
                if (answer.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
                {
                    break;
                }
            }
        }
        catch (IOException)
        {
            // The server hung up; what it said until then counts.
        }

        return answer.ToString();
    }
}
