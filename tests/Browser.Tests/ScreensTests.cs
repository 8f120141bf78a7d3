namespace Browser.Tests;

/// <summary>Takes pictures of all pages. docs/screens is chosen from them.</summary>
[Collection(ReadersOfOneSite.Name)]
public sealed class ScreensTests(Chromium chromium)
{
    private static readonly int[] s_widths = [390, 768, 1440];

    [Fact]
    public async Task A_picture_of_each_page_on_a_phone_a_tablet_and_a_desk_in_light_and_dark()
    {
        Assert.SkipWhen(Screens.Folder is null, "LEDGER_SCREENS names no folder for pictures.");
        foreach (var (name, path) in Pages.Named)
        {
            foreach (var dark in new[] { false, true })
            {
                var page = await chromium.OpenAsync(path, dark: dark);
                foreach (var width in s_widths)
                {
                    await page.SetViewportSizeAsync(width, 844);
                    await page.ShootAsync(name, dark);
                }

                await page.Context.CloseAsync();
            }
        }
    }
}
