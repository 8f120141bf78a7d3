using Testing;

namespace Web.Tests.Pages;

/// <summary>What every answer carries, whatever it answers.</summary>
public sealed class HeaderTests(SeededSite seeded) : IClassFixture<SeededSite>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/krefeld/zusagen?text=Rad")]
    [InlineData("/krefeld?stand=40")]
    [InlineData("/krefeld?stand=gestern")]
    [InlineData("/krefeld?stand=2190-01-01")]
    [InlineData("/nirgends/nichts/gar-nichts")]
    [InlineData("/vergleich?von=x")]
    [InlineData("/fehler-melden")]
    [InlineData("/daten/zusagenbuch.jsonl")]
    [InlineData("/sitemap.xml")]
    [InlineData("/zusagenbuch.css")]
    public async Task No_answer_sets_a_cookie_or_lets_anything_foreign_in(string path)
    {
        using var response = await (await seeded.SiteAsync()).Http.GetAsync(
            new Uri(path, UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'");
        policy.ShouldNotContain("unsafe");
        policy.ShouldNotContain("http");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Theory]
    [InlineData("/krefeld?stand=40", "/krefeld")]
    [InlineData("/krefeld/zusagen?text=Rad", "/krefeld/zusagen")]
    public async Task What_should_not_be_found_points_to_the_live_page(string path, string live)
    {
        var site = await seeded.SiteAsync();
        var html = await site.Http.GetStringAsync(
            new Uri(path, UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        html.ShouldContain("<meta name=\"robots\" content=\"noindex\"");
        html.ShouldContain(
            $"<link rel=\"canonical\" href=\"{site.Address.GetLeftPart(UriPartial.Authority)}{live}\""
        );
    }
}
