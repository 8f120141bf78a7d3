using System.Net;
using Testing;
using Web.Accounts;
using Web.Api.Limits;
using Web.Hosting;

namespace Web.Tests.Api;

/// <summary>What happens when one client asks too much, and when the database is gone.</summary>
public sealed class LimitTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_asks_too_much_is_told_when_to_ask_again_and_others_are_answered()
    {
        await using var site = await LedgerSite.StartAsync(seeds: false);
        List<HttpResponseMessage> answers = [];
        for (var i = 0; i < 40; i++)
        {
            answers.AddRange(
                await Task.WhenAll(
                    Enumerable
                        .Range(0, 30)
                        .Select(_ => AskAsync(site, "statistics", "198.51.100.7"))
                )
            );
        }

        answers
            .Count(a => a.StatusCode == HttpStatusCode.OK)
            .ShouldBeGreaterThanOrEqualTo(RateLimits.ReadsAtOnce);
        var refused = answers.Where(a => a.StatusCode != HttpStatusCode.OK).ToList();
        refused.ShouldNotBeEmpty();
        await refused[^1].ProblemAsync(429, "too-many-requests");
        refused[^1].Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 10);

        (await AskAsync(site, "statistics", "198.51.100.8")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AskAsync(site, "municipalities/musterstadt", "198.51.100.7")).StatusCode.ShouldBe(
            HttpStatusCode.NotFound
        );
        (
            await Task.WhenAll(
                Enumerable
                    .Range(0, 200)
                    .Select(_ => AskAsync(site, "sources/x?stand=0", "198.51.100.7"))
            )
        ).ShouldContain(a => a.StatusCode == HttpStatusCode.TooManyRequests);

        // Within the wait that was told, it is answered again.
        await Task.Delay(refused[^1].Headers.RetryAfter!.Delta!.Value, Stop);
        (await AskAsync(site, "statistics", "198.51.100.7")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2::1", "20010DB800010002")]
    [InlineData("2001:db8:1:2:ffff::9", "20010DB800010002")]
    public void A_client_is_an_IPv4_address_or_an_IPv6_network(string address, string client) =>
        ClientLimit.ClientOf(IPAddress.Parse(address)).ShouldBe(client);

    [Theory]
    [InlineData("10.0.0.2", "10.0.0.2/32")]
    [InlineData("172.16.0.0/12, 2001:db8::1", "172.16.0.0/12 2001:db8::1/128")]
    [InlineData(null, "")]
    public void Proxies_are_addresses_and_networks(string? setting, string networks) =>
        string.Join(' ', Proxies.Read(setting)).ShouldBe(networks);

    [Fact]
    public async Task Without_its_database_every_operation_says_that_it_cannot_be_reached()
    {
        await using var site = await LedgerSite.StartAsync(seeds: false);
        var editor = await site.WriterAsync(Role.Editor);
        await TestLedger.ElsewhereAsync(
            $"alter database {site.Database.Name} with allow_connections false"
        );
        await TestLedger.ElsewhereAsync(
            $"select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '{site.Database.Name}'"
        );

        foreach (var path in (string[])["promises", "statistics", "events", "promises/x?stand=0"])
        {
            var answer = await site.Http.GetAsync($"/api/v1/{path}", Stop);
            await answer.ProblemAsync(503, "unavailable");
            answer.Headers.RetryAfter.ShouldNotBeNull();
        }

        await (await editor.Http.PostAsync("councils", Town.Council)).ProblemAsync(
            503,
            "unavailable"
        );
    }

    private static Task<HttpResponseMessage> AskAsync(LedgerSite site, string path, string client)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{path}");
        request.Headers.Add("X-Forwarded-For", client);
        return site.Http.SendAsync(request, Stop);
    }
}
