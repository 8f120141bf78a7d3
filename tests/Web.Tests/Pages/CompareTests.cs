using System.Net;
using Testing;

namespace Web.Tests.Pages;

/// <summary>What is different between two days, and the balance of a year, with the real seeds.</summary>
public sealed class CompareTests(SeededSite seeded) : IClassFixture<SeededSite>
{
    [Fact]
    public async Task The_year_2024_shows_what_stood_otherwise_at_its_end()
    {
        var html = await seeded.PageAsync(
            "/vergleich?von=2024-01-01&bis=2024-12-31&gemeinde=krefeld"
        );
        html.ShouldContain("vom 1. Januar 2024 bis zum 31. Dezember 2024");
        html.ShouldContain("/krefeld/zusagen/technisches-rathaus");
        html.ShouldNotContain("/siegen/zusagen/");
        html.ShouldContain("Berichtigungen geschehen in diesem Verzeichnis");
    }

    [Fact]
    public async Task By_what_was_recorded_nothing_is_new_before_the_ledger_began() =>
        (
            await seeded.PageAsync("/vergleich?von=2024-01-01&bis=2024-12-31&nach=vermerkt")
        ).ShouldNotContain("<li class=\"promise\">");

    [Theory]
    [InlineData("von=gestern&bis=2024-12-31")]
    [InlineData("von=&bis=2024-12-31")]
    [InlineData("von=2024-01-01&bis=morgen")]
    [InlineData("von=2024-02-01&bis=2024-01-01")]
    [InlineData("von=2190-02-01")]
    public async Task What_cannot_be_compared_is_said_with_a_link_to_the_field(string query)
    {
        var html = await seeded.PageAsync($"/vergleich?{query}", HttpStatusCode.BadRequest);
        html.ShouldContain("Das lässt sich nicht vergleichen");
        html.ShouldContain("href=\"#von\"");
    }

    [Fact]
    public async Task A_balance_counts_each_promise_once_and_names_what_changed()
    {
        var html = await seeded.PageAsync("/krefeld/bilanz/2024");
        html.ShouldContain("Ende 2023");
        html.ShouldContain("nicht geprüft");
        html.ShouldContain("/krefeld/zusagen/technisches-rathaus");
        html.ShouldContain("/krefeld/bilanz/2023");
    }

    [Theory]
    [InlineData("/krefeld/bilanz/1950")]
    [InlineData("/krefeld/bilanz/2190")]
    [InlineData("/krefeld/bilanz/neulich")]
    [InlineData("/nirgends/bilanz/2024")]
    public async Task There_is_no_balance_of_a_year_without_promises(string path) =>
        (await seeded.PageAsync(path, HttpStatusCode.NotFound)).ShouldContain(
            "Diese Seite gibt es nicht"
        );
}
