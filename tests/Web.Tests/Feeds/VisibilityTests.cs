using System.Text.Json.Nodes;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Transparency;
using Testing;
using Web.Accounts;
using Web.Tests.Api;

namespace Web.Tests.Feeds;

/// <summary>What every channel shows, and what none does.</summary>
public sealed class VisibilityTests
{
    private const string Marker = "zwielichtmarke";

    private static readonly string[] Channels =
    [
        "/feeds/changes.atom?",
        "/feeds/changes.json?",
        "/api/v1/events?after=-1&limit=1000&",
        "/api/v1/events?format=jsonl&",
        "/api/v1/events?format=csv&",
        "/aenderungen?",
    ];

    [Fact]
    public async Task A_submission_that_nobody_has_accepted_is_in_no_channel_and_neither_is_what_a_reply_says()
    {
        await using var site = await LedgerSite.StartAsync(seeds: false);
        await site.FoundAsync();
        var ids = await site.RecordAsync(Sample.Stream(1), Sample.Promised(1));
        await site.RecordAsync(
            Sample.Stream(1),
            new Stated
            {
                About = ids[0],
                Stance = Stance.Contests,
                Function = "Bürgermeisterin",
                Name = Marker,
                Text = Marker,
            }.On("2024")
        );
        var author = (await site.WriterAsync(Role.Contributor)).Http;
        await (
            await author.PostAsync("promises", Town.Promise("geheim", Marker, null))
        ).JsonAsync();
        await site.ShownAsync();

        foreach (
            var address in Channels.Concat([
                "/feeds/deadlines.ics",
                "/feeds/due-today.txt",
                "/feeds/due-today.json",
                "/abonnieren",
            ])
        )
        {
            (
                await site.Http.GetStringAsync(address, TestContext.Current.CancellationToken)
            ).ShouldNotContain(Marker, Case.Insensitive, address);
        }

        (await StreamAsync(site, 6)).ShouldNotContain(Marker, Case.Insensitive);
        (
            await site.Http.GetStringAsync(
                "/feeds/changes.atom",
                TestContext.Current.CancellationToken
            )
        ).ShouldContain("Stellungnahme (Bürgermeisterin) zu „Zugesagt“");
    }

    [Fact]
    public async Task A_correction_and_a_retraction_are_in_every_channel_named_as_such_with_what_changed()
    {
        await using var site = await LedgerSite.StartAsync(seeds: false);
        await site.FoundAsync();
        var ids = await site.RecordAsync(
            Sample.Stream(1),
            Sample.Promised(1),
            new Started().On("2021"),
            new Completed { Extent = Extent.Whole }.On("2023")
        );
        var changes = await site.RecordAsync(
            Sample.Stream(1),
            Musterstadt.Correction(ids[1], "occurred", "\"2021\"", "\"2022\""),
            new Retracted { Event = ids[2], Reason = new Text("Der Bericht war falsch.") }.On(null)
        );
        await site.ShownAsync();

        foreach (var channel in Channels)
        {
            foreach (var filter in (string[])["", "corrections=only"])
            {
                var text = await site.Http.GetStringAsync(
                    channel + filter,
                    TestContext.Current.CancellationToken
                );
                foreach (var id in changes)
                {
                    text.ShouldContain(id.ToString("D"), Case.Sensitive, channel);
                }

                if (filter.Length > 0)
                {
                    text.ShouldNotContain(ids[1].ToString("D") + "</id>");
                }
            }
        }

        var atom = await site.Http.GetStringAsync(
            "/feeds/changes.atom?corrections=only",
            TestContext.Current.CancellationToken
        );
        atom.ShouldContain(
            "Musterstadt: Berichtigt: Tag von „Begonnen“ (2021), bisher 2021, jetzt 2022 – Erfundene Zusage 1"
        );
        atom.ShouldContain(
            "Musterstadt: Zurückgezogen: „Abgeschlossen“ (2023) gilt nicht mehr – Erfundene Zusage 1 (Stand jetzt: begonnen)"
        );
        atom.ShouldContain("Stand bisher: erfüllt. Stand jetzt: begonnen.");
        atom.ShouldContain("Der Bericht war falsch.");
        var stream = await StreamAsync(site, 9);
        stream.ShouldContain("zusagenbuch.promise.corrected.v1");
        stream.ShouldContain("zusagenbuch.promise.retracted.v1");
        (
            await site.Http.GetStringAsync(
                "/feeds/changes.json?status=fulfilled",
                TestContext.Current.CancellationToken
            )
        ).ShouldContain("\"status_before\": \"fulfilled\"");
    }

    [Fact]
    public async Task What_is_withheld_is_gone_from_every_channel_and_an_archive_says_that_something_was_there()
    {
        await using var site = await LedgerSite.StartAsync(seeds: false);
        await site.FoundAsync();
        var ids = await site.RecordAsync(
            Sample.Stream(1),
            Sample.Promised(1),
            new Started().On("2021") with
            {
                Summary = new Text($"Ein Name, {Marker}, der hier nicht stehen darf."),
            }
        );
        for (var n = 2; n < 120; n++)
        {
            await site.RecordAsync(Sample.Stream(n), Sample.Promised(n));
        }

        await site.PublishedAsync();
        await site.ShownAsync();
        const string Archive = "/feeds/archive/1/0.atom";
        (
            await site.Http.GetStringAsync(Archive, TestContext.Current.CancellationToken)
        ).ShouldContain(Marker);

        await using var owner = OperatorErasure.OpenOwner(site.Database.AddressOf("postgres"));
        (
            await new OperatorErasure(owner, site.Log, TimeProvider.System).WithholdAsync(
                6,
                new Text("Gericht"),
                TestContext.Current.CancellationToken
            )
        ).ShouldBeOfType<Decision.Accepted>();
        await site.ShownAsync();

        foreach (var address in Channels.Append(Archive))
        {
            (
                await site.Http.GetStringAsync(address, TestContext.Current.CancellationToken)
            ).ShouldNotContain(Marker, Case.Insensitive, address);
        }

        var archive = await site.Http.GetStringAsync(
            Archive,
            TestContext.Current.CancellationToken
        );
        archive.ShouldContain($"urn:uuid:{ids[1]:D}");
        archive.ShouldContain("Musterstadt: Gesperrter Eintrag – Erfundene Zusage 1");
        (
            await site.Http.GetStringAsync(
                "/feeds/changes.atom?corrections=only",
                TestContext.Current.CancellationToken
            )
        ).ShouldContain("Ein früherer Eintrag ist gesperrt");
        (await StreamAsync(site, 125)).ShouldNotContain(Marker);
        var projection = site.Ledger.Engine.Projections.Single(p => p.Name == "feed");
        (await site.Ledger.Engine.CheckAsync(projection)).ShouldBeEmpty();
    }

    // All that the stream sends up to an index.
    private static async Task<string> StreamAsync(LedgerSite site, long last)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var answer = await site.Http.GetAsync(
            "/feeds/stream?after=-1",
            HttpCompletionOption.ResponseHeadersRead,
            patience.Token
        );
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(patience.Token));
        var text = "";
        for (var seen = -1L; seen < last; )
        {
            var line =
                await lines.ReadLineAsync(patience.Token)
                ?? throw new IOException("the stream ended");
            text += line;
            seen = line.StartsWith("data: ", StringComparison.Ordinal)
                ? long.Parse((string)JsonNode.Parse(line[6..])!["sequence"]!, null)
                : seen;
        }

        return text;
    }
}
