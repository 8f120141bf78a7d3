using System.Text.RegularExpressions;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Targets;
using Testing;
using Web.Tests.Feeds;

namespace Web.Tests.Pages;

/// <summary>The English sentences of the pages about targets, sources, dates, entries and the record itself.</summary>
public sealed partial class EnglishRecordTests(SeededSite seeded) : IClassFixture<SeededSite>
{
    [Fact]
    public async Task The_sixty_per_cent_page_says_first_that_it_cannot_be_assessed_and_shows_the_table()
    {
        var html = await GetAsync("/en/krefeld/ziele/emissionen-minus-60-2025");
        html.ShouldContain(
            "<title>Target: 60 per cent fewer emissions than in 1990 (Krefeld) – Zusagenbuch</title>"
        );
        html.ShouldContain(
            "<p class=\"lead\">It is not possible to say whether the target has been reached: there is "
        );
        html.ShouldContain(
            "<th scope=\"col\">Period</th><th scope=\"col\">Value</th><th scope=\"col\">Details</th>"
        );
        html.ShouldContain("2025: no measured value");
        html.ShouldContain("<dt>What is measured</dt><dd>Emissions compared with 1990</dd>");
        html.ShouldContain("<span lang=\"de\">Stadt Krefeld</span>, method not stated");
        html.ShouldContain("For comparison: not the figures for Krefeld");
    }

    [Fact]
    public async Task A_balance_says_in_English_what_was_reached_and_what_nobody_looked_into()
    {
        var html = Plain(await GetAsync("/en/krefeld/bilanz/2024"));
        html.ShouldContain("<title>Annual summary 2024: promises in Krefeld – Zusagenbuch</title>");
        html.ShouldContain(" promises had been fulfilled; nobody had looked into ");
        html.ShouldContain(
            "<th scope=\"col\">Status</th><th scope=\"col\">End of 2023</th><th scope=\"col\">End of 2024</th><th scope=\"col\">Change</th>"
        );
        html.ShouldContain("<th scope=\"row\">delayed, stalled or past its deadline</th>");
        html.ShouldContain(
            "<caption>Cooperation agreement of SPD and Greens in Krefeld 2020</caption>"
        );
        html.ShouldContain("the end of a council term is not one.");
    }

    [Fact]
    public async Task A_comparison_says_in_English_what_changed_on_which_clock()
    {
        var html = await GetAsync("/en/vergleich?von=2024-01-01&bis=2024-12-31");
        html.ShouldContain("<title>What changed from 1 January 2024 to 31 December 2024 – ");
        html.ShouldContain(
            "This compares what happened from 1 January 2024 to 31 December 2024, going by everything on record today."
        );
        html.ShouldContain("postponed: previously 2025, now 2026");
        html.ShouldContain("action=\"/en/vergleich\"");
        (await GetAsync("/en/vergleich?von=2024-01-01&nach=vermerkt")).ShouldContain(
            "It says nothing about when things happened."
        );
    }

    [Fact]
    public async Task A_source_tells_in_English_what_became_of_its_lines_and_keeps_its_chapters_German()
    {
        var html = Plain(await GetAsync("/en/quellen/krefeld-kooperationsvereinbarung-2020"));
        html.ShouldContain(
            "<title>Cooperation agreement of SPD and Greens in Krefeld 2020: what became of it – Zusagenbuch</title>"
        );
        html.ShouldContain(
            "<p class=\"lead\">This document contains 198 promises. They take up 78% of its lines.</p>"
        );
        html.ShouldContain(
            "<th scope=\"col\">Chapter</th><th scope=\"col\">Promises</th><th scope=\"col\">not checked</th><th scope=\"col\">Events</th>"
        );
        html.ShouldContain("<th scope=\"row\" lang=\"de\">Umwelt. Klima. Nachhaltigkeit.</th>");
        html.ShouldContain("138 to 142 (of “<a ");
        html.ShouldContain("That is not a verdict.");
        Plain(await GetAsync("/quellen/krefeld-kooperationsvereinbarung-2020"))
            .ShouldContain("138 bis 142 (zu „<a ");
    }

    [Fact]
    public async Task An_entry_shows_in_English_what_it_says_and_how_it_is_proven()
    {
        var site = await seeded.SiteAsync();
        var decided = (
            await site.Ledger.Store.ReadStreamAsync(
                StreamKey.Promise("krefeld-klimaneutral-2035"),
                cancellation: TestContext.Current.CancellationToken
            )
        ).First(e => e.Type == "decided");
        var html = await GetAsync($"/en/ereignisse/{decided.Id:D}");
        html.ShouldContain($"<title>Entry {decided.Index}: Decided – Zusagenbuch</title>");
        html.ShouldContain(
            "<dt>Council body</dt><dd><span lang=\"de\">Rat der Stadt Krefeld</span></dd>"
        );
        html.ShouldContain("<dt>Date</dt><dd>");
        html.ShouldContain("<pre class=\"canonical\" lang=\"de\">");
        html.ShouldContain(
            "These characters, as UTF-8 and without a line break, are what is signed"
        );
        html.ShouldContain("/en/krefeld/zusagen/klimaneutral-2035#e-");
    }

    [Theory]
    [InlineData("/en/methodik", "Methodology", "Nobody sets the status of a promise.")]
    [InlineData(
        "/en/methodik",
        "Methodology",
        "Nobody has looked yet. That says nothing about what happened."
    )]
    [InlineData(
        "/en/methodik",
        "Methodology",
        "<th scope=\"col\">leads to</th><th scope=\"col\">refused if</th>"
    )]
    [InlineData("/en/pruefen", "Verify this ledger", "Whoever keeps this ledger could forge it.")]
    [InlineData(
        "/en/pruefen",
        "Verify this ledger",
        "That an entry is true. That is what its evidence is for."
    )]
    [InlineData("/en/pruefen", "Verify this ledger", "href=\"/log/checkpoint\"")]
    [InlineData("/en/daten", "The whole ledger as data", "href=\"/daten/zusagenbuch.jsonl\"")]
    [InlineData("/en/abonnieren", "Subscribe", "Everything at these addresses is in German.")]
    [InlineData("/en/aenderungen", "All changes", "newest first.")]
    [InlineData("/en/impressum", "Legal notice", "has not provided a legal notice yet")]
    [InlineData(
        "/en/datenschutz",
        "Privacy",
        "These pages set no cookies, load nothing from other servers"
    )]
    [InlineData(
        "/en/barrierefreiheit",
        "Accessibility",
        "href=\"/en/fehler-melden?seite=/barrierefreiheit\""
    )]
    [InlineData("/en/krefeld/quellen", "Sources in Krefeld", " documents containing ")]
    [InlineData(
        "/en/krefeld/ziele",
        "Measurable targets in Krefeld",
        "are never used to assess one."
    )]
    [InlineData(
        "/en/fehler-melden?seite=/krefeld",
        "Report an error",
        "You do not need an account."
    )]
    public async Task A_page_has_an_English_title_heading_and_sentence(
        string path,
        string title,
        string sentence
    )
    {
        var html = await GetAsync(path);
        html.ShouldContain($"<title>{title} – Zusagenbuch</title>");
        Heading().Match(html).Groups["it"].Value.ShouldBe(title);
        html.ShouldContain(sentence);
    }

    [Fact]
    public async Task The_changes_are_told_in_English_and_what_has_no_English_is_marked_as_German()
    {
        await using var site = await LedgerSite.StartAsync(seeds: false);
        await site.FoundAsync();
        var ids = await site.RecordAsync(
            Sample.Stream(1),
            Sample.Promised(1),
            new Decided { Body = "Bauausschuss", Outcome = Outcome.Adopted }.On("2021-03-04"),
            new Progressed { Measure = new Text("Drei Bäume gepflanzt") }.On("2022"),
            new Delayed { To = Edtf.Parse("2027") }.On("2023")
        );
        await site.RecordAsync(
            Sample.Stream(1),
            Musterstadt.Correction(ids[1], "occurred", "\"2021-03-04\"", "\"2021-03-05\""),
            new Retracted { Event = ids[3], Reason = new Text("Verwechselt") }.On(null)
        );
        await site.ShownAsync();
        var html = await site.Http.GetStringAsync(
            new Uri("/en/aenderungen", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        html.ShouldContain("Musterstadt: New promise – Invented promise 1<");
        html.ShouldContain(
            "Musterstadt: Decided (<span lang=\"de\">Bauausschuss</span>) – Invented promise 1 (status now: decided)<"
        );
        html.ShouldContain(
            "Musterstadt: Progressed: <span lang=\"de\">Drei Bäume gepflanzt</span> – "
        );
        html.ShouldContain("Musterstadt: Delayed, new date 2027 – ");
        html.ShouldContain(
            "Musterstadt: Corrected: Date of “Decided” (4 March 2021), previously 4 March 2021, now 5 March 2021 – "
        );
        html.ShouldContain("Musterstadt: Retracted: “Delayed” (2023) no longer counts – ");
        html.ShouldContain(
            "Musterstadt: Committee established: <span lang=\"de\">Ausschuss für Umwelt</span><"
        );
        html.ShouldContain("Happened on 4 March 2021, recorded here on ");
        html.ShouldContain("href=\"/en/musterstadt/zusagen/zusage-1#e-");

        var feed = await site.Http.GetStringAsync(
            new Uri("/feeds/changes.atom", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        feed.ShouldContain("Verzögert, neuer Termin 2027");
        feed.ShouldNotContain("New promise");
    }

    [Fact]
    public async Task A_unit_that_has_no_English_is_marked_as_German_wherever_it_stands()
    {
        await using var site = await LedgerSite.StartAsync(seeds: false);
        await site.FoundAsync();
        await site.RecordAsync(
            Sample.Stream(1),
            Sample.Promised(1),
            new Progressed
            {
                Measure = new Text("Erfundenes", "Invented"),
                Value = 4,
                Unit = "Baumhäuser",
            }.On("2022")
        );
        await site.RecordAsync(
            StreamKey.Target($"{Sample.Town}-ziel"),
            new TargetSet
            {
                Title = new Text("Mehr Baumhäuser", "More tree houses"),
                Indicator = new Text("Zahl", "Number"),
                Municipality = Sample.Town,
                Direction = Direction.AtLeast,
                Value = 9,
                Unit = "Baumhäuser",
            }.On("2020"),
            new Measured
            {
                Period = Edtf.Parse("2021"),
                Value = 5,
                Unit = "Baumhäuser",
                Publisher = "Stadt Musterstadt",
            }.On("2021")
        );
        await site.ShownAsync();
        var aim = "at least 9 <span lang=\"de\">Baumhäuser</span>";
        var promise = Plain(await site.Http.GetStringAsync($"/en/{Sample.Town}/zusagen/zusage-1"));
        promise.ShouldContain("<dd>4 <span lang=\"de\">Baumhäuser</span></dd>");
        var target = Plain(await site.Http.GetStringAsync($"/en/{Sample.Town}/ziele/ziel"));
        target.ShouldContain($"<dt>Target</dt><dd>{aim}</dd>");
        target.ShouldContain($": 5 <span lang=\"de\">Baumhäuser</span> (2021), target {aim}.");
        var changes = Plain(await site.Http.GetStringAsync("/en/aenderungen"));
        changes.ShouldContain($"Target set: {aim}");
        changes.ShouldContain("Measured for 2021: 5 <span lang=\"de\">Baumhäuser</span>");
        var compared = Plain(
            await site.Http.GetStringAsync("/en/vergleich?von=2019-01-01&bis=2022-12-31")
        );
        compared.ShouldContain($"Target set: {aim}");
    }

    private static string Plain(string html) =>
        html.Replace("&#xA0;", " ", StringComparison.Ordinal).Replace('\u00a0', ' ');

    private async Task<string> GetAsync(string path) =>
        await (await seeded.SiteAsync()).Http.GetStringAsync(
            new Uri(path, UriKind.Relative),
            TestContext.Current.CancellationToken
        );

    [GeneratedRegex("<h1[^>]*>(?<it>[^<]*)</h1>", RegexOptions.None, 1000)]
    private static partial Regex Heading();
}
