using Ledger.Catalogue;
using Ledger.EventStore;
using Ledger.Promises;
using Testing;
using CatalogueOf = Ledger.Catalogue.Catalogue;

namespace Ledger.Tests.Catalogue;

public sealed class CatalogueTests : IAsyncLifetime
{
    private readonly SeedsFolder _seeds = new();
    private TestLedger _ledger = null!;

    public async ValueTask InitializeAsync() => _ledger = await TestLedger.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        _seeds.Dispose();
        await _ledger.DisposeAsync();
    }

    private Task<long> RecordAsync() =>
        new CatalogueOf(_ledger.Store, TimeProvider.System).RecordAsync(_seeds.Path);

    [Fact]
    public async Task What_stands_in_the_seeds_is_recorded_once()
    {
        (await RecordAsync()).ShouldBe(5);
        (await RecordAsync()).ShouldBe(0);
        (await _ledger.Store.NextIndexAsync()).ShouldBe(5);

        var promise = Promise.From(
            await _ledger.Store.ReadStreamAsync(StreamKey.Promise("musterstadt-baum"))
        );
        promise.Status.ShouldBe(PromiseStatus.Decided);
        promise.First!.SourceRef!.Locator.From.ShouldBe(10);
        promise.First.Occurred!.ToString().ShouldBe("2020");
        promise.First.Proponents.ShouldBe(["Liste Muster"]);
        promise.Committees.ShouldHaveSingleItem().Committee.ShouldBe("umwelt");
        ((Decided)promise.Recorded[1].Body).Votes.ShouldBe(new Votes(20, 10, null));
    }

    [Fact]
    public async Task A_new_fact_is_added_to_what_is_recorded()
    {
        await RecordAsync();
        _seeds.Replace(
            SeedsFolder.Events,
            "events:",
            """
            events:
              - id: MU-2
                on: promise:musterstadt-baum
                type: started
                occurred: "2022"
                basis: publication
                summary: {de: Die ersten Bäume stehen.}
                evidence:
                  - {url: "https://musterstadt.example/2", publisher: Stadt Musterstadt, retrieved: "2026-01-02"}
            """
        );
        (await RecordAsync()).ShouldBe(1);
        (await RecordAsync()).ShouldBe(0);
        var promise = Promise.From(
            await _ledger.Store.ReadStreamAsync(StreamKey.Promise("musterstadt-baum"))
        );
        promise.Status.ShouldBe(PromiseStatus.Started);
    }

    [Fact]
    public async Task The_layout_of_a_file_is_no_difference_but_its_content_is()
    {
        await RecordAsync();
        _seeds.Replace(SeedsFolder.Events, "    body: Rat der Stadt Musterstadt\n", "");
        _seeds.Replace(
            SeedsFolder.Events,
            "    outcome: adopted\n",
            "    # a comment\n    outcome: adopted\n    body: Rat der Stadt Musterstadt\n"
        );
        (await RecordAsync()).ShouldBe(0);

        _seeds.Replace(SeedsFolder.Events, "for: 20", "for: 21");
        var faults = await Should.ThrowAsync<CatalogueException>(RecordAsync);
        faults
            .Faults.ShouldHaveSingleItem()
            .ShouldStartWith(
                "seeds/events/baum.yaml:2: 'event:MU-1' is on record with other content"
            );
        (await _ledger.Store.NextIndexAsync()).ShouldBe(5);
    }

    [Fact]
    public async Task Nothing_disappears_with_its_seed()
    {
        await RecordAsync();
        _seeds.Write(SeedsFolder.Events, "events: []");
        var faults = await Should.ThrowAsync<CatalogueException>(RecordAsync);
        faults
            .Faults.ShouldHaveSingleItem()
            .ShouldContain("'event:MU-1' is on record and no longer in the seeds");
    }

    [Fact]
    public async Task Two_nodes_that_start_together_record_it_once()
    {
        var recorded = await Task.WhenAll(RecordAsync(), RecordAsync(), RecordAsync());
        recorded.Order().ShouldBe([0, 0, 5]);
        (await _ledger.Store.NextIndexAsync()).ShouldBe(5);
    }

    public static TheoryData<string, string, string, string> Faults { get; } =
        new()
        {
            {
                SeedsFolder.Promises,
                "chapter: Erfundenes",
                "chapter: [",
                "01-erfundenes.yaml:1: this is no valid YAML"
            },
            {
                SeedsFolder.Promises,
                "chapter: Erfundenes",
                "chapter: \t- x",
                "01-erfundenes.yaml:2: this is no valid YAML"
            },
            {
                SeedsFolder.Promises,
                "id: umwelt,",
                "id: umwelten,",
                "01-erfundenes.yaml:16: id: the committee 'umwelten' is unknown"
            },
            {
                SeedsFolder.Promises,
                "\"2025-10\"",
                "\"2025-13\"",
                "01-erfundenes.yaml:14: deadline:"
            },
            { SeedsFolder.Promises, "kind: new", "kind: neu", "01-erfundenes.yaml:9: kind:" },
            {
                SeedsFolder.Promises,
                "    tier: core\n",
                "",
                "01-erfundenes.yaml:4: a field is missing: 'tier'"
            },
            {
                SeedsFolder.Promises,
                "tier: core",
                "tier: core\n    colour: red",
                "01-erfundenes.yaml:13: colour: this field is unknown here"
            },
            {
                SeedsFolder.Promises,
                "lines: 10-12",
                "lines: 90-120",
                "01-erfundenes.yaml:7: lines: lines 90-120 are outside of the source"
            },
            {
                SeedsFolder.Promises,
                "lines: 10-12",
                "lines: zehn",
                "01-erfundenes.yaml:7: lines: 'zehn' is no range of lines"
            },
            {
                SeedsFolder.Promises,
                "umwelt-natur",
                "umwelt-kultur",
                "01-erfundenes.yaml:4: The topic 'umwelt-kultur' is unknown"
            },
            {
                SeedsFolder.Promises,
                "id: musterstadt-baum",
                "id: andersdorf-baum",
                "01-erfundenes.yaml:4: The key of a promise begins with"
            },
            {
                SeedsFolder.Promises,
                "id: musterstadt-baum",
                "id: Musterstadt_Baum",
                "01-erfundenes.yaml:4: id: 'Musterstadt_Baum' is no id"
            },
            {
                SeedsFolder.Promises,
                "value: \"100\"",
                "value: 100",
                "01-erfundenes.yaml:18: quantities: a decimal is a string"
            },
            {
                SeedsFolder.Promises,
                "source: musterstadt-vereinbarung-2020",
                "source: gibt-es-nicht",
                "01-erfundenes.yaml:1: source: the source 'gibt-es-nicht' is unknown"
            },
            {
                SeedsFolder.Events,
                "occurred: \"2021-05-04\"",
                "occurred: \"2021-02-30\"",
                "baum.yaml:5: occurred:"
            },
            {
                SeedsFolder.Events,
                "occurred: \"2021-05-04\"",
                "occurred: 2021",
                "baum.yaml:5: occurred: A date is a string"
            },
            {
                SeedsFolder.Events,
                "type: decided",
                "type: beschlossen",
                "baum.yaml:4: type: the event type 'beschlossen' is unknown"
            },
            {
                SeedsFolder.Events,
                "on: promise:musterstadt-baum",
                "on: promise:musterstadt-busch",
                "baum.yaml:2: The promise is not on record."
            },
            {
                SeedsFolder.Events,
                "on: promise:musterstadt-baum",
                "on: Baum",
                "baum.yaml:3: on: 'Baum' names no stream"
            },
            {
                SeedsFolder.Events,
                "https://musterstadt.example/1",
                "musterstadt.example",
                "baum.yaml:2: 'musterstadt.example' is no public http or https address."
            },
            {
                SeedsFolder.Events,
                "body: Rat der Stadt Musterstadt",
                "body: \"\"",
                "baum.yaml:2: A decision needs the body that took it."
            },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_one_line_with_file_and_line_and_nothing_is_recorded(
        string file,
        string from,
        string to,
        string sentence
    )
    {
        _seeds.Replace(file, from, to);
        var fault = (await Should.ThrowAsync<CatalogueException>(RecordAsync)).Faults[0];
        fault.ShouldStartWith("seeds/");
        fault.ShouldContain(sentence);
        fault.ShouldNotContain('\n');
        (await _ledger.Store.NextIndexAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_duplicate_id_names_both_places()
    {
        _seeds.Write(
            "events/doppelt.yaml",
            await File.ReadAllTextAsync(Path.Combine(_seeds.Path, SeedsFolder.Events))
        );
        var faults = await Should.ThrowAsync<CatalogueException>(RecordAsync);
        faults
            .Faults.ShouldHaveSingleItem()
            .ShouldBe(
                "seeds/events/doppelt.yaml:2: id: 'event:MU-1' stands already in seeds/events/baum.yaml:2"
            );
    }

    [Fact]
    public async Task A_missing_folder_is_said()
    {
        var gone = Path.Combine(_seeds.Path, "gone");
        var fault = await Should.ThrowAsync<CatalogueException>(() =>
            new CatalogueOf(_ledger.Store, TimeProvider.System).RecordAsync(gone)
        );
        fault.Message.ShouldContain("is missing");
    }
}
