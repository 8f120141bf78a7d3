using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Targets;
using Testing;
using Web.Hosting;
using CatalogueOf = Ledger.Catalogue.Catalogue;

namespace Ledger.Tests.Catalogue;

/// <summary>The real catalogue of this repository.</summary>
public sealed class RealSeedsTests : IAsyncLifetime
{
    private TestLedger _ledger = null!;

    public async ValueTask InitializeAsync()
    {
        _ledger = await TestLedger.CreateAsync();
        await new CatalogueOf(_ledger.Store, TimeProvider.System).RecordAsync(
            LedgerSettings.FromEnvironment().Seeds
        );
    }

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    private async Task<IReadOnlyList<StreamHistory>> Of(string kind) =>
        await _ledger.Store.ReadAllHistoriesAsync([kind], long.MaxValue).ToListAsync();

    [Fact]
    public async Task Every_promise_council_source_and_target_is_on_record()
    {
        (await Of("promise")).Count.ShouldBe(363);
        (await Of("source")).Count.ShouldBe(5);
        (await Of("council")).Select(c => c.Stream.Name).ShouldBe(["krefeld", "siegen"]);
        (await Of("target"))
            .Count(t => Target.From(t.Events).Set!.Municipality is not null)
            .ShouldBe(51 + 1, "the documents' targets, and Siegen's own of 2014");
        var krefeld = Ledger.Councils.Council.From((await Of("council"))[0].Events);
        krefeld.Committees.Count.ShouldBe(16);
    }

    [Fact]
    public async Task Timelines_show_life_and_no_step_of_any_is_refused()
    {
        var promises = (await Of("promise"))
            .Select(h => (h.Stream.Name, Promise: Promise.From(h.Events)))
            .ToList();
        promises.SelectMany(p => p.Promise.Steps).ShouldAllBe(s => s.Refusal == null);
        Status("krefeld-klimaneutral-2035").ShouldBe(PromiseStatus.Decided);
        Status("krefeld-drogenkonsumraum").ShouldBe(PromiseStatus.Fulfilled);
        Status("siegen-vierte-gesamtschule").ShouldBe(PromiseStatus.Fulfilled);
        Status("siegen-gewerbegebiet-oberschelden").ShouldBe(PromiseStatus.Abandoned);
        Status("siegen-neue-ufer-herrengarten").ShouldBe(PromiseStatus.Fulfilled);
        Status("siegen-co2-bilanz").ShouldBe(PromiseStatus.PartlyFulfilled);
        Status("krefeld-promenade").ShouldBe(PromiseStatus.Started);
        promises
            .Select(p => p.Promise.Status)
            .Distinct()
            .Count()
            .ShouldBeGreaterThan(7, "many histories have an end of their own");
        promises.Count(p => p.Promise.Status == PromiseStatus.Unchecked).ShouldBeInRange(250, 320);

        PromiseStatus Status(string name) => promises.Single(p => p.Name == name).Promise.Status;
    }

    [Fact]
    public async Task The_60_percent_target_cannot_be_assessed()
    {
        var target = Target.From(
            await _ledger.Store.ReadStreamAsync(
                StreamKey.Target("krefeld-emissionen-minus-60-2025")
            )
        );
        target.Assess().IsPossible.ShouldBeFalse();
        target.Assess().Gaps.ShouldContain(Missing.BaseValue);
        target.Assess().Latest!.Value.ShouldBe(2.15m);
    }
}
