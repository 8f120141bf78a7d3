using System.Text.Json;
using Deque.AxeCore.Playwright;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Testing;

namespace Browser.Tests;

/// <summary>A timeline with everything that the catalogue does not have yet: corrected, retracted, unsure, checked, stalled, given up.</summary>
[Collection(ReadersOfOneSite.Name)]
public sealed class CorrectedTests(Chromium chromium)
{
    private const string Promise = "promise:krefeld-kita-standorte-realisieren";

    [Fact]
    public async Task What_was_wrong_is_struck_where_it_stood_with_the_reason()
    {
        await using var site = await LedgerSite.StartAsync();
        await RecordAsync(site);
        var page = await chromium.OpenAsync(
            new Uri(site.Address, "/krefeld/zusagen/kita-standorte-realisieren").ToString()
        );
        var timeline = page.Locator(".timeline");
        var corrected = timeline.Locator("li", new() { HasText = "Berichtigt am" });
        (await corrected.Locator("del").InnerTextAsync()).ShouldBe("April 2022");
        (await corrected.Locator("ins").InnerTextAsync()).ShouldBe("Mai 2022");
        (await corrected.InnerTextAsync()).ShouldContain("Monat verwechselt");
        var retracted = timeline.Locator("li.retracted");
        (await retracted.InnerTextAsync()).ShouldContain("Gehört zu einer anderen Zusage");
        (await retracted.Locator("h3 del").CountAsync()).ShouldBe(1);
        (await page.Locator(".standing").InnerTextAsync()).ShouldContain("aufgegeben, weil");
        (await timeline.InnerTextAsync()).ShouldContain("unsicher, zählt nicht für den Stand");
        foreach (var dark in new[] { false, true })
        {
            await page.EmulateMediaAsync(
                new()
                {
                    ColorScheme = dark
                        ? Microsoft.Playwright.ColorScheme.Dark
                        : Microsoft.Playwright.ColorScheme.Light,
                }
            );
            (await page.RunAxe()).Violations.Select(v => v.Id).ShouldBeEmpty();
            await page.ShootAsync("zusage-berichtigt", dark);
        }

        await page.Context.CloseAsync();
    }

    private static async Task RecordAsync(LedgerSite site)
    {
        var stream = StreamKey.Parse(Promise);
        var version = (await site.Ledger.Store.ReadStreamAsync(stream)).Count;
        var started = new NewEvent(new Started().On("2022-04"));
        var wrong = new NewEvent(
            new Funded
            {
                Amount = 1_250_000,
                Kind = FundingKind.Grant,
                Funder = "Land",
                BudgetYears = [2022, 2023],
            }.On("2021-03-02")
        );
        await site.Ledger.Store.AppendAsync(
            [
                new Append(
                    stream,
                    version,
                    [
                        started,
                        wrong,
                        new NewEvent(new Reported { Confidence = Confidence.Low }.On("2022-24")),
                        new NewEvent(
                            new Stalled { Reason = new Text("Erfundener Grund") }.On("2023-05-04")
                        ),
                        new NewEvent(
                            new Checked
                            {
                                Places = ["Ratsinformationssystem", "Seiten der Stadt"],
                            }.On("2024-02")
                        ),
                        new NewEvent(
                            new Abandoned { Reason = AbandonmentReason.NoMoney }.On("2026-01-15")
                        ),
                        new NewEvent(
                            new Corrected
                            {
                                Event = started.Id,
                                Field = "occurred",
                                From = Json("\"2022-04\""),
                                To = Json("\"2022-05\""),
                                Reason = new Text("Monat verwechselt."),
                            }.On(null)
                        ),
                        new NewEvent(
                            new Retracted
                            {
                                Event = wrong.Id,
                                Reason = new Text("Gehört zu einer anderen Zusage."),
                            }.On(null)
                        ),
                    ]
                ),
            ],
            AppendContext.None
        );
        await site.CaughtUpAsync();

        static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
    }
}
