using System.Security.Cryptography;
using System.Text;
using Microsoft.Playwright;
using Testing;

namespace Browser.Tests;

/// <summary>What a council member or a reporter wants to do, from the first page on, in a real browser.</summary>
[Collection(ReadersOfOneSite.Name)]
public sealed class TaskTests(Chromium chromium)
{
    [Fact]
    public async Task Find_the_promise_on_the_Promenade_with_a_slip_and_say_why_its_status_is_what_it_is()
    {
        var page = await chromium.OpenAsync("/");
        await page.GetByLabel("Zusage in Krefeld suchen").FillAsync("Promnade");
        await page.GetByRole(AriaRole.Search, new() { Name = "Zusagen in Krefeld" })
            .GetByRole(AriaRole.Button, new() { Name = "Suchen" })
            .ClickAsync();
        (await page.Locator(".notice").First.InnerTextAsync()).ShouldContain("„promenade“");
        await page.Locator(".promise a").First.ClickAsync();
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("Promenade");
        (await page.Locator(".standing").InnerTextAsync()).ShouldContain(", weil ");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Find_what_is_overdue_in_the_environment_committee_and_take_it_into_the_meeting()
    {
        var page = await KrefeldAsync();
        await page.GetByRole(AriaRole.Navigation)
            .GetByRole(AriaRole.Link, new() { Name = "Ausschüsse", Exact = true })
            .ClickAsync();
        await page.GetByRole(
                AriaRole.Link,
                new() { Name = "Ausschuss für Umwelt, Klima, Nachhaltigkeit und Landwirtschaft" }
            )
            .ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sitzungsblatt zum Drucken" })
            .ClickAsync();
        (await page.Locator("main h2").First.InnerTextAsync()).ShouldContain("Frist überschritten");
        (await page.Locator("main").InnerTextAsync()).ShouldContain("Emissionen bis 2025");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        (await page.Locator(".sections").IsVisibleAsync()).ShouldBeFalse();
        (await page.Locator(".find").IsVisibleAsync()).ShouldBeFalse();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task See_what_changed_in_2024()
    {
        var page = await chromium.OpenAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Zwei Tage vergleichen" }).ClickAsync();
        await page.GetByLabel("Vom").FillAsync("2024-01-01");
        await page.GetByLabel("bis zum").FillAsync("2024-12-31");
        await page.GetByRole(AriaRole.Button, new() { Name = "Vergleichen" }).ClickAsync();
        await page.WaitForURLAsync("**von=2024-01-01**");
        (await page.Locator("main").InnerTextAsync()).ShouldContain("Technisches Rathaus");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Look_at_a_promise_as_it_stood_at_the_end_of_2022_and_come_back()
    {
        var page = await TimelineAsync();
        await page.GetByText("Diese Seite zu einer anderen Zeit").ClickAsync();
        await page.GetByLabel("Nur, was geschehen war bis zum").FillAsync("2022-12-31");
        await page.GetByRole(AriaRole.Button, new() { Name = "Zeigen" }).ClickAsync();
        (await page.Locator(".moment").InnerTextAsync()).ShouldContain("31. Dezember 2022");
        await page.GetByRole(AriaRole.Link, new() { Name = "Diese Seite, wie sie heute ist" })
            .ClickAsync();
        await page.WaitForURLAsync($"**{Pages.Timeline}");
        (await page.Locator(".moment").CountAsync()).ShouldBe(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Report_an_error_and_be_led_to_what_is_missing_first()
    {
        var page = await TimelineAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Fehler auf dieser Seite melden" })
            .ClickAsync();
        (await page.Locator("main").InnerTextAsync()).ShouldContain(Pages.Timeline);
        await page.Locator("form.form").EvaluateAsync("f => f.noValidate = true");
        await page.GetByRole(AriaRole.Button, new() { Name = "Absenden" }).ClickAsync();
        await page.Locator("#fehler a").ClickAsync();
        page.Url.ShouldEndWith("#problem");
        await page.GetByLabel("Was stimmt nicht?").FillAsync("Der Tag der Abstimmung.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Absenden" }).ClickAsync();
        await page.WaitForURLAsync("**/fehler-melden/danke");
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("Danke");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Open_the_original_passage_and_the_document_it_stands_in()
    {
        Assert.SkipWhen(RealSources.Missing is not null, RealSources.Missing ?? "");
        var page = await TimelineAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "wo es steht" }).ClickAsync();
        var passage = page.Locator(".passage");
        (await passage.IsVisibleAsync()).ShouldBeTrue();
        var marked = passage.Locator("li:has(mark)");
        (await marked.CountAsync()).ShouldBe(4);
        (await marked.First.GetAttributeAsync("value")).ShouldBe("127");
        (await marked.First.InnerTextAsync()).Length.ShouldBeGreaterThan(20);
        (await page.Locator("#einzelheiten ~ .facts").InnerTextAsync()).ShouldContain(
            "gedruckte Zeilen 127 bis 130"
        );
        await page.Locator(".facts a:has(cite)").ClickAsync();
        await page.WaitForURLAsync("**/quellen/krefeld-kooperationsvereinbarung-2020");
        (await page.Locator("main").InnerTextAsync()).ShouldContain(
            "Der Betreiber dieser Seite hat die Datei"
        );
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Get_from_an_event_to_its_proof_and_to_the_key_that_it_is_checked_with()
    {
        var page = await TimelineAsync();
        await page.Locator(".timeline")
            .GetByRole(AriaRole.Link, new() { Name = "feste Adresse" })
            .Last.ClickAsync();
        await page.WaitForURLAsync("**/ereignisse/**");
        var entry = await page.Locator(".canonical code").TextContentAsync();
        var leaf = Convert.ToBase64String(SHA256.HashData([0, .. Encoding.UTF8.GetBytes(entry!)]));
        var evidence = page.Locator("#nachweis ~ .facts");
        (await evidence.InnerTextAsync()).ShouldContain(leaf);
        (await evidence.InnerTextAsync()).ShouldContain("ja, zuerst im Stand mit");

        var proof = await page.GetByRole(AriaRole.Link, new() { Name = "Beweis zum Aufheben" })
            .GetAttributeAsync("href");
        await page.GetByRole(AriaRole.Link, new() { Name = "Beweis zum Aufheben" }).ClickAsync();
        await page.WaitForURLAsync($"**{proof}");
        (await page.InnerTextAsync("body")).ShouldStartWith("c2sp.org/tlog-proof@v1");
        await page.GoBackAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Prüfschlüssel" }).ClickAsync();
        await page.WaitForURLAsync("**/pruefen");
        (await page.Locator("main").InnerTextAsync()).ShouldContain("zusagenbuch-verify");
        await page.Context.CloseAsync();
    }

    private async Task<IPage> KrefeldAsync()
    {
        var page = await chromium.OpenAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Krefeld", Exact = true }).ClickAsync();
        return page;
    }

    private async Task<IPage> TimelineAsync()
    {
        var page = await KrefeldAsync();
        await page.GetByLabel("Zusage in Krefeld suchen").FillAsync("klimaneutral 2035");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(
                AriaRole.Link,
                new() { Name = "Grundlagen für Klimaneutralität 2035 legen" }
            )
            .ClickAsync();
        await page.WaitForURLAsync($"**{Pages.Timeline}");
        return page;
    }
}
