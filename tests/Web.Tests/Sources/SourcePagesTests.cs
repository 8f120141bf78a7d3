using System.Net;
using System.Net.Http.Headers;
using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Sources;
using Testing;
using Web.Tests.Api;

namespace Web.Tests.Sources;

/// <summary>The pages of sources and the passages on promises, on the invented town and its invented document.</summary>
public sealed class SourcePagesTests : IAsyncLifetime
{
    private const string Slug = "musterstadt-vereinbarung-2020";
    private const string SourceAddress = $"/quellen/{Slug}";
    private const string PromiseAddress = "/musterstadt/zusagen/zusage-1";

    private static readonly SourceDocument s_document = SourceDocument.Read(
        "printed-lines/1",
        File.ReadAllText(
            Path.Combine(
                Repository.Root,
                "tests/Ledger.Tests/Sources/documents/musterstadt-gedruckt.txt"
            )
        )
    );

    private static readonly string s_sha256 = new('a', 64);
    private LedgerSite _site = null!;

    private SourceTexts Texts => new(_site.Ledger.Database);

    public async ValueTask InitializeAsync()
    {
        _site = await LedgerSite.StartAsync(seeds: false);
        await RecordAsync(
            StreamKey.Council(Sample.Town),
            new CouncilRegistered
            {
                Name = "Musterstadt",
                Ags = "00000000",
                State = "Nirgendwo",
            }.On(null)
        );
        await RecordAsync(
            StreamKey.Source(Slug),
            new SourceRegistered
            {
                Title = new("Erfundene Vereinbarung"),
                Kind = Standing.Agreement,
                Municipality = Sample.Town,
                Proponents = ["Liste Muster", "Bund Beispiel"],
                File = new SourceFile("musterstadt-gedruckt.txt", s_sha256, 1234),
                Locators = LocatorScheme.PrintedLine,
                Normalisation = "printed-lines/1",
                Lines = s_document.Range,
                TextLines = s_document.TextLines,
                EmptyLines = [.. s_document.EmptyLines],
                Items = 5,
                LeftOut =
                [
                    new(new LineRange(45, 45), LeftOutReason.Framing),
                    new(new LineRange(54, 54), LeftOutReason.Criterion, "musterstadt-zusage-1"),
                ],
                Occurred = Edtf.Parse("2020-11-14"),
                OccurredBasis = OccurredBasis.Event,
                Evidence =
                [
                    new(
                        "https://musterbote.example/vertrag",
                        "Musterbote",
                        Edtf.Parse("2026-01-02")
                    ),
                ],
            }
        );
        await RecordAsync(Sample.Stream(1), At(1, 42, 43));
        await RecordAsync(Sample.Stream(2), At(2, 56, 58));
        await _site.CaughtUpAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private Task<Appended> RecordAsync(StreamKey stream, Event e) =>
        _site.Ledger.Store.AppendAsync(Append.To(stream, 0, e));

    private static Promised At(int n, int from, int to) =>
        Sample.Promised(n) with
        {
            SourceRef = new SourceRef(
                Slug,
                new Locator(LocatorScheme.PrintedLine, from, to),
                s_document.Passage(from, to)!.Fingerprint
            ),
        };

    private async Task<(HttpStatusCode Status, string Html, EntityTagHeaderValue? Tag)> GetAsync(
        string path,
        EntityTagHeaderValue? known = null
    )
    {
        await _site.HeardAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        using var response = await _site.Http.SendAsync(request);
        return (
            response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.ETag
        );
    }

    [Fact]
    public async Task A_source_says_what_it_is_and_what_became_of_it()
    {
        var (status, html, _) = await GetAsync(SourceAddress);
        status.ShouldBe(HttpStatusCode.OK);
        html.ShouldContain("Liste Muster und Bund Beispiel");
        html.ShouldContain("Am 14. November 2020");
        html.ShouldContain("<a href=\"https://musterbote.example/vertrag\"");
        html.ShouldContain("Gedruckte Zeilen 31 bis 60, davon 22 mit Text; 5 Aufzählungspunkte");
        html.ShouldContain(s_sha256);
        html.ShouldContain("./ledger source check DATEI");

        // 42, 43, 56, 57, 58 of 22 lines; 45 and 54 are left out.
        WebUtility.HtmlDecode(html).ShouldContain("Sie nehmen 23\u00a0% seiner Zeilen ein");
        html.ShouldContain("Einleitung oder Wertung");
        html.ShouldContain("Maßstab einer anderen Zusage");
        html.ShouldContain($"„<a href=\"{PromiseAddress}\">Erfundene Zusage 1</a>“");
        html.ShouldContain("Bei 2 hat noch niemand nachgesehen");
        html.ShouldContain("Alle 2 Zuordnungen zu Ausschüssen haben wir erschlossen");
    }

    [Fact]
    public async Task A_town_lists_its_sources_and_each_part_leads_to_them()
    {
        (await GetAsync("/musterstadt/quellen")).Html.ShouldContain($"href=\"{SourceAddress}\"");
        (await GetAsync("/musterstadt")).Html.ShouldContain("href=\"/musterstadt/quellen\"");
        (await GetAsync(PromiseAddress)).Html.ShouldContain($"href=\"{SourceAddress}\"");
        (await GetAsync("/quellen/gibt-es-nicht")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync("/quellen/%00")).Status.ShouldNotBe(HttpStatusCode.InternalServerError);
        (await GetAsync("/nirgends/quellen")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_imported_passage_is_marked_in_its_context_and_changes_the_tag()
    {
        var (_, before, tag) = await GetAsync(PromiseAddress);
        before.ShouldNotContain("<mark>");
        before.ShouldContain("gedruckte Zeilen 42 bis 43");
        (await GetAsync(PromiseAddress, tag)).Status.ShouldBe(HttpStatusCode.NotModified);
        var sourceTag = (await GetAsync(SourceAddress)).Tag;

        await Texts.ImportAsync(Slug, s_sha256, s_document);

        var (status, after, changed) = await GetAsync(PromiseAddress, tag);
        status.ShouldBe(HttpStatusCode.OK);
        changed.ShouldNotBe(tag);
        after.ShouldContain("<li value=\"42\"><mark>- mehr Bänke an der Musterstraße");
        after.ShouldContain("<li class=\"around\" value=\"40\">Dazu gehört für uns:</li>");
        after.ShouldContain("<li class=\"around\" value=\"44\">ze Jahr gereinigt wird</li>");
        (await GetAsync(SourceAddress)).Tag.ShouldNotBe(sourceTag);

        await Texts.ForgetAsync(Slug);
        var (_, forgotten, last) = await GetAsync(PromiseAddress);
        forgotten.ShouldBe(before);
        last.ShouldBe(tag);
    }

    [Fact]
    public async Task What_stands_beyond_two_empty_lines_is_not_shown_around_a_passage()
    {
        await Texts.ImportAsync(
            Slug,
            s_sha256,
            SourceDocument.Read(
                "physical-lines/1",
                "\n\nGanz oben\n" + new string('\n', 50) + "\n\nEins\nZwei\nDrei\n\n\nUnterschrift"
            )
        );
        var site = await GetAsync("/musterstadt/zusagen/zusage-2");
        site.Html.ShouldContain("<li value=\"56\"><mark>Eins</mark></li>");
        site.Html.ShouldContain("<li value=\"58\"><mark>Drei</mark></li>");
        site.Html.ShouldNotContain("Unterschrift");
        site.Html.ShouldNotContain("Ganz oben");
    }

    [Fact]
    public async Task A_document_cannot_bring_markup_of_its_own()
    {
        var text = new string('\n', 41) + "<script>alert(1)</script>\n\"><b>fett</b>";
        await Texts.ImportAsync(Slug, s_sha256, SourceDocument.Read("physical-lines/1", text));
        var (_, html, _) = await GetAsync(PromiseAddress);
        html.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        html.ShouldNotContain("<script>");
        html.ShouldNotContain("<b>fett");
    }

    [Fact]
    public async Task A_source_of_which_little_is_noted_says_so()
    {
        await RecordAsync(
            StreamKey.Source("musterstadt-meldung"),
            new SourceRegistered
            {
                Title = new("Erfundene Meldung"),
                Kind = Standing.Announcement,
                Municipality = Sample.Town,
                Proponents = ["Stadt Musterstadt"],
                File = new SourceFile("meldung.txt", new string('b', 64), 99),
                Locators = LocatorScheme.PhysicalLine,
                Normalisation = "physical-lines/1",
                Lines = new LineRange(1, 9),
            }
        );
        await _site.CaughtUpAsync();
        var (_, html, _) = await GetAsync("/quellen/musterstadt-meldung");
        html.ShouldContain("Das Dokument nennt keinen Tag.");
        html.ShouldContain("noch nicht vermerkt, was ausgelassen wurde");
        html.ShouldContain("Deshalb steht hier kein Anteil.");
        html.ShouldContain("0 Zusagen stehen in diesem Dokument");
    }
}
