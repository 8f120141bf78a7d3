using System.Text.Json;
using System.Text.RegularExpressions;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Testing;
using Web.Tests.Feeds;

namespace Web.Tests.Pages;

/// <summary>What the page of one entry says, over HTTP: each field in words of the language that is spoken.</summary>
public sealed partial class EntryPageTests(SeededSite seeded) : IClassFixture<SeededSite>
{
    // How the vocabulary is written on the wire, where that is no English word.
    private static readonly string[] s_wire =
    [
        "printedLine",
        "physicalLine",
        "reduceBy",
        "atLeast",
        "sameTopic",
        "dependsOn",
        "measuredBy",
        "committeeName",
        "partnersRule",
        "catalogue",
    ];

    [Fact]
    public async Task Every_kind_of_entry_is_told_in_words_and_not_in_JSON()
    {
        var site = await seeded.SiteAsync();
        var entries = await site.Ledger.Store.ReadAllAsync(
            0,
            100_000,
            TestContext.Current.CancellationToken
        );
        var chosen = entries
            .GroupBy(e => e.Type)
            .SelectMany(kind => kind.Take(2).Append(kind.MaxBy(e => e.Data.Length)!))
            .DistinctBy(e => e.Id)
            .ToList();
        chosen.Select(e => e.Type).Distinct().Count().ShouldBeGreaterThan(20);
        List<string> faults = [];
        foreach (var e in chosen)
        {
            foreach (var language in (string[])["", "/en"])
            {
                var said = Said(await seeded.PageAsync($"{language}/ereignisse/{e.Id:D}"));
                var labels = Label().Matches(said).Select(m => m.Groups["it"].Value).ToList();
                labels.Count.ShouldBeGreaterThan(5);
                faults.AddRange(
                    labels
                        .Where(label => !char.IsUpper(label[0]))
                        .Concat(
                            s_wire.Where(w => said.Contains($">{w}<", StringComparison.Ordinal))
                        )
                        .Concat(said.Contains('{', StringComparison.Ordinal) ? ["{"] : [])
                        .Select(fault => $"{language} {e.Type}: {fault}")
                );
            }
        }

        faults.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_source_names_its_file_its_lines_and_why_lines_are_left_out()
    {
        var site = await seeded.SiteAsync();
        var source = (
            await site.Ledger.Store.ReadStreamAsync(
                StreamKey.Source("krefeld-kooperationsvereinbarung-2020"),
                cancellation: TestContext.Current.CancellationToken
            )
        )[0];
        var english = Said(await seeded.PageAsync($"/en/ereignisse/{source.Id:D}"));
        english.ShouldContain("<dt>Type of document</dt><dd>agreement</dd>");
        english.ShouldContain("<dt>Lines</dt><dd>21 to 716</dd>");
        english.ShouldContain("<dt>Lines without text</dt><dd>22, 26, 33, ");
        english.ShouldContain(
            "<div><dt>Lines</dt><dd>24 to 41</dd></div><div><dt>Reason</dt><dd>Introduction or judgement</dd></div>"
        );
        english.ShouldContain("<li><span lang=\"de\">SPD Krefeld</span></li>");
        english.ShouldContain("<dt>Bytes</dt><dd>45,317</dd>");
        english.ShouldContain("<dt>Reviewed by</dt><dd>nobody on record</dd>");
        var german = Said(await seeded.PageAsync($"/ereignisse/{source.Id:D}"));
        german.ShouldContain("<dt>Zeilen</dt><dd>21 bis 716</dd>");
        german.ShouldContain("<dt>Grund</dt><dd>Einleitung oder Wertung</dd>");
        german.ShouldContain("<li>SPD Krefeld</li>");
        german.ShouldNotContain("lang=");
    }

    [Fact]
    public async Task Numbers_deadlines_committees_votes_and_evidence_are_told_field_by_field()
    {
        await using var site = await LedgerSite.StartAsync(seeds: false);
        await site.FoundAsync();
        var ids = await site.RecordAsync(
            Sample.Stream(1),
            Sample.Promised(
                deadline: new Deadline(Edtf.Parse("2027-05"), DeadlineBasis.Stated)
            ) with
            {
                Quantities =
                [
                    new Quantity(
                        1500,
                        "Wohnungen",
                        "neue Wohnungen",
                        Comparator.AtLeast,
                        Base: new BaseValue(1990, 2.5m)
                    ),
                ],
            },
            new Decided
            {
                Body = "Rat der Stadt Musterstadt",
                Outcome = Outcome.Adopted,
                Votes = new Votes(31, null, 1),
            }.On("2021-03-04"),
            new Funded
            {
                Amount = 1_200_000,
                Kind = FundingKind.Grant,
                BudgetYears = [2024, 2025],
                Funder = "Land Erfunden",
            }.On("2023")
        );
        var promised = Said(await GetAsync(site, ids[0]));
        promised.ShouldContain("<dt>Basis</dt><dd>named in the source</dd>");
        promised.ShouldContain("<dt>Date</dt><dd>May 2027</dd>");
        promised.ShouldContain("<dt>To be read as</dt><dd>at least</dd>");
        promised.ShouldContain("<dt>Value</dt><dd>1,500</dd>");
        promised.ShouldContain("<dt>Unit</dt><dd>homes</dd>");
        promised.ShouldContain("<dt>Year</dt><dd>1990</dd>");
        promised.ShouldContain("<dt>Value</dt><dd>2.5</dd>");
        promised.ShouldContain("<code class=\"hash\">umwelt</code>");
        promised.ShouldContain("<dd>assigned by us (inferred)</dd>");
        promised.ShouldContain("<dd>Line 1 of the file</dd>");
        promised.ShouldContain("href=\"/en/quellen/musterstadt-vereinbarung-2020\"");

        var decided = Said(await GetAsync(site, ids[1]));
        decided.ShouldContain("<dt>Outcome</dt><dd>adopted</dd>");
        decided.ShouldContain("31 for, votes against not known, 1 abstention");
        decided.ShouldContain(
            "<a href=\"https://musterstadt.example/meldung\" rel=\"noopener\">https://musterstadt.example/meldung</a>"
        );
        decided.ShouldContain("<dt>Read</dt><dd>2 January 2026</dd>");

        var funded = Said(await GetAsync(site, ids[2]));
        funded.ShouldContain("<dt>Amount</dt><dd>1,200,000</dd>");
        funded.ShouldContain("<li>2024</li><li>2025</li>");
        funded.ShouldContain("<dt>Type of funding</dt><dd>grant</dd>");
        funded.ShouldContain("<span lang=\"de\">Land Erfunden</span>");
    }

    [Fact]
    public async Task A_correction_tells_what_it_corrects_as_that_field_does()
    {
        await using var site = await LedgerSite.StartAsync(seeds: false);
        await site.FoundAsync();
        var decided = (
            await site.RecordAsync(
                Sample.Stream(1),
                Sample.Promised(),
                new Decided { Body = "Bauausschuss", Outcome = Outcome.Adopted }.On("2021-03-04")
            )
        )[1];
        var corrected = await site.RecordAsync(
            Sample.Stream(1),
            Musterstadt.Correction(
                decided,
                "votes",
                "null",
                """{"for": 5, "against": 2, "abstained": 0}"""
            ),
            Musterstadt.Correction(decided, "scope", "\"part\"", "\"promise\"")
        );
        var votes = Said(await GetAsync(site, corrected[0]));
        votes.ShouldContain("<dt>Field</dt><dd>Votes</dd>");
        votes.ShouldContain("<dt>Now</dt><dd>5 for, 2 against, no abstentions</dd>");
        votes.ShouldContain($"<dt>Entry concerned</dt><dd><a href=\"/en/ereignisse/{decided:D}\">");
        var scope = Said(await GetAsync(site, corrected[1]));
        scope.ShouldContain("<dt>Previously</dt><dd>partial step</dd>");
        scope.ShouldContain("<dt>Now</dt><dd>the whole promise</dd>");
    }

    [Theory]
    [InlineData("votes", """{"for": 5, "proxies": [1, 2]}""")]
    [InlineData("votes", """{"for": "many"}""")]
    [InlineData("sourceRef", """{"source": "x", "page": 3}""")]
    [InlineData("unheardOf", """{"a": {"b": null}}""")]
    public async Task What_has_a_form_that_is_not_known_is_shown_whole_as_code(
        string field,
        string json
    )
    {
        await using var site = await LedgerSite.StartAsync(seeds: false);
        await site.FoundAsync();
        var promised = (await site.RecordAsync(Sample.Stream(1), Sample.Promised()))[0];
        var corrected = (
            await site.RecordAsync(
                Sample.Stream(1),
                Musterstadt.Correction(promised, field, "null", json)
            )
        )[0];
        foreach (var language in (string[])["", "/en"])
        {
            var said = Said(await GetAsync(site, corrected, language));
            var code = Json().Match(said).Groups["it"].Value;
            using var shown = JsonDocument.Parse(System.Net.WebUtility.HtmlDecode(code));
            using var recorded = JsonDocument.Parse(json);
            JsonElement
                .DeepEquals(shown.RootElement, recorded.RootElement)
                .ShouldBeTrue($"{language}: {code}");
        }
    }

    // What the entry says, without the bytes in the log.
    private static string Said(string html)
    {
        var from = html.IndexOf("id=\"inhalt-des-eintrags\"", StringComparison.Ordinal);
        from.ShouldBeGreaterThan(0);
        return html[from..html.IndexOf("</section>", from, StringComparison.Ordinal)]
            .Replace("&#xA0;", " ", StringComparison.Ordinal)
            .Replace('\u00a0', ' ');
    }

    private static Task<string> GetAsync(LedgerSite site, Guid id, string language = "/en") =>
        site.Http.GetStringAsync(
            $"{language}/ereignisse/{id:D}",
            TestContext.Current.CancellationToken
        );

    [GeneratedRegex("<dt>(?<it>[^<]+)</dt>", RegexOptions.None, 1000)]
    private static partial Regex Label();

    [GeneratedRegex("<code class=\"hash\">(?<it>\\{[^<]+)</code>", RegexOptions.None, 1000)]
    private static partial Regex Json();
}
