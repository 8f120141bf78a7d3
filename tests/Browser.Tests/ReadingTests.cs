using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>What a reader meets in a real browser: no page that is wider than a phone, nothing from elsewhere, keys that work, no barrier.</summary>
[Collection(ReadersOfOneSite.Name)]
public sealed class ReadingTests(Chromium chromium)
{
    [Theory]
    [MemberData(nameof(Pages.All), MemberType = typeof(Pages))]
    public async Task No_page_is_wider_than_a_phone(string path)
    {
        foreach (var width in new[] { 320, 390 })
        {
            var page = await chromium.OpenAsync(path, width);
            (
                await page.EvaluateAsync<int>("document.documentElement.scrollWidth")
            ).ShouldBeLessThanOrEqualTo(width);
            await page.Context.CloseAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Pages.All), MemberType = typeof(Pages))]
    public async Task Axe_finds_no_barrier_in_light_and_dark(string path)
    {
        foreach (var dark in new[] { false, true })
        {
            var page = await chromium.OpenAsync(path, dark: dark);
            var result = await page.RunAxe();
            result
                .Violations.SelectMany(v =>
                    v.Nodes.Select(n => $"{(dark ? "dark" : "light")} {v.Id}: {n.Html}")
                )
                .ShouldBeEmpty();
            await page.Context.CloseAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Pages.All), MemberType = typeof(Pages))]
    public async Task Nothing_is_asked_of_anybody_else(string path)
    {
        var page = await chromium.OpenAsync("/nirgends");
        List<string> asked = [];
        page.Request += (_, request) => asked.Add(request.Url);
        List<string> faults = [];
        page.Console += (_, message) =>
        {
            // That a page answers with one of these is what it is there for.
            if (
                message.Type == "error"
                && !message.Text.Contains("404", StringComparison.Ordinal)
                && !message.Text.Contains("400", StringComparison.Ordinal)
            )
            {
                faults.Add(message.Text);
            }
        };
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
        asked.ShouldNotBeEmpty();
        asked.ShouldAllBe(url => new Uri(url).Authority == chromium.Address.Authority);
        faults.ShouldBeEmpty();
        (await page.Context.CookiesAsync()).ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_first_key_leads_past_the_navigation_to_the_content()
    {
        var page = await chromium.OpenAsync(Pages.Timeline);
        await page.Keyboard.PressAsync("Tab");
        var skip = page.Locator(".skip");
        (await skip.EvaluateAsync<bool>("e => e === document.activeElement")).ShouldBeTrue();
        (await skip.BoundingBoxAsync())!.X.ShouldBeGreaterThanOrEqualTo(0);
        await page.Keyboard.PressAsync("Enter");
        page.Url.ShouldEndWith("#inhalt");
        (await page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("inhalt");
        await page.Keyboard.PressAsync("Tab");
        (
            await page.EvaluateAsync<bool>("document.activeElement.closest('main') !== null")
        ).ShouldBeTrue();
        (
            await page.EvaluateAsync<string>(
                "getComputedStyle(document.activeElement).outlineStyle"
            )
        ).ShouldBe("solid");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_reader_clicks_from_the_first_page_to_a_timeline()
    {
        var page = await chromium.OpenAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Krefeld", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/krefeld");
        await page.GetByRole(AriaRole.Navigation)
            .GetByRole(AriaRole.Link, new() { Name = "Zusagen", Exact = true })
            .ClickAsync();
        await page.WaitForURLAsync("**/krefeld/zusagen");
        await page.GetByLabel("Suchwort").FillAsync("Klimaneutralität");
        await page.GetByRole(AriaRole.Button, new() { Name = "Suchen" }).ClickAsync();
        await page.GetByRole(
                AriaRole.Link,
                new() { Name = "Grundlagen für Klimaneutralität 2035 legen" }
            )
            .ClickAsync();
        await page.WaitForURLAsync("**/krefeld/zusagen/klimaneutral-2035");
        (await page.Locator(".standing").InnerTextAsync()).ShouldContain(
            "beschlossen, weil der Rat der Stadt Krefeld"
        );
        (await page.Locator(".timeline > li").CountAsync()).ShouldBeGreaterThan(3);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_reader_searches_without_a_script()
    {
        var page = await chromium.OpenAsync("/krefeld/zusagen");
        await page.GetByLabel("Suchwort").FillAsync("klimaneutral");
        await page.GetByLabel("Stand").SelectOptionAsync("decided");
        await page.GetByRole(AriaRole.Button, new() { Name = "Suchen" }).ClickAsync();
        await page.WaitForURLAsync("**text=klimaneutral**");
        (await page.Locator(".counted").InnerTextAsync()).ShouldStartWith("1 von ");
        await page.Context.CloseAsync();
    }
}
