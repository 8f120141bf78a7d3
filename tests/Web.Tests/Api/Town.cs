using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Web.Tests.Api;

/// <summary>The invented town of Musterstadt, sent as a client of the API sends it.</summary>
internal static class Town
{
    private const string Evidence =
        """[{"url":"https://musterstadt.example/meldung","publisher":"Stadt Musterstadt (erfunden)","retrieved":"2026-01-02"}]""";

    public static string Council { get; } =
        $$"""
            {"id":"musterstadt","event":{"type":"councilRegistered","name":"Musterstadt","ags":"05999000","state":"Nordrhein-Westfalen",
             "occurred":null,"evidence":{{Evidence}} } }
            """;

    public static string Source { get; } =
        $$"""
            {"id":"musterstadt-vereinbarung-2020","event":{"type":"sourceRegistered","title":{"de":"Erfundene Vereinbarung"},"kind":"agreement",
             "municipality":"musterstadt","proponents":["Liste Muster"],"file":{"name":"muster.txt","sha256":"{{new string(
                '0',
                64
            )}}","bytes":10},
             "locators":"physicalLine","normalisation":"physical-lines/1","lines":{"from":1,"to":900},"occurred":"2020-11-01","occurredBasis":"event",
             "evidence":{{Evidence}} } }
            """;

    public static string Promise(
        string name = "zusage-1",
        string title = "Erfundene Zusage",
        string? term = null
    ) =>
        $$"""
            {"id":"musterstadt-{{name}}","event":{"type":"promised","municipality":"musterstadt","title":{"de":"{{title}}"},
             "summary":{"de":"Musterstadt will etwas Erfundenes tun."},"proponents":["Liste Muster"],"standing":"agreement","kind":"new",
             "modality":"will","topic":"klima","checkability":"high","tier":"core","term":{{(
                term is null ? "null" : $"\"{term}\""
            )}},
             "occurred":"2020-11-01","occurredBasis":"event",
             "sourceRef":{"source":"musterstadt-vereinbarung-2020","locator":{"scheme":"physicalLine","from":1,"to":2},"fingerprint":"{{new string(
                '0',
                64
            )}}"} } }
            """;

    /// <summary>An event with a day and evidence.</summary>
    /// <param name="fields">Further fields: <c>"extent":"whole"</c>.</param>
    public static string Event(
        string type,
        string occurred = "2024-05-01",
        string fields = "",
        string url = "https://musterstadt.example/meldung"
    ) =>
        $$"""
            {"type":"{{type}}","occurred":"{{occurred}}","occurredBasis":"event","summary":{"de":"Etwas Erfundenes geschah."},
             "evidence":[{"url":"{{url}}","publisher":"Stadt Musterstadt (erfunden)","retrieved":"2026-01-02"}]{{(
                fields.Length > 0 ? "," : ""
            )}}{{fields}}}
            """;

    /// <summary>Records council, source and one promise (review must be off).</summary>
    public static async Task FoundAsync(HttpClient editor, int promises = 1)
    {
        (await editor.PostAsync("councils", Council)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await editor.PostAsync("sources", Source)).StatusCode.ShouldBe(HttpStatusCode.Created);
        for (var i = 1; i <= promises; i++)
        {
            (await editor.PostAsync("promises", Promise($"zusage-{i}"))).StatusCode.ShouldBe(
                HttpStatusCode.Created
            );
        }
    }

    /// <summary>Posts to the API.</summary>
    /// <param name="version">What If-Match says; null = nothing.</param>
    public static async Task<HttpResponseMessage> PostAsync(
        this HttpClient http,
        string path,
        string body,
        long? version = null,
        string? key = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{path}")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (version is { } v)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{v}\""));
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Posts without a body.</summary>
    public static Task<HttpResponseMessage> ActAsync(this HttpClient http, string path) =>
        http.PostAsync(
            new Uri($"/api/v1/{path}", UriKind.Relative),
            null,
            TestContext.Current.CancellationToken
        );

    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage response) =>
        JsonNode.Parse(
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        )!;

    public static async Task<JsonNode> GetJsonAsync(this HttpClient http, string path)
    {
        var text = await http.GetStringAsync(
            $"/api/v1/{path}",
            TestContext.Current.CancellationToken
        );
        return JsonNode.Parse(text)!;
    }

    /// <summary>The problem that an answer is, with its status checked.</summary>
    public static async Task<JsonNode> ProblemAsync(
        this HttpResponseMessage response,
        int status,
        string type
    )
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(status, text);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = JsonNode.Parse(text)!;
        ((string?)problem["type"]).ShouldBe($"urn:zusagenbuch:problem:{type}", text);
        ((int?)problem["status"]).ShouldBe(status);
        ((string?)problem["detail"]).ShouldNotBeNullOrWhiteSpace();
        return problem;
    }

    /// <summary>The event that an answer of 201 shows.</summary>
    public static async Task<JsonNode> CreatedAsync(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, text);
        response.Headers.Location.ShouldNotBeNull();
        return JsonNode.Parse(text)!;
    }
}
