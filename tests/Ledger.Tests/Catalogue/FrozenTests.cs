using Ledger.Catalogue;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Testing;
using CatalogueOf = Ledger.Catalogue.Catalogue;

namespace Ledger.Tests.Catalogue;

/// <summary>Once an item is frozen it is corrected with a reason, or the change is refused; never a silent difference.</summary>
public sealed class FrozenTests : IAsyncLifetime
{
    private const string Corrections = "corrections/musterstadt.yaml";
    private const string OldTitle = "title: {de: Bäume pflanzen, en: Plant trees}";
    private const string NewTitle =
        "title: {de: Möglichst Bäume pflanzen, en: Plant trees if possible}";
    private const string Correction = """
        corrections:
          - id: mu-1
            item: promise:musterstadt-baum
            field: title
            from: {de: Bäume pflanzen, en: Plant trees}
            occurred: null
            reason: {de: Das „möglichst“ fehlte.}
            source: {id: musterstadt-vereinbarung-2020, lines: 10-12, fingerprint: "0000000000000000000000000000000000000000000000000000000000000000"}
        """;

    private readonly SeedsFolder _seeds = new();
    private TestLedger _ledger = null!;

    public async ValueTask InitializeAsync() => _ledger = await TestLedger.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        _seeds.Dispose();
        await _ledger.DisposeAsync();
    }

    private CatalogueOf Catalogue => new(_ledger.Store, TimeProvider.System);

    private int Freeze() => CatalogueOf.FreezeAll(_seeds.Path, TimeProvider.System);

    private string Refusal() =>
        Should
            .Throw<CatalogueException>(() => CatalogueOf.Validate(_seeds.Path, TimeProvider.System))
            .Faults.ShouldHaveSingleItem();

    private async Task<Promise> TreeAsync() =>
        Promise.From(await _ledger.Store.ReadStreamAsync(StreamKey.Promise("musterstadt-baum")));

    [Fact]
    public async Task Freezing_adds_what_is_new_and_leaves_what_is_frozen()
    {
        Freeze().ShouldBe(5);
        Freeze().ShouldBe(0);
        (await Catalogue.RecordAsync(_seeds.Path)).ShouldBe(5);
    }

    [Fact]
    public void A_changed_item_is_refused_without_any_database_and_cannot_be_frozen_again()
    {
        Freeze();
        _seeds.Replace(SeedsFolder.Promises, OldTitle, NewTitle);
        Refusal()
            .ShouldStartWith(
                "seeds/promises/musterstadt-vereinbarung-2020/01-erfundenes.yaml:4: 'promise:musterstadt-baum' is frozen with other content"
            );
        Should.Throw<CatalogueException>(() => Freeze());
    }

    [Fact]
    public void A_frozen_item_cannot_go()
    {
        Freeze();
        _seeds.Write(SeedsFolder.Events, "events: []");
        Refusal()
            .ShouldBe(
                "seeds/FROZEN: 'event:MU-1' is frozen and no longer in the seeds; what is recorded stays."
            );
    }

    [Fact]
    public void A_damaged_list_of_fingerprints_is_refused_with_its_line()
    {
        _seeds.Write("FROZEN", "# fine\n\nnot a fingerprint\n");
        Refusal().ShouldStartWith("seeds/FROZEN:3: expected a fingerprint");
    }

    [Fact]
    public async Task A_changed_item_with_a_reason_is_recorded_as_its_correction()
    {
        Freeze();
        await Catalogue.RecordAsync(_seeds.Path);
        _seeds.Replace(SeedsFolder.Promises, OldTitle, NewTitle);
        _seeds.Write(Corrections, Correction);

        var added = await Catalogue.DiffAsync(_seeds.Path);
        added.ShouldHaveSingleItem().Id.ShouldBe("correction:mu-1");
        (await Catalogue.RecordAsync(_seeds.Path)).ShouldBe(1);
        (await Catalogue.RecordAsync(_seeds.Path)).ShouldBe(0);

        var tree = await TreeAsync();
        tree.IsCorrected.ShouldBeTrue();
        tree.First!.Title.En.ShouldBe("Plant trees if possible");
        ((Promised)tree.Recorded[0].Body).Title.En.ShouldBe("Plant trees");
        ((Corrected)tree.Recorded[^1].Body).Reason.De.ShouldBe("Das „möglichst“ fehlte.");
    }

    [Fact]
    public async Task An_installation_that_starts_later_has_the_same_history()
    {
        _seeds.Replace(SeedsFolder.Promises, OldTitle, NewTitle);
        _seeds.Write(Corrections, Correction);
        (await Catalogue.RecordAsync(_seeds.Path)).ShouldBe(6);
        var tree = await TreeAsync();
        tree.Recorded.Select(e => e.Type).ShouldBe(["promised", "decided", "corrected"]);
        ((Promised)tree.Recorded[0].Body).Title.De.ShouldBe("Bäume pflanzen");
        tree.First!.Title.De.ShouldBe("Möglichst Bäume pflanzen");
    }

    [Fact]
    public async Task A_field_can_be_corrected_twice()
    {
        Freeze();
        await Catalogue.RecordAsync(_seeds.Path);
        _seeds.Replace(SeedsFolder.Promises, OldTitle, NewTitle);
        _seeds.Write(Corrections, Correction);
        Freeze().ShouldBe(1);
        await Catalogue.RecordAsync(_seeds.Path);

        _seeds.Replace(SeedsFolder.Promises, NewTitle, "title: {de: Bäume setzen, en: Set trees}");
        _seeds.Write(
            Corrections,
            Correction
                + "\n"
                + Correction
                    .Replace("corrections:\n", "", StringComparison.Ordinal)
                    .Replace("mu-1", "mu-2", StringComparison.Ordinal)
                    .Replace(
                        "{de: Bäume pflanzen, en: Plant trees}",
                        "{de: Möglichst Bäume pflanzen, en: Plant trees if possible}",
                        StringComparison.Ordinal
                    )
        );
        (await Catalogue.RecordAsync(_seeds.Path)).ShouldBe(1);
        (await TreeAsync()).First!.Title.De.ShouldBe("Bäume setzen");
    }

    [Fact]
    public async Task Evidence_is_corrected_as_an_editor_writes_it()
    {
        Freeze();
        await Catalogue.RecordAsync(_seeds.Path);
        _seeds.Replace(SeedsFolder.Events, "musterstadt.example/1", "musterstadt.example/rat/1");
        _seeds.Write(
            Corrections,
            """
            corrections:
              - id: mu-3
                item: event:MU-1
                field: evidence
                from:
                  - {url: "https://musterstadt.example/1", publisher: Stadt Musterstadt, published: null, retrieved: "2026-01-02"}
                occurred: null
                reason: {de: Die Adresse war falsch.}
                evidence:
                  - {url: "https://musterstadt.example/rat/1", publisher: Stadt Musterstadt, published: null, retrieved: "2026-01-02"}
            """
        );
        (await Catalogue.RecordAsync(_seeds.Path)).ShouldBe(1);
    }

    [Theory]
    [InlineData(
        "item: promise:musterstadt-baum",
        "item: promise:musterstadt-busch",
        "corrections/musterstadt.yaml:3: item: there is no item 'promise:musterstadt-busch' in the seeds"
    )]
    [InlineData(
        "from: {de: Bäume pflanzen, en: Plant trees}",
        "from: {de: Möglichst Bäume pflanzen, en: Plant trees if possible}",
        "corrections/musterstadt.yaml:2: from: this is what the item says now"
    )]
    [InlineData(
        "from: {de: Bäume pflanzen, en: Plant trees}",
        "from: {de: Sträucher}",
        "'promise:musterstadt-baum' is frozen with other content"
    )]
    [InlineData(
        "field: title",
        "field: titel",
        "corrections/musterstadt.yaml:4: field: 'promise:musterstadt-baum' has no field 'titel'"
    )]
    [InlineData(
        "    reason: {de: Das „möglichst“ fehlte.}\n",
        "",
        "corrections/musterstadt.yaml:2: a field is missing: 'reason'"
    )]
    public void A_correction_that_does_not_fit_is_refused(string from, string to, string sentence)
    {
        Freeze();
        _seeds.Replace(SeedsFolder.Promises, OldTitle, NewTitle);
        _seeds.Write(Corrections, Correction.Replace(from, to, StringComparison.Ordinal));
        Should
            .Throw<CatalogueException>(() => CatalogueOf.Validate(_seeds.Path, TimeProvider.System))
            .Message.ShouldContain(sentence);
    }

    [Fact]
    public async Task The_difference_lists_what_recording_would_add_and_records_nothing()
    {
        var added = await Catalogue.DiffAsync(_seeds.Path);
        added
            .Select(a => a.Id)
            .ShouldBe([
                "source:musterstadt-vereinbarung-2020",
                "event:musterstadt-registered",
                "committee:musterstadt/umwelt",
                "promise:musterstadt-baum",
                "event:MU-1",
            ]);
        added[^1].Place.ShouldBe("seeds/events/baum.yaml:2");
        (await _ledger.Store.NextIndexAsync()).ShouldBe(0);
    }
}
