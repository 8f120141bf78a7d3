using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>A visitor builds addresses on the page /abonnieren, with the keyboard and pointer that everybody has, and without a script of ours.</summary>
[Collection(ReadersOfOneSite.Name)]
public sealed class SubscribingTests(Chromium chromium)
{
    private static readonly HttpClient s_http = new();

    [Theory]
    [InlineData(
        "ausschuss",
        "Ausschuss",
        "krefeld/umwelt-klima-nachhaltigkeit-landwirtschaft",
        "/feeds/changes.atom?committee=krefeld/umwelt-klima-nachhaltigkeit-landwirtschaft"
    )]
    [InlineData("thema", "Thema", "wohnen", "/feeds/changes.atom?topic=wohnen")]
    [InlineData(
        "berichtigungen",
        "nur Berichtigungen und Zurückgezogenes",
        null,
        "/feeds/changes.atom?corrections=only"
    )]
    public async Task A_visitor_builds_a_feed_and_it_opens(
        string name,
        string label,
        string? choice,
        string expected
    )
    {
        var page = await chromium.OpenAsync("/abonnieren", width: 1280);
        if (choice is null)
        {
            await page.GetByLabel(label).CheckAsync();
        }
        else
        {
            await page.GetByLabel(label, new() { Exact = true }).SelectOptionAsync(choice);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Adressen zeigen" }).ClickAsync();

        var address = await page.Locator(".channels a.address").First.GetAttributeAsync("href");
        new Uri(address!).PathAndQuery.ShouldBe(expected);
        var feed = await s_http.GetStringAsync(address, TestContext.Current.CancellationToken);
        feed.ShouldContain("<feed ");
        (await page.Locator("#auswahl").InnerTextAsync()).ShouldStartWith("Ihre Auswahl: ");
        await page.ShootAsync($"abonnieren-{name}", dark: false);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("/abonnieren")]
    [InlineData("/aenderungen")]
    public async Task The_page_fits_a_phone_in_light_and_dark(string path)
    {
        foreach (var dark in new[] { false, true })
        {
            var page = await chromium.OpenAsync(path, dark: dark);
            (
                await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")
            ).ShouldBeTrue();
            await page.ShootAsync(path[1..], dark);
            await page.Context.CloseAsync();
        }
    }
}
