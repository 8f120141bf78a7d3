using System.Net;
using Testing;
using Web.Pages.Reports;

namespace Web.Tests.Pages;

/// <summary>"Fehler melden": stored, limited, private.</summary>
public sealed class ReportTests
{
    [Fact]
    public async Task A_report_is_stored_and_stands_on_no_page()
    {
        await using var site = await LedgerSite.StartAsync(seeds: false);
        using var sent = await SendAsync(
            site,
            ("seite", "/krefeld"),
            ("problem", "Der Tag\r\nist falsch.\u0001"),
            ("mail", "leserin@muster.example")
        );
        sent.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        sent.Headers.Location!.ToString().ShouldBe("/fehler-melden/danke");
        var store = new ReportStore(site.Ledger.Database);
        var stored = (await store.ListAsync(all: false)).ShouldHaveSingleItem();
        stored.Report.ShouldBe(
            new ErrorReport("/krefeld", "Der Tag\nist falsch.", null, "leserin@muster.example")
        );

        (await store.CloseAsync(stored.Id)).ShouldBeTrue();
        (await store.ListAsync(all: false)).ShouldBeEmpty();
        (await store.ListAsync(all: true)).ShouldHaveSingleItem().Report.Contact.ShouldBeNull();
        (await store.CloseAsync(stored.Id)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_report_on_an_English_page_is_answered_in_English_and_names_the_page_without_its_language()
    {
        await using var site = await LedgerSite.StartAsync(seeds: false);
        using (var faulty = await SendAsync(site, "/en", ("seite", "/en/krefeld"), ("problem", "")))
        {
            faulty.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            var html = await faulty.Content.ReadAsStringAsync(
                TestContext.Current.CancellationToken
            );
            html.ShouldContain("<html lang=\"en\">");
            html.ShouldContain("Say what is wrong.");
            html.ShouldContain("This is about the page /en/krefeld");
            html.ShouldContain("name=\"seite\" value=\"/krefeld\"");
            html.ShouldContain("action=\"/en/fehler-melden\"");
        }

        using var sent = await SendAsync(
            site,
            "/en",
            ("seite", "/en/krefeld"),
            ("problem", "The day is wrong.")
        );
        sent.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        sent.Headers.Location!.ToString().ShouldBe("/en/fehler-melden/danke");
        (await site.Http.GetStringAsync(sent.Headers.Location)).ShouldContain(
            "<h1>Thank you, your report has arrived</h1>"
        );
        (await new ReportStore(site.Ledger.Database).ListAsync(all: false))
            .ShouldHaveSingleItem()
            .Report.Page.ShouldBe("/krefeld");
    }

    [Theory]
    [InlineData("/krefeld", "/krefeld")]
    [InlineData("/en", "/")]
    [InlineData("/en/krefeld/ziele", "/krefeld/ziele")]
    [InlineData("/energie", "/energie")]
    [InlineData("/en//elsewhere.example", "/elsewhere.example")]
    [InlineData("//elsewhere.example", "/")]
    [InlineData(null, "/")]
    public void A_report_names_a_page_of_this_site_in_no_language(string? said, string page) =>
        ErrorReport.PageOf(said).ShouldBe(page);

    [Theory]
    [InlineData("", "", "Schreiben Sie, was nicht stimmt")]
    [InlineData("Falsch", "keine-adresse", "Die Mailadresse ist unvollständig")]
    public async Task What_is_missing_is_said_on_top_and_at_the_field(
        string problem,
        string mail,
        string sentence
    )
    {
        await using var site = await LedgerSite.StartAsync(seeds: false);
        using var sent = await SendAsync(
            site,
            ("seite", "//anderswo.example"),
            ("problem", problem),
            ("mail", mail)
        );
        sent.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var html = await sent.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        html.ShouldContain(sentence);
        html.ShouldContain("class=\"fault\"");
        html.ShouldNotContain("anderswo");
        (await new ReportStore(site.Ledger.Database).ListAsync(all: true)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_machine_that_fills_every_field_stores_nothing_and_a_flood_is_stopped()
    {
        await using var site = await LedgerSite.StartAsync(seeds: false);
        var store = new ReportStore(site.Ledger.Database);
        using (var trapped = await SendAsync(site, ("problem", "Kauft"), ("webseite", "https://x")))
        {
            trapped.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        }

        (await store.ListAsync(all: true)).ShouldBeEmpty();
        for (var i = 0; i < ReportLimit.Most; i++)
        {
            using var sent = await SendAsync(site, ("problem", $"Fehler {i}"));
            sent.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        }

        using var tooMany = await SendAsync(site, ("problem", "Noch einer"));
        tooMany.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await store.ListAsync(all: true)).Count.ShouldBe(ReportLimit.Most);
    }

    private static Task<HttpResponseMessage> SendAsync(
        LedgerSite site,
        params (string Name, string Value)[] fields
    ) => SendAsync(site, "", fields);

    private static Task<HttpResponseMessage> SendAsync(
        LedgerSite site,
        string language,
        params (string Name, string Value)[] fields
    ) =>
        site.Http.PostAsync(
            new Uri($"{language}/fehler-melden", UriKind.Relative),
            new FormUrlEncodedContent(
                fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))
            )
        );
}
