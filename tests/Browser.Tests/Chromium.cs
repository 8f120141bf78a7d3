using Microsoft.Playwright;
using Testing;

namespace Browser.Tests;

/// <summary>
/// One Chromium and one site with the real seeds for all browser tests, which only read. Where the source documents are, they are imported.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";
    private static readonly string[] s_quiet =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private LedgerSite? _site;

    public Uri Address => _site!.Address;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program))
        {
            return;
        }

        _site = await LedgerSite.StartAsync();
        if (RealSources.Missing is null)
        {
            await RealSources.ImportAsync(_site.Ledger);
        }

        await _site.PublishedAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = Program, Args = s_quiet }
        );
    }

    /// <summary>Opens a window of its own; skips the test where no Chromium is installed.</summary>
    public async Task<IPage> OpenAsync(
        string path,
        int width = 390,
        bool dark = false,
        int height = 844
    )
    {
        var page = await BlankAsync(width, dark, height);
        await page.GotoAsync(path);
        await page.EvaluateAsync("document.fonts.ready");
        return page;
    }

    /// <summary>A window of its own that has not asked for anything yet.</summary>
    public async Task<IPage> BlankAsync(int width = 390, bool dark = false, int height = 844)
    {
        Assert.SkipUnless(
            _browser is not null,
            $"{Program} is not installed; './ledger test' installs it on Debian (apt-get install chromium fonts-noto-core)."
        );
        var context = await _browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = height },
                ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
                BaseURL = Address.ToString(),
                Locale = "de-DE",
                JavaScriptEnabled = true,
            }
        );
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_site is not null)
        {
            await _site.DisposeAsync();
        }
    }
}

[CollectionDefinition(Name)]
public sealed class ReadersOfOneSite : ICollectionFixture<Chromium>
{
    public const string Name = "browser";
}
