namespace Browser.Tests;

/// <summary>Takes pictures for a person to look at, into the folder named by <c>LEDGER_SCREENS</c>.</summary>
[Collection(ReadersOfOneSite.Name)]
public sealed class ScreensTests(Chromium chromium)
{
    [Fact]
    public async Task A_picture_of_each_page_on_a_phone_and_a_desk_in_light_and_dark()
    {
        var folder = Environment.GetEnvironmentVariable("LEDGER_SCREENS");
        Assert.SkipWhen(
            string.IsNullOrEmpty(folder),
            "LEDGER_SCREENS names no folder for pictures."
        );
        foreach (var (name, path) in Pages.Named)
        {
            foreach (
                var (width, dark) in new[]
                {
                    (390, false),
                    (390, true),
                    (1280, false),
                    (1280, true),
                }
            )
            {
                var page = await chromium.OpenAsync(path, width, dark);
                await page.ScreenshotAsync(
                    new()
                    {
                        Path = Path.Combine(
                            folder,
                            $"{name}-{width}-{(dark ? "dark" : "light")}.png"
                        ),
                        FullPage = true,
                    }
                );
                await page.Context.CloseAsync();
            }
        }
    }
}
