namespace Browser.Tests;

/// <summary>Takes pictures for a person to look at, into the folder named by <c>LEDGER_SCREENS</c>.</summary>
[Collection(ReadersOfOneSite.Name)]
public sealed class ScreensTests(Chromium chromium)
{
    [Theory]
    [MemberData(nameof(Pages.ForPictures), MemberType = typeof(Pages))]
    public async Task A_picture_of_each_page_at_each_width(string name, string path)
    {
        var folder = Environment.GetEnvironmentVariable("LEDGER_SCREENS");
        Assert.SkipWhen(
            string.IsNullOrEmpty(folder),
            "LEDGER_SCREENS names no folder for pictures."
        );
        foreach (
            var (width, dark) in new[] { (390, false), (390, true), (1280, false), (1280, true) }
        )
        {
            var page = await chromium.OpenAsync(path, width, dark);
            await page.ScreenshotAsync(
                new()
                {
                    Path = Path.Combine(folder, $"{name}-{width}-{(dark ? "dark" : "light")}.png"),
                    FullPage = true,
                }
            );
            await page.Context.CloseAsync();
        }
    }
}
