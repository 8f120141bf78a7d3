using System.Net;
using System.Text.Json;
using Ledger.EventStore;
using Ledger.Promises;
using Testing;
using Web.Hosting;

namespace Web.Tests.Hosting;

public sealed class HealthTests : IAsyncLifetime
{
    private LedgerSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await LedgerSite.StartAsync(seeds: false);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private async Task<(HttpStatusCode Code, JsonElement Report)> HealthAsync()
    {
        using var answer = await _site.Http.GetAsync("/health/ledger");
        using var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (answer.StatusCode, report.RootElement.Clone());
    }

    private static string[] Faults(JsonElement report) =>
        [.. report.GetProperty("faults").EnumerateArray().Select(f => f.GetString()!)];

    [Fact]
    public async Task A_recorded_event_is_folded_by_itself_within_moments()
    {
        await _site.Ledger.Store.AppendAsync(Append.To(Sample.Stream(1), 0, Sample.Promised()));
        await _site.CaughtUpAsync();
        var (code, report) = await HealthAsync();
        code.ShouldBe(HttpStatusCode.OK);
        report.GetProperty("events").GetInt64().ShouldBe(1);
        report
            .GetProperty("projections")
            .EnumerateArray()
            .ShouldAllBe(p => p.GetProperty("behind").GetInt64() == 0);
    }

    [Fact]
    public async Task A_stopped_projection_shows_its_event_and_the_reason()
    {
        var bad = Guid.CreateVersion7();
        await _site.Database.RunAsync(
            $$"""
            begin; set local role ledger_foreign; set local search_path = ledger;
            insert into mt_streams (id, type, version) values ('target:musterstadt-fremd', 'target', 1);
            insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp)
              values (nextval('mt_events_sequence'), '{{bad}}', 'target:musterstadt-fremd', 1, '{}', 'target_set', now());
            commit;
            """
        );
        await _site.Ledger.Store.AppendAsync(Append.To(Sample.Stream(1), 0, Sample.Promised()));
        await _site.CaughtUpAsync();

        var (code, report) = await HealthAsync();
        code.ShouldBe(HttpStatusCode.ServiceUnavailable);
        report.GetProperty("status").GetString().ShouldBe("faulty");
        Faults(report).ShouldNotBeEmpty();
        Faults(report).ShouldAllBe(f => f.Contains(bad.ToString()));
        var stopped = report
            .GetProperty("projections")
            .EnumerateArray()
            .Single(p => p.GetProperty("name").GetString() == "targets");
        stopped.GetProperty("stoppedAt").GetGuid().ShouldBe(bad);
        report
            .GetProperty("projections")
            .EnumerateArray()
            .Single(p => p.GetProperty("name").GetString() == "timelines")
            .GetProperty("next")
            .GetInt64()
            .ShouldBe(2);
    }

    [Fact]
    public async Task An_event_without_an_index_is_a_fault()
    {
        await _site.Ledger.Store.AppendAsync(
            Append.To(Sample.Stream(1), 0, Sample.Promised(), new Started().On("2021"))
        );
        await _site.CaughtUpAsync();
        await _site.Database.RunAsync(
            "set session_replication_role = replica; alter table ledger.log_index disable trigger all; delete from ledger.log_index where idx = 1"
        );
        var (code, report) = await HealthAsync();
        code.ShouldBe(HttpStatusCode.ServiceUnavailable);
        Faults(report).ShouldContain("1 events have no index.");
        Faults(report)
            .ShouldContain(f => f.StartsWith("The index is not whole", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_node_takes_the_projections_over_when_the_first_is_gone()
    {
        await using var second = new OpenLedger(_site.Database.Prepared);
        await using var app = Site.Build(second, "http://127.0.0.1:0");
        await Site.ListenAsync(app, "http://127.0.0.1:0");
        await _site.Ledger.Store.AppendAsync(Append.To(Sample.Stream(1), 0, Sample.Promised()));
        await _site.CaughtUpAsync();

        await _site.StopAsync();
        await second.Store.AppendAsync(Append.To(Sample.Stream(2), 0, Sample.Promised(2)));

        var patience = System.Diagnostics.Stopwatch.StartNew();
        while ((await second.Engine.StateAsync()).Any(p => p.Next < 2))
        {
            patience.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15));
            await Task.Delay(20);
        }

        await app.StopAsync();
    }

    [Fact]
    public async Task Health_answers_HEAD_too()
    {
        using var head = new HttpRequestMessage(HttpMethod.Head, "/health/ledger");
        (await _site.Http.SendAsync(head)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
