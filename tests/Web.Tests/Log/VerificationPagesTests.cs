using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Ledger.EventStore;
using Ledger.Transparency;
using Testing;

namespace Web.Tests.Log;

/// <summary>What readers see of the log: /pruefen and the page of an event.</summary>
public sealed partial class VerificationPagesTests(SeededSite seeded) : IClassFixture<SeededSite>
{
    [Fact]
    public async Task The_page_of_the_log_shows_checkpoint_key_and_what_is_not_proven()
    {
        var site = await PublishedAsync();
        var html = await TextAsync(site, "/pruefen");

        var origin = (await Origin.FixedAsync(site.Ledger.Database))!;
        var published = (await new LogReader(site.Ledger.Database).PublishedAsync())!;
        html.ShouldContain(site.Log.ReadKey(origin).Verifier.ToString());
        html.ShouldContain(Convert.ToBase64String(published.Root));
        html.ShouldContain($"{published.Size} Einträge");
        html.ShouldContain("Niemand bezeugt dieses Log.");
        html.ShouldContain("Dies ist ein örtliches Log.");
        html.ShouldContain("Nicht, dass ein Eintrag wahr ist.");
        html.ShouldContain("prüft eine zweite Person, bevor es im Buch steht");
        var unreviewed = await site.Database.AskAsync<long>(
            "select count(*) from ledger.mt_events where data ->> 'reviewedBy' is null and type <> 'method_revised'"
        );
        html.ShouldContain($"Bei {unreviewed} davon ist keine zweite Person vermerkt");
    }

    [Fact]
    public async Task The_page_of_an_event_shows_all_its_fields_its_bytes_and_its_proof()
    {
        var site = await PublishedAsync();
        var log = new LogReader(site.Ledger.Database);
        var entry = (await log.ReadEntriesAsync(200, 1))[0];

        var html = await TextAsync(site, $"/ereignisse/{entry.Event}");

        html.ShouldContain("Eintrag Nr. 200");
        html.ShouldContain(Encoding.UTF8.GetString(entry.Bytes!));
        html.ShouldContain(Convert.ToBase64String(entry.LeafHash));
        html.ShouldContain("ja, an der Stelle 200");
        html.ShouldContain("ja, zuerst im Stand mit");
        html.ShouldContain("von niemandem");
        var proof = Hash()
            .Matches(html)
            .Select(m => Convert.FromBase64String(m.Groups["it"].Value))
            .ToList();
        var published = (await log.PublishedAsync())!;
        Proofs
            .CheckRecord(proof, published.Size, published.Root, 200, entry.LeafHash)
            .ShouldBeTrue();
        (await TextAsync(site, "/log/proof/200.tlog-proof")).ShouldStartWith(
            "c2sp.org/tlog-proof@v1\nindex 200\n"
        );
        html.ShouldContain("/log/proof/200.tlog-proof");
    }

    [Fact]
    public async Task A_withheld_event_has_a_page_that_says_so()
    {
        await using var site = await LedgerSite.StartAsync(seeds: false);
        await site.Ledger.Store.AppendAsync(Append.To(Sample.Stream(1), 0, Sample.Promised()));
        await site.PublishedAsync();
        await using var owner = OperatorErasure.OpenOwner(site.Database.AddressOf("postgres"));
        await new OperatorErasure(owner, site.Log, TimeProvider.System).WithholdAsync(
            0,
            new("Beschluss eines Gerichts.")
        );
        await site.PublishedAsync();

        var events = await site.Ledger.Store.ReadAllAsync(0, 2);
        var html = await TextAsync(site, $"/ereignisse/{events[0].Id}");
        html.ShouldContain("Dieser Eintrag wird zurückgehalten.");
        html.ShouldContain("Eintrag Nr. 1 sagt, warum.");
        html.ShouldNotContain("Erfundene Zusage");
        (await TextAsync(site, $"/ereignisse/{events[1].Id}")).ShouldContain(
            "Beschluss eines Gerichts."
        );
        (await TextAsync(site, "/pruefen")).ShouldContain("Der Inhalt fehlt, der Hash bleibt");
    }

    private async Task<LedgerSite> PublishedAsync()
    {
        var site = await seeded.SiteAsync();
        await site.PublishedAsync();
        return site;
    }

    private static async Task<string> TextAsync(LedgerSite site, string path)
    {
        await site.HeardAsync();
        using var answer = await site.Http.GetAsync(path);
        var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        answer.StatusCode.ShouldBe(
            HttpStatusCode.OK,
            string.Create(CultureInfo.InvariantCulture, $"{path}: {text}")
        );
        return text;
    }

    [GeneratedRegex("<li><code class=\"hash\">(?<it>[^<]+)</code></li>", RegexOptions.None, 1000)]
    private static partial Regex Hash();
}
