using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>Pictures for a person to look at, in the folder named by <c>LEDGER_SCREENS</c>.</summary>
internal static class Screens
{
    /// <summary>The folder; null = no pictures are asked for.</summary>
    public static string? Folder { get; } =
        Environment.GetEnvironmentVariable("LEDGER_SCREENS") is { Length: > 0 } folder
            ? folder
            : null;

    /// <summary>
    /// Takes a picture of the page, if pictures are asked for: through Chromium's own protocol, which writes WebP, a fifth of the size. A page
    /// is cut where the third screen of a phone ends.
    /// </summary>
    /// <param name="name">What is shown; width and theme are added.</param>
    public static async Task ShootAsync(this IPage page, string name, bool dark)
    {
        if (Folder is null)
        {
            return;
        }

        var width = page.ViewportSize!.Width;
        var height = await page.EvaluateAsync<int>("document.documentElement.scrollHeight");
        var tools = await page.Context.NewCDPSessionAsync(page);
        var shot = await tools.SendAsync(
            "Page.captureScreenshot",
            new()
            {
                ["format"] = "webp",
                ["quality"] = 25,
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
        await File.WriteAllBytesAsync(
            Path.Combine(Folder, $"{name}-{width}-{(dark ? "dark" : "light")}.webp"),
            shot!.Value.GetProperty("data").GetBytesFromBase64()
        );
    }
}
