using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Transparency;
using Projections.Feed;
using Testing;
using Web.Feeds;
using Web.Tests.Api;

namespace Web.Tests.Feeds;

/// <summary>Every feed of every event type against the rules of RFC 4287, and against the bytes that version 1 of an archive has for ever.</summary>
public sealed class AtomRulesTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly string Golden = Path.Combine(
        Repository.Root,
        "tests",
        "Web.Tests",
        "Feeds",
        "golden"
    );

    // One entry for each golden sample of an event: what every type looks like in a feed.
    private static FeedPage Page()
    {
        List<FeedEntry> entries = [];
        var index = 0L;
        foreach (
            var file in Directory
                .GetFiles(
                    Path.Combine(Repository.Root, "tests", "Ledger.Tests", "Recording", "golden"),
                    "*.json"
                )
                // Types that came later stand behind, so that what was there before keeps its bytes.
                .OrderBy(f => Path.GetFileName(f) == "key_rotated.json")
                .ThenBy(f => f, StringComparer.Ordinal)
        )
        {
            var type = Vocabulary.Find(Path.GetFileNameWithoutExtension(file))!;
            var stream = type.Streams[0].Name switch
            {
                "method" or "log" => StreamKey.Parse(type.Streams[0].Name),
                "council" => StreamKey.Council("musterstadt"),
                var kind => StreamKey.Parse($"{kind}:musterstadt-beispiel"),
            };
            var id = new Guid(index.ToString("x32", CultureInfo.InvariantCulture));
            var recorded = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero).AddMinutes(
                index
            );
            var entry = CanonicalEntry.Of(
                "musterstadt.example/log",
                new RecordedEvent(
                    index,
                    recorded,
                    id,
                    stream,
                    1,
                    type.Name,
                    File.ReadAllBytes(file)
                )
            );
            entries.Add(
                new FeedEntry(
                    index,
                    id,
                    recorded,
                    stream,
                    1,
                    type.Name,
                    "musterstadt",
                    "Musterstadt",
                    "beispiel",
                    new Text("Beispiel <&> „Zitat“"),
                    entry
                )
                {
                    StatusBefore = stream.Kind == "promise" ? PromiseStatus.Unchecked : null,
                    StatusAfter =
                        stream.Kind == "promise"
                            ? index % 2 == 0
                                ? PromiseStatus.Started
                                : PromiseStatus.Unchecked
                            : null,
                    CommitteesAfter = ["Ausschuss für Umwelt"],
                    About = type.Name is "corrected" or "retracted" or "stated" or "erased"
                        ? new EarlierEvent(id, stream, "started", Edtf.Parse("2021-05"), null)
                        : null,
                    Other = type.Name is "linked" or "superseded"
                        ? new NamedSubject(
                            StreamKey.Promise("musterstadt-andere"),
                            "musterstadt",
                            "andere",
                            new Text("Eine andere")
                        )
                        : null,
                    SourceTitle = "Erfundene Vereinbarung 2020",
                }
            );
            index++;
        }

        entries.Add(
            new FeedEntry(
                index,
                new Guid(index.ToString("x32", CultureInfo.InvariantCulture)),
                entries[^1].Recorded,
                Sample.Stream(1),
                2,
                "started",
                "musterstadt",
                "Musterstadt",
                "zusage-1",
                new Text("Gesperrt"),
                null
            )
        );
        entries.Reverse();
        return new FeedPage(
            FeedFilter.Everything.With(Facet.Municipality, "musterstadt"),
            "Zusagenbuch: Musterstadt",
            entries,
            entries[0].Recorded,
            3,
            1,
            "https://musterstadt.example",
            "musterstadt.example"
        );
    }

    [Theory]
    [InlineData(AtomFeed.Format)]
    [InlineData(JsonFeed.Format)]
    public async Task Version_1_of_an_archive_has_these_bytes(string format)
    {
        FeedAddress.Version.ShouldBe(1, "a new version has golden samples of its own");
        var bytes = format == AtomFeed.Format ? AtomFeed.Write(Page()) : JsonFeed.Write(Page());
        var file = Path.Combine(Golden, $"archive-1.{format}");
        if (Environment.GetEnvironmentVariable("LEDGER_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Golden);
            await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        }

        Encoding
            .UTF8.GetString(bytes)
            .ShouldBe(
                await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken),
                "archives are rendered otherwise than before: that is a new FeedAddress.Version, unless no archive of this one was ever served"
            );
    }

    [Fact]
    public void Every_type_of_event_makes_a_valid_atom_entry() =>
        Faults(AtomFeed.Write(Page())).ShouldBeEmpty();

    [Fact]
    public void The_checker_finds_what_is_wrong()
    {
        var broken = Encoding
            .UTF8.GetString(AtomFeed.Write(Page()))
            .Replace(
                "<id>urn:uuid:00000000-0000-0000-0000-000000000000</id>",
                "",
                StringComparison.Ordinal
            )
            .Replace("<name>Zusagenbuch</name>", "", StringComparison.Ordinal)
            .Replace("rel=\"self\"", "rel=\"alternate\" ", StringComparison.Ordinal);

        Faults(Encoding.UTF8.GetBytes(broken)).Count.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task The_feeds_that_a_site_serves_are_valid_also_when_they_are_empty()
    {
        await using var site = await LedgerSite.StartAsync(seeds: false);
        Faults(
                await site.Http.GetByteArrayAsync(
                    "/feeds/changes.atom",
                    TestContext.Current.CancellationToken
                )
            )
            .ShouldBeEmpty();

        await site.FoundAsync();
        await site.RecordAsync(
            Sample.Stream(1),
            Sample.Promised(1) with
            {
                Title = new Text("Mit \u0001 Steuerzeichen & <b>"),
            }
        );
        await site.ShownAsync();
        Faults(
                await site.Http.GetByteArrayAsync(
                    "/feeds/changes.atom?proponent=liste%20muster",
                    TestContext.Current.CancellationToken
                )
            )
            .ShouldBeEmpty();
    }

    // RFC 4287, section 4.1: what must be there, once, and in which form.
    private static List<string> Faults(byte[] bytes)
    {
        List<string> faults = [];
        var feed = XDocument.Load(new MemoryStream(bytes)).Root!;
        Check(feed.Name == Atom + "feed", "4.1.1: the root is atom:feed");
        Once(feed, "id");
        Once(feed, "title");
        Once(feed, "updated");
        Check(
            feed.Elements(Atom + "author").Any(),
            "4.1.1: an author of the feed stands for those of its entries"
        );
        Check(
            feed.Elements(Atom + "link").Count(l => (string?)l.Attribute("rel") == "self") == 1,
            "4.1.1: a link to itself"
        );
        OneAlternate(feed);
        foreach (var author in feed.Descendants(Atom + "author"))
        {
            Once(author, "name");
        }

        foreach (var entry in feed.Elements(Atom + "entry"))
        {
            Once(entry, "id");
            Once(entry, "title");
            Once(entry, "updated");
            OneAlternate(entry);
            Check(entry.Elements(Atom + "content").Count() == 1, "4.1.2: one content");
            Check(
                (string?)entry.Element(Atom + "content")?.Attribute("type") == "html",
                "4.1.3.1: the content is html"
            );
        }

        var ids = feed.Elements(Atom + "entry")
            .Select(e => (string?)e.Element(Atom + "id"))
            .ToList();
        Check(
            ids.Distinct().Count() == ids.Count,
            "4.1.1: no two entries of one id and one moment"
        );
        foreach (var id in feed.Descendants(Atom + "id"))
        {
            Check(
                Uri.TryCreate(id.Value, UriKind.Absolute, out _),
                $"4.2.6: '{id.Value}' is no IRI"
            );
        }

        foreach (
            var date in feed.Descendants()
                .Where(e => e.Name == Atom + "updated" || e.Name == Atom + "published")
        )
        {
            Check(
                date.Value.EndsWith('Z')
                    && DateTimeOffset.TryParse(date.Value, CultureInfo.InvariantCulture, out _),
                $"3.3: '{date.Value}' is no date"
            );
        }

        foreach (var link in feed.Descendants(Atom + "link"))
        {
            Check(
                Uri.TryCreate((string?)link.Attribute("href"), UriKind.Absolute, out _),
                $"4.2.7.1: {link}"
            );
        }

        foreach (var category in feed.Descendants(Atom + "category"))
        {
            Check(((string?)category.Attribute("term"))?.Length > 0, $"4.2.2.1: {category}");
        }

        return faults;

        void Check(bool holds, string rule)
        {
            if (!holds)
            {
                faults.Add(rule);
            }
        }

        void Once(XElement parent, string name) =>
            Check(
                parent.Elements(Atom + name).Count() == 1
                    && parent.Element(Atom + name)!.Value.Length > 0,
                $"{parent.Name.LocalName} has one {name} that says something"
            );

        void OneAlternate(XElement parent) =>
            Check(
                parent
                    .Elements(Atom + "link")
                    .Count(l => (string?)l.Attribute("rel") is null or "alternate") == 1,
                $"{parent.Name.LocalName} has one alternate link of its type and language"
            );
    }
}
