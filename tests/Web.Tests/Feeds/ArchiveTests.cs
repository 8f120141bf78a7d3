using System.Net;
using System.Security.Cryptography;
using System.Xml.Linq;
using Ledger.Councils;
using Ledger.Promises;
using Ledger.Recording;
using Testing;
using Web.Feeds;

namespace Web.Tests.Feeds;

/// <summary>A reader that was away for a year gets all that it missed, once, and archives never change (RFC 5005, section 4).</summary>
public sealed class ArchiveTests : IAsyncLifetime
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace History = "http://purl.org/syndication/history/1.0";

    private LedgerSite _site = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await LedgerSite.StartAsync(seeds: false);
        await _site.FoundAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    // Promises on two topics, for two committees, with statuses.
    private async Task RecordAsync(int promises, int from = 0)
    {
        for (var n = from; n < from + promises; n++)
        {
            await _site.RecordAsync(
                Sample.Stream(n),
                Sample.Promised(n) with
                {
                    Topic = n % 3 == 0 ? "klima" : "wohnen",
                    Committees =
                    [
                        new Responsibility(
                            n % 4 == 0 ? "umwelt" : "bau",
                            ResponsibilityBasis.Named
                        ),
                    ],
                },
                new Started().On("2021"),
                new Reported().On("2022")
            );
        }
    }

    private async Task<XElement> GetAsync(string address) =>
        XDocument
            .Parse(await _site.Http.GetStringAsync(address, TestContext.Current.CancellationToken))
            .Root!;

    private static string? Link(XElement feed, string relation) =>
        (string?)
            feed.Elements(Atom + "link")
                .SingleOrDefault(l => (string?)l.Attribute("rel") == relation)
                ?.Attribute("href");

    // Newest first over all documents, as they come; nothing is thrown away.
    private async Task<(List<Guid> Ids, List<string> Archives)> WalkAsync(string address)
    {
        List<Guid> ids = [];
        List<string> archives = [];
        for (var next = address; next is not null; )
        {
            var feed = await GetAsync(next);
            ids.AddRange(
                feed.Elements(Atom + "entry")
                    .Select(e =>
                        Guid.Parse(((string)e.Element(Atom + "id")!)["urn:uuid:".Length..])
                    )
            );
            (feed.Element(History + "archive") is not null).ShouldBe(next != address);
            next = Link(feed, "prev-archive");
            if (next is not null)
            {
                archives.Add(next);
            }
        }

        return (ids, archives);
    }

    private async Task<List<Guid>> RecordedAsync(
        Func<Ledger.EventStore.RecordedEvent, bool> wanted
    ) =>
        [
            .. (await _site.Ledger.Store.ReadAllAsync(0, 100_000))
                .Where(wanted)
                .Reverse()
                .Select(e => e.Id),
        ];

    [Theory]
    [InlineData("", "")]
    [InlineData("type=started", "started")]
    [InlineData("municipality=musterstadt&type=promised&type=reported", "promised,reported")]
    public async Task Walking_back_through_the_archives_finds_every_matching_entry_exactly_once(
        string query,
        string types
    )
    {
        await RecordAsync(Load.Times(1_200));
        await _site.ShownAsync();

        var (ids, archives) = await WalkAsync($"/feeds/changes.atom?{query}");

        var wanted = await RecordedAsync(e =>
            types.Length == 0 || types.Split(',').Contains(e.Type)
        );
        ids.ShouldBe(wanted);
        archives.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_sparse_feed_skips_the_ranges_in_which_it_has_nothing()
    {
        var first = await _site.RecordAsync(
            Sample.Stream(1_000),
            Sample.Promised() with
            {
                Topic = "sport-baeder",
            }
        );
        await RecordAsync(150);
        var second = await _site.RecordAsync(
            Sample.Stream(1_001),
            Sample.Promised() with
            {
                Topic = "sport-baeder",
            }
        );
        await RecordAsync(40, from: 150);
        await _site.ShownAsync();

        var (ids, archives) = await WalkAsync("/feeds/changes.atom?topic=sport-baeder");

        // Both stand in the current document, which joins nothing older.
        ids.ShouldBe([.. second, .. first]);
        archives.ShouldBeEmpty();
        (
            await _site.Http.GetAsync(
                "/feeds/archive/1/2.atom?topic=sport-baeder",
                TestContext.Current.CancellationToken
            )
        ).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Archives_are_the_same_bytes_after_a_thousand_more_events_a_new_committee_and_a_corrected_topic()
    {
        await RecordAsync(Load.Times(300) + 60);
        await _site.ShownAsync();
        string[] feeds =
        [
            "/feeds/changes.atom",
            "/feeds/changes.atom?committee=musterstadt/umwelt",
            "/feeds/changes.atom?topic=klima",
            "/feeds/changes.atom?status=started",
            "/feeds/changes.atom?promise=musterstadt-zusage-0",
        ];
        Dictionary<string, string> before = [];
        foreach (var feed in feeds)
        {
            foreach (var archive in (await WalkAsync(feed)).Archives)
            {
                before[archive] = await HashAsync(archive);
                var json = archive.Replace(".atom", ".json", StringComparison.Ordinal);
                before[json] = await HashAsync(json);
            }
        }

        before.Count.ShouldBeGreaterThan(4);

        // What was said in the archived range changes: topic, committee, day, the committee itself, the town's name.
        var promise = Sample.Stream(0);
        var events = await _site.Ledger.Store.ReadStreamAsync(promise);
        await _site.RecordAsync(
            promise,
            Musterstadt.Correction(events[0].Id, "topic", "\"klima\"", "\"wohnen\""),
            Musterstadt.Correction(
                events[0].Id,
                "title",
                """{"de":"Erfundene Zusage 0","en":"Invented promise 0"}""",
                """{"de":"Ganz anders"}"""
            ),
            new Assigned { Committees = [new Responsibility("bau", ResponsibilityBasis.Named)] }.On(
                "2025"
            ),
            new Retracted
            {
                Event = events[1].Id,
                Reason = new Text("Es war eine andere Zusage."),
            }.On(null)
        );
        var council = await _site.Ledger.Store.ReadStreamAsync(Musterstadt.Council);
        await _site.RecordAsync(
            Musterstadt.Council,
            new CommitteeRenamed { Committee = "umwelt", Name = "Ausschuss für alles" }.On("2025"),
            new CommitteeDissolved { Committee = "umwelt", Successors = ["klima"] }.On("2025"),
            Musterstadt.Correction(council[0].Id, "name", "\"Musterstadt\"", "\"Neustadt\"")
        );
        await RecordAsync(Load.Times(1_000) / 3, from: 5_000);
        await _site.ShownAsync();
        var projection = _site.Ledger.Engine.Projections.Single(p => p.Name == "feed");
        await _site.Ledger.Engine.RebuildAsync(projection);

        foreach (var (archive, hash) in before)
        {
            (await HashAsync(archive)).ShouldBe(hash, archive);

            // An empty parameter says nothing, but no cache knows this address: it is rendered anew, from a read model that is made anew.
            var anew =
                archive + (archive.Contains('?', StringComparison.Ordinal) ? "&type=" : "?type=");
            (await HashAsync(anew)).ShouldBe(hash, anew);
        }
    }

    [Fact]
    public async Task The_current_document_says_which_archive_it_joins_and_an_archive_what_follows_it()
    {
        await RecordAsync(120);
        await _site.ShownAsync();

        var current = await GetAsync("/feeds/changes.atom");
        var archive = Link(current, "prev-archive").ShouldNotBeNull();
        var older = await GetAsync(archive);
        Link(older, "current").ShouldBe(Link(current, "self"));
        using var follows = await _site.Http.GetAsync(
            Link(older, "next-archive"),
            TestContext.Current.CancellationToken
        );
        follows.StatusCode.ShouldBe(HttpStatusCode.Found);
        follows.Headers.Location!.ToString().ShouldBe("/feeds/changes.atom");

        await RecordAsync(120, from: 500);
        await _site.ShownAsync();
        using var later = await _site.Http.GetAsync(
            Link(older, "next-archive"),
            TestContext.Current.CancellationToken
        );
        var n = long.Parse(archive.Split('/')[^1].Split('.')[0], null);
        later
            .Headers.Location!.ToString()
            .ShouldBe($"/feeds/archive/{FeedAddress.Version}/{n + 1}.atom");
    }

    [Fact]
    public async Task A_committees_feed_follows_into_its_successor_and_into_nothing_before_it_took_over()
    {
        await _site.RecordAsync(
            Sample.Stream(1),
            Sample.Promised(1) with
            {
                Committees = [new Responsibility("klima", ResponsibilityBasis.Named)],
            }
        );
        var dissolved = await _site.RecordAsync(
            Musterstadt.Council,
            new CommitteeDissolved { Committee = "umwelt", Successors = ["klima"] }.On("2025")
        );
        var after = await _site.RecordAsync(Sample.Stream(1), new Started().On("2025"));
        await _site.ShownAsync();

        var (ids, _) = await WalkAsync("/feeds/changes.atom?committee=musterstadt/umwelt");

        ids[..2].ShouldBe([after[0], dissolved[0]]);
        ids.Count.ShouldBe(3, "and the entry that established it");
    }

    [Fact]
    public async Task What_a_committee_or_a_topic_loses_tells_it_so_for_the_last_time()
    {
        var promised = await _site.RecordAsync(Sample.Stream(1), Sample.Promised(1));
        var assigned = await _site.RecordAsync(
            Sample.Stream(1),
            new Assigned { Committees = [new Responsibility("bau", ResponsibilityBasis.Named)] }.On(
                "2024"
            )
        );
        var corrected = await _site.RecordAsync(
            Sample.Stream(1),
            Musterstadt.Correction(promised[0], "topic", "\"klima\"", "\"wohnen\"")
        );
        var started = await _site.RecordAsync(Sample.Stream(1), new Started().On("2025"));
        await _site.ShownAsync();

        (
            await WalkAsync(
                "/feeds/changes.atom?committee=musterstadt/umwelt&type=promised&type=assigned&type=started"
            )
        ).Ids.ShouldBe([assigned[0], promised[0]]);
        (
            await WalkAsync(
                "/feeds/changes.atom?committee=musterstadt/bau&type=promised&type=assigned&type=started"
            )
        ).Ids.ShouldBe([started[0], assigned[0]]);
        (await WalkAsync("/feeds/changes.atom?topic=klima")).Ids.ShouldBe([
            corrected[0],
            assigned[0],
            promised[0],
        ]);
        (await WalkAsync("/feeds/changes.atom?topic=wohnen")).Ids.ShouldBe([
            started[0],
            corrected[0],
        ]);
    }

    private async Task<string> HashAsync(string address) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                await _site.Http.GetByteArrayAsync(address, TestContext.Current.CancellationToken)
            )
        );
}
