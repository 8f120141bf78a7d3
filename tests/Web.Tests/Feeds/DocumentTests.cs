using System.Net;
using System.Text.RegularExpressions;
using Testing;
using Web.Tests.Api;

namespace Web.Tests.Feeds;

/// <summary>Every example of docs/feeds.md works on the real catalogue.</summary>
public sealed class DocumentTests(SeededSite seeded) : IClassFixture<SeededSite>
{
    [Fact]
    public async Task Every_address_in_the_document_answers()
    {
        var site = await seeded.SiteAsync();
        await site.ShownAsync();
        var text = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "docs", "feeds.md"),
            TestContext.Current.CancellationToken
        );
        var addresses = Regex
            .Matches(
                text,
                "^    GET (?<address>/[^ \n]+)$",
                RegexOptions.Multiline | RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(1)
            )
            .Select(m => m.Groups["address"].Value)
            .ToList();

        addresses.Count.ShouldBeGreaterThan(8);
        foreach (var address in addresses)
        {
            using var answer = await site.Http.GetAsync(
                address,
                HttpCompletionOption.ResponseHeadersRead,
                TestContext.Current.CancellationToken
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        }
    }
}
