using System.Text;
using System.Text.Json.Nodes;
using Testing;
using Web.Accounts;

namespace Web.Tests.Api;

/// <summary>A client that knows only the description: the examples in it, sent as they stand, and a promise from Promised to Completed.</summary>
public sealed class StoryTests : IAsyncLifetime
{
    private LedgerSite _site = null!;
    private Writer _author = null!;
    private Writer _reviewer = null!;
    private JsonNode _description = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await LedgerSite.StartAsync(seeds: false);
        _author = await _site.WriterAsync(Role.Contributor);
        _reviewer = await _site.WriterAsync();
        _description = JsonNode.Parse(
            await _site.Http.GetStringAsync(
                "/openapi/v1.json",
                TestContext.Current.CancellationToken
            )
        )!;
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private (string Path, string Method, JsonNode Operation) Find(string operation)
    {
        foreach (var (path, operations) in _description["paths"]!.AsObject())
        {
            foreach (var (method, found) in operations!.AsObject())
            {
                if ((string?)found!["operationId"] == operation)
                {
                    return (path, method, found);
                }
            }
        }

        throw new KeyNotFoundException(operation);
    }

    private JsonNode ExampleOf(string operation) =>
        Find(operation).Operation["requestBody"]!["content"]!["application/json"]!["example"]!;

    private async Task<JsonNode> SendAsync(
        string operation,
        string? id,
        JsonNode body,
        Writer by,
        long? version = null
    )
    {
        var (path, method, _) = Find(operation);
        using var request = new HttpRequestMessage(
            HttpMethod.Parse(method),
            path.Replace("{id}", id, StringComparison.Ordinal)
        )
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        if (version is { } v)
        {
            request.Headers.IfMatch.Add(new($"\"{v}\""));
        }

        var answer = await by.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBeInRange(200, 299, $"{operation}: {text}");
        return JsonNode.Parse(text)!;
    }

    private async Task<JsonNode> RecordAsync(
        string operation,
        string? id,
        JsonNode body,
        long? version = null
    )
    {
        var submission = await SendAsync(operation, id, body, _author, version);
        return await (
            await _reviewer.Http.ActAsync($"submissions/{submission["id"]}/accept")
        ).CreatedAsync();
    }

    [Fact]
    public async Task The_examples_of_the_description_hold()
    {
        foreach (var open in (string[])["openCouncil", "openSource", "openPromise", "openTarget"])
        {
            await RecordAsync(open, null, ExampleOf(open));
        }

        var streams = new Dictionary<string, string>
        {
            ["recordCouncilEvent"] = "musterstadt",
            ["recordSourceEvent"] = "musterstadt-vereinbarung-2020",
            ["recordPromiseEvent"] = "musterstadt-radweg-am-fluss",
            ["recordTargetEvent"] = "musterstadt-radwege",
        };
        foreach (var (record, id) in streams)
        {
            await RecordAsync(record, id, ExampleOf(record), 1);
        }

        var waiting = await SendAsync(
            "recordPromiseEvent",
            "musterstadt-radweg-am-fluss",
            ExampleOf("recordPromiseEvent"),
            _author,
            2
        );
        (
            (string?)
                (
                    await SendAsync(
                        "rejectSubmission",
                        (string)waiting["id"]!,
                        ExampleOf("rejectSubmission"),
                        _reviewer
                    )
                )["state"]
        ).ShouldBe("rejected");
        var admin = await _site.WriterAsync(Role.Administrator);
        var person = await SendAsync("addPerson", null, ExampleOf("addPerson"), admin);
        foreach (var operation in (string[])["addKey", "changePerson"])
        {
            var (path, method, _) = Find(operation);
            using var request = new HttpRequestMessage(
                HttpMethod.Parse(method),
                path.Replace("{pseudonym}", (string)person["pseudonym"]!, StringComparison.Ordinal)
            )
            {
                Content = new StringContent(
                    ExampleOf(operation).ToJsonString(),
                    Encoding.UTF8,
                    "application/json"
                ),
            };
            (
                await admin.Http.SendAsync(request, TestContext.Current.CancellationToken)
            ).IsSuccessStatusCode.ShouldBeTrue(operation);
        }
    }

    [Fact]
    public async Task Every_body_has_an_example()
    {
        foreach (var (path, operations) in _description["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                if (operation!["requestBody"] is { } body)
                {
                    foreach (var (type, content) in body["content"]!.AsObject())
                    {
                        content!["example"].ShouldNotBeNull($"{method} {path} {type}");
                    }
                }
            }
        }

        await Task.CompletedTask;
    }

    [Fact]
    public async Task Two_people_take_a_promise_from_promised_to_completed()
    {
        const string promise = "musterstadt-radweg-am-fluss";
        foreach (var open in (string[])["openCouncil", "openSource", "openPromise"])
        {
            await RecordAsync(open, null, ExampleOf(open));
        }

        var funded = await RecordAsync(
            "recordPromiseEvent",
            promise,
            ExampleOf("recordPromiseEvent"),
            1
        );
        var number = JsonNode.Parse(
            Town.Event(
                "corrected",
                "2023-04-01",
                $$"""
                "event":"{{funded[
                    "id"
                ]}}","field":"amount","from":"1250000.00","to":"1520000.00","reason":{"de":"Zahlendreher in der Meldung."}
                """
            )
        )!;
        await RecordAsync("recordPromiseEvent", promise, number, 2);
        var started = await RecordAsync(
            "recordPromiseEvent",
            promise,
            JsonNode.Parse(Town.Event("started", "2023-09"))!,
            3
        );
        var reply = JsonNode.Parse(
            Town.Event(
                "stated",
                "2023-10-01",
                $$"""
                "about":"{{started[
                    "id"
                ]}}","stance":"explains","function":"Bauamt","name":"Max Muster","text":"Nur der erste Abschnitt."
                """
            )
        )!;
        await RecordAsync("recordPromiseEvent", promise, reply, 4);
        await RecordAsync(
            "recordPromiseEvent",
            promise,
            JsonNode.Parse(Town.Event("completed", "2025-06", "\"extent\":\"whole\""))!,
            5
        );

        var told = await _site.Http.GetJsonAsync($"promises/{promise}");
        ((string?)told["overview"]!["status"]).ShouldBe("fulfilled");
        ((bool)told["overview"]!["corrected"]!).ShouldBeTrue();
        told["timeline"]!
            .AsArray()
            .Select(t => (string)t!["entry"]!["event"]!["type"]!)
            .ShouldBe(["promised", "funded", "started", "stated", "completed"]);
        ((string?)told["timeline"]![1]!["entry"]!["event"]!["amount"]).ShouldBe("1520000.00");
        told["timeline"]!
            .AsArray()
            .ShouldAllBe(t =>
                (string?)t!["entry"]!["recordedBy"] == _author.Person.Pseudonym
                && (string?)t["entry"]!["reviewedBy"] == _reviewer.Person.Pseudonym
            );
    }
}
