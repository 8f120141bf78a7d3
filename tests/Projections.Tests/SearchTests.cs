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

    private Task<SearchResult> FindAsync(string text) =>
        _reader.SearchAsync(new SearchQuery(Sample.Town, text), s_today, 0, 10);
}
