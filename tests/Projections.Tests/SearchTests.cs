using Ledger.EventStore;
using Ledger.Recording;
using Projections.Engine;
using Projections.Search;
using Testing;

namespace Projections.Tests;

/// <summary>What a reader types, and what is found.</summary>
public sealed class SearchTests : IAsyncLifetime
{
    private static readonly DateOnly s_today = new(2026, 11, 22);
    private TestLedger _ledger = null!;
    private SearchReader _reader = null!;

    public async ValueTask InitializeAsync()
    {
        _ledger = await TestLedger.CreateAsync();
        string[] titles =
        [
            "Radwege an der Promenade bauen",
            "Spielplätze für Kinder erneuern",
            "Bäume in der Innenstadt pflanzen",
            "Gebühren für Büchereien abschaffen",
            "Ein Klimaschutzkonzept schreiben",
        ];
        for (var n = 0; n < titles.Length; n++)
        {
            await _ledger.Store.AppendAsync(
                Append.To(
                    Sample.Stream(n),
                    0,
                    Sample.Promised(n + 1) with
                    {
                        Title = new Text(titles[n]),
                        Topic = n % 2 == 0 ? "klima" : "kultur",
                    }
                )
            );
        }

        var engine = new ProjectionEngine(_ledger.Store, [new SearchProjection()]);
        await engine.PrepareAsync();
        _reader = new SearchReader(_ledger.Database);
    }

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    [Theory]
    [InlineData("Radweg", 0)]
    [InlineData("Baum", 2)]
    [InlineData("Spielplatz", 1)]
    [InlineData("Gebühr", 3)]
    [InlineData("konzept", 4)]
    [InlineData("Promnade", 0)]
    [InlineData("Klimaschuzkonzept", 4)]
    [InlineData("Buechereien", 3)]
    [InlineData("die Bäume und die Innenstadt", 2)]
    [InlineData("INNENSTADT", 2)]
    public async Task A_word_is_found_by_its_stem_by_a_part_of_it_and_with_a_slip(
        string text,
        int promise
    ) => (await FindAsync(text)).Page.ShouldBe([Sample.Stream(promise)]);

    [Fact]
    public async Task What_was_taken_for_a_mistyped_word_is_said() =>
        (await FindAsync("Promnade")).Read.ShouldHaveSingleItem().For.ShouldBe(["promenade"]);

    [Theory]
    [InlineData("Quetschkommode")]
    [InlineData("%%")]
    [InlineData("' | 'x")]
    [InlineData("Baum Spielplatz")]
    public async Task What_stands_nowhere_is_not_found(string text) =>
        (await FindAsync(text)).Total.ShouldBe(0);

    [Fact]
    public async Task A_text_of_words_that_say_nothing_asks_for_nothing() =>
        (await FindAsync("und der die")).Total.ShouldBe(5);

    [Fact]
    public async Task Each_choice_is_counted_under_all_conditions_but_its_own()
    {
        var found = await _reader.SearchAsync(
            new SearchQuery(Sample.Town, Topic: "klima"),
            s_today,
            0,
            10
        );
        found.Total.ShouldBe(3);
        found.Facets["topic"].ShouldBe([("klima", 3), ("kultur", 2)], ignoreOrder: true);
        found.Facets["status"].ShouldBe([("unchecked", 3)]);
    }

    [Fact]
    public async Task The_kept_counts_are_those_that_counting_finds()
    {
        var kept = await _reader.SearchAsync(new SearchQuery(Sample.Town), s_today, 0, 2);
        var counted = await FindAsync("erfundenes");
        kept.Total.ShouldBe(counted.Total);
        kept.Page.Count.ShouldBe(2);
        foreach (var kind in (string[])["status", "topic", "source", "committee", "proponent"])
        {
            kept.Facets[kind].ShouldBe(counted.Facets[kind], ignoreOrder: true);
        }
    }

    [Fact]
    public async Task Where_thousands_are_found_they_stand_in_the_order_of_their_sources()
    {
        await using var ledger = await TestLedger.CreateAsync();
        await ledger.Store.RecordBulkAsync(
            Enumerable
                .Range(1, 2_100)
                .Select(n =>
                    Append.To(
                        Sample.Stream(n),
                        0,
                        Sample.Promised(n) with
                        {
                            // The later, the more often the word.
                            Title = new Text(n > 2_000 ? "Radwege, Radwege, Radwege" : "Radwege"),
                        }
                    )
                )
        );
        await new ProjectionEngine(ledger.Store, [new SearchProjection()]).PrepareAsync();
        var reader = new SearchReader(ledger.Database);
        var query = new SearchQuery(Sample.Town, "Radweg", Status: "unchecked");

        var found = await reader.SearchAsync(query, s_today, 50, 2);
        (found.Everything, found.Total).ShouldBe((2_100, 2_100));
        found.Page.ShouldBe([Sample.Stream(51), Sample.Stream(52)]);
        found.Facets["source"].ShouldBe([("musterstadt-vereinbarung-2020", 2_100)]);
    }

    private Task<SearchResult> FindAsync(string text) =>
        _reader.SearchAsync(new SearchQuery(Sample.Town, text), s_today, 0, 10);
}
