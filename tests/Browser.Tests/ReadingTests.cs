using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>What a reader meets in a real browser: no page that is wider than a phone, nothing from elsewhere, keys that work, no barrier.</summary>
[Collection(ReadersOfOneSite.Name)]
public sealed class ReadingTests(Chromium chromium)
{
    /// <summary>One visit of a page serves all that is asked of every page.</summary>
    [Theory]
    [MemberData(nameof(Pages.All), MemberType = typeof(Pages))]
    public async Task Every_page_fits_has_no_barrier_and_asks_nobody_else(string path)
    {
        var page = await chromium.BlankAsync();
        List<string> asked = [];
        List<string> faults = [];
        page.Request += (_, request) => asked.Add(request.Url);
        page.Console += (_, message) =>
        {
            // That a page answers with one of these is what it is there for.
            if (
                message.Type == "error"
                && !message.Text.Contains("404", StringComparison.Ordinal)
                && !message.Text.Contains("400", StringComparison.Ordinal)
            )
            {
                faults.Add($"console: {message.Text}");
            }
        };
        await page.GotoAsync(path);
        await page.EvaluateAsync("document.fonts.ready");

        faults.AddRange(await BarriersAsync(page, "light"));
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });

        // The dark theme is the same page in other colours.
        faults.AddRange(await BarriersAsync(page, "dark", "color-contrast"));
        foreach (var (width, text) in new[] { (390, 100), (320, 100), (768, 200) })
        {
            await page.SetViewportSizeAsync(width, 844);
            await page.EvaluateAsync(
                "percent => { document.documentElement.style.fontSize = `${1.0625 * percent}%` }",
                text
            );
            var needed = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (needed > width)
            {
                faults.Add($"{needed} wide at {width} with text of {text} %");
            }
        }

        faults.AddRange(
            asked
                .Where(url => new Uri(url).Authority != chromium.Address.Authority)
                .Select(url => $"asked for {url}")
        );
        asked.Count.ShouldBeGreaterThan(1);
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

    [Theory]
    [InlineData("/", 320)]
    [InlineData("/", 390)]
    [InlineData("/en", 320)]
    [InlineData(Pages.Timeline, 320)]
    [InlineData(Pages.Timeline, 390)]
    [InlineData($"/en{Pages.Timeline}", 320)]
    [InlineData($"/en{Pages.Timeline}", 390)]
    public async Task On_a_phone_the_name_and_the_other_language_share_the_first_line(
        string path,
        int width
    )
    {
        var page = await chromium.OpenAsync(path);
        await page.SetViewportSizeAsync(width, 844);
        var name = (await page.Locator(".brand").BoundingBoxAsync())!;
        var language = (await page.Locator(".language a").BoundingBoxAsync())!;
        var independent = (await page.Locator(".independent").BoundingBoxAsync())!;
        language.Y.ShouldBeInRange(name.Y, name.Y + name.Height);
        language.X.ShouldBeGreaterThan(name.X + name.Width);
        independent.Y.ShouldBeGreaterThanOrEqualTo(name.Y + name.Height - 1);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(Pages.Timeline)]
    [InlineData($"/en{Pages.Timeline}")]
    [InlineData("/en/krefeld/zusagen/drogenkonsumraum")]
    public async Task The_page_of_an_entry_fits_a_phone_and_has_no_barrier(string timeline)
    {
        var page = await chromium.OpenAsync(timeline);
        foreach (var place in (string[])["first", "last"])
        {
            await page.GotoAsync(timeline);
            var links = page.Locator(".clocks a");
            await page.GotoAsync(
                (await (place == "first" ? links.First : links.Last).GetAttributeAsync("href"))!
            );
            await page.SetViewportSizeAsync(320, 844);
            (await BarriersAsync(page, place)).ShouldBeEmpty();
            (
                await page.EvaluateAsync<int>("document.documentElement.scrollWidth")
            ).ShouldBeLessThanOrEqualTo(320);
        }

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

    private static async Task<IEnumerable<string>> BarriersAsync(
        IPage page,
        string theme,
        params string[] rules
    ) =>
        (
            await page.RunAxe(
                rules.Length == 0
                    ? null
                    : new AxeRunOptions
                    {
                        RunOnly = new RunOnlyOptions { Type = "rule", Values = [.. rules] },
                    }
            )
        ).Violations.SelectMany(v => v.Nodes.Select(n => $"{theme} {v.Id}: {n.Html}"));
}
