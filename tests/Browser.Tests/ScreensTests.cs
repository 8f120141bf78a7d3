using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>Takes pictures for a person to look at, into the folder named by <c>LEDGER_SCREENS</c>. docs/screens is chosen from them.</summary>
[Collection(ReadersOfOneSite.Name)]
public sealed class ScreensTests(Chromium chromium)
{
    private static readonly int[] s_widths = [390, 768, 1440];

    [Fact]
    public async Task A_picture_of_each_page_on_a_phone_a_tablet_and_a_desk_in_light_and_dark()
    {
        var folder = Environment.GetEnvironmentVariable("LEDGER_SCREENS");
        Assert.SkipWhen(
            string.IsNullOrEmpty(folder),
            "LEDGER_SCREENS names no folder for pictures."
        );
        foreach (var (name, path) in Pages.Named)
        {
            foreach (var dark in new[] { false, true })
            {
                var page = await chromium.OpenAsync(path, dark: dark);
                foreach (var width in s_widths)
                {
                    await page.SetViewportSizeAsync(width, 844);
                    await File.WriteAllBytesAsync(
                        Path.Combine(folder, $"{name}-{width}-{(dark ? "dark" : "light")}.webp"),
                        await ShootAsync(page, width),
                        TestContext.Current.CancellationToken
                    );
                }

                await page.Context.CloseAsync();
            }
        }
    }

    // Through Chromium's own protocol, which writes WebP: a third of the size. A page is cut where the third screen of a phone ends.
    private static async Task<byte[]> ShootAsync(IPage page, int width)
    {
        var height = await page.EvaluateAsync<int>("document.documentElement.scrollHeight");
        var tools = await page.Context.NewCDPSessionAsync(page);
        var shot = await tools.SendAsync(
            "Page.captureScreenshot",
            new()
            {
                ["format"] = "webp",
                ["quality"] = 60,
                ["captureBeyondViewport"] = true,
                ["clip"] = new Dictionary<string, object>
                {
                    ["x"] = 0,
                    ["y"] = 0,
                    ["width"] = width,
                    ["height"] = Math.Min(height, 3 * 844),
                    ["scale"] = 1,
                },
            }
        );
        return shot!.Value.GetProperty("data").GetBytesFromBase64();
    }
}
