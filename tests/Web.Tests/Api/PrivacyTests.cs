using System.Text.Json.Nodes;
using Testing;
using Web.Accounts;

namespace Web.Tests.Api;

/// <summary>What waits for a second person can be seen by nobody else, wherever they look.</summary>
public sealed class PrivacyTests
{
    // In every text of what is not published; and its name, which whoever asks may guess and be answered with.
    private const string Marker = "zwielichtmarke";
    private const string Name = "geheimname";

    [Fact]
    public async Task No_anonymous_request_shows_what_is_not_published()
    {
        await using var site = await LedgerSite.StartAsync(seeds: false);
        var author = (await site.WriterAsync(Role.Contributor)).Http;
        var reviewer = (await site.WriterAsync()).Http;
        foreach (
            var (path, body) in ((string, string)[])
                [("councils", Town.Council), ("sources", Town.Source), ("promises", Town.Promise())]
        )
        {
            var opened = await (await author.PostAsync(path, body)).JsonAsync();
            await (await reviewer.ActAsync($"submissions/{opened["id"]}/accept")).CreatedAsync();
        }

        var waiting = await (
            await author.PostAsync("promises", Town.Promise(Name, Marker))
        ).JsonAsync();
        var rejected = await (
            await author.PostAsync(
                "promises/musterstadt-zusage-1/events",
                Town.Event("started", url: $"https://{Marker}.example/"),
                1
            )
        ).JsonAsync();
        await reviewer.PostAsync(
            $"submissions/{rejected["id"]}/reject",
            $$"""{"reason":"{{Marker}}"}"""
        );
        var withdrawn = await (
            await author.PostAsync(
                "sources",
                Town.Source.Replace("muster.txt", $"{Marker}.txt", StringComparison.Ordinal)
                    .Replace("musterstadt-vereinbarung-2020", Name, StringComparison.Ordinal)
            )
        ).JsonAsync();
        (
            await author.ActAsync($"submissions/{withdrawn["id"]}/withdraw")
        ).EnsureSuccessStatusCode();
        var imported = await author.PostAsync(
            new Uri("/api/v1/import?record=true", UriKind.Relative),
            new StringContent(
                $$"""
                {"id":"{{Marker}}","stream":"council:{{Name}}","type":"councilRegistered","name":"{{Marker}}","ags":"05999009","state":"{{Marker}}","evidence":[{"url":"https://{{Marker}}.example/","publisher":"{{Marker}}","retrieved":"2026-01-02"}]}
                """,
                System.Text.Encoding.UTF8,
                "application/jsonl"
            ),
            TestContext.Current.CancellationToken
        );
        imported.StatusCode.ShouldBe(System.Net.HttpStatusCode.Accepted);
        var import = (string)(await imported.JsonAsync())["import"]!;
        await site.CaughtUpAsync();

        var seen = 0;
        foreach (
            var address in await AddressesAsync(
                site,
                [(string)waiting["id"]!, (string)rejected["id"]!, (string)withdrawn["id"]!, import]
            )
        )
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
            {
                var answer = await site.Http.SendAsync(
                    new HttpRequestMessage(method, address),
                    TestContext.Current.CancellationToken
                );
                var said =
                    await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
                    + answer.Headers
                    + answer.Content.Headers;
                ((int)answer.StatusCode).ShouldBeLessThan(500, address);
                said.ShouldNotContain(Marker, Case.Insensitive, address);

                // What the address itself says, the answer may repeat; nothing else tells of it.
                if (!address.Contains(Name, StringComparison.Ordinal))
                {
                    said.ShouldNotContain(Name, Case.Insensitive, address);
                }
                else if (!address.Contains('?', StringComparison.Ordinal))
                {
                    answer.StatusCode.ShouldBeOneOf([
                        System.Net.HttpStatusCode.NotFound,
                        System.Net.HttpStatusCode.Unauthorized,
                        System.Net.HttpStatusCode.BadRequest,
                        System.Net.HttpStatusCode.MethodNotAllowed,
                    ]);
                }

                seen++;
            }
        }

        seen.ShouldBeGreaterThan(60);
        (
            await reviewer.GetStringAsync(
                "/api/v1/submissions",
                TestContext.Current.CancellationToken
            )
        ).ShouldContain(Marker);
    }

    // Every GET of the description, with every id that a caller could try; and the pages.
    private static async Task<IReadOnlyList<string>> AddressesAsync(LedgerSite site, string[] ids)
    {
        var description = JsonNode.Parse(
            await site.Http.GetStringAsync(
                "/openapi/v1.json",
                TestContext.Current.CancellationToken
            )
        )!;
        string[] tried =
        [
            .. ids,
            "musterstadt",
            "musterstadt-zusage-1",
            $"musterstadt-{Name}",
            Name,
            "musterstadt-vereinbarung-2020",
        ];
        List<string> addresses =
        [
            "/",
            "/musterstadt",
            "/musterstadt/zusagen",
            "/musterstadt/zusagen/zusage-1",
            $"/musterstadt/zusagen/{Name}",
            $"/{Name}",
            $"/musterstadt/zusagen?text={Name}",
            "/musterstadt/ausschuesse",
            "/musterstadt/ziele",
            "/health/ledger",
            "/openapi/v1.json",
        ];
        foreach (var (path, operations) in description["paths"]!.AsObject())
        {
            if (operations!["get"] is null)
            {
                continue;
            }

            foreach (var id in path.Contains('{', StringComparison.Ordinal) ? tried : [""])
            {
                var address = System.Text.RegularExpressions.Regex.Replace(
                    path,
                    @"\{\w+\}",
                    id,
                    System.Text.RegularExpressions.RegexOptions.None,
                    TimeSpan.FromSeconds(1)
                );
                addresses.Add(address);
                addresses.Add($"{address}?stand=2199-01-01");
            }
        }

        return addresses;
    }
}
