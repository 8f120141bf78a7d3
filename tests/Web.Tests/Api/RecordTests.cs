using System.Net;
using Testing;
using Web.Accounts;

namespace Web.Tests.Api;

/// <summary>Writing where review is off.</summary>
public sealed class RecordTests : IAsyncLifetime
{
    private LedgerSite _site = null!;
    private HttpClient _editor = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await LedgerSite.StartAsync(seeds: false, fourEyes: false);
        _editor = (await _site.WriterAsync()).Http;
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private const string Events = "promises/musterstadt-zusage-1/events";

    [Fact]
    public async Task A_promise_goes_from_promised_to_completed()
    {
        await Town.FoundAsync(_editor);

        var started = await _editor.PostAsync(Events, Town.Event("started", "2021"), 1);
        var entry = await started.CreatedAsync();
        started.Headers.Location!.OriginalString.ShouldBe($"/api/v1/events/{entry["id"]}");
        ((long)entry["version"]!).ShouldBe(2);
        ((string?)entry["event"]!["type"]).ShouldBe("started");
        ((string?)entry["recordedBy"]).ShouldStartWith("p-");
        (
            await (
                await _editor.PostAsync(
                    Events,
                    Town.Event("completed", "2023-06", "\"extent\":\"whole\""),
                    2
                )
            ).CreatedAsync()
        ).ShouldNotBeNull();

        var promise = await _site.Http.GetJsonAsync("promises/musterstadt-zusage-1");
        ((string?)promise["overview"]!["status"]).ShouldBe("fulfilled");
        promise["timeline"]!.AsArray().Count.ShouldBe(3);
        (await _site.Http.GetJsonAsync($"events/{entry["id"]}"))
            .ToJsonString()
            .ShouldBe(entry.ToJsonString());
    }

    [Fact]
    public async Task A_write_without_the_version_it_has_read_is_refused()
    {
        await Town.FoundAsync(_editor);

        await (await _editor.PostAsync(Events, Town.Event("started"))).ProblemAsync(
            428,
            "precondition-required"
        );
        var stale = await _editor.PostAsync(Events, Town.Event("started"), 7);
        ((long)(await stale.ProblemAsync(412, "stale-version"))["currentVersion"]!).ShouldBe(1);
        stale.Headers.ETag!.Tag.ShouldBe("\"1\"");
        var read = await _site.Http.GetAsync(
            $"/api/v1/{Events}",
            TestContext.Current.CancellationToken
        );
        read.Headers.ETag!.Tag.ShouldBe("\"1\"");
        (await _site.Ledger.Store.NextIndexAsync(TestContext.Current.CancellationToken)).ShouldBe(
            3
        );
    }

    [Fact]
    public async Task A_refusal_says_its_sentence_in_both_languages()
    {
        await Town.FoundAsync(_editor);

        var refused = await (
            await _editor.PostAsync(Events, Town.Event("resumed"), 1)
        ).ProblemAsync(409, "not-resting");
        ((string?)refused["reason"]!["de"]).ShouldNotBeNullOrWhiteSpace();
        ((string?)refused["reason"]!["en"]).ShouldBe((string?)refused["detail"]);
        await (await _editor.PostAsync("promises", Town.Promise())).ProblemAsync(
            409,
            "already-on-record"
        );
        await (
            await _editor.PostAsync("promises/musterstadt-niemals/events", Town.Event("started"), 1)
        ).ProblemAsync(404, "not-found");
        await (
            await _editor.PostAsync(
                "promises",
                Town.Promise("zusage-2")
                    .Replace("vereinbarung-2020", "nirgends", StringComparison.Ordinal)
            )
        ).ProblemAsync(409, "unknown-stream");
    }

    [Fact]
    public async Task A_key_makes_a_write_happen_once()
    {
        await Town.FoundAsync(_editor);
        var body = Town.Event("started");

        var first = await (await _editor.PostAsync(Events, body, 1, "k-1")).CreatedAsync();

        // The replay check comes before the version: a client that read again after the first answer was lost gets it.
        foreach (long? version in (long?[])[1, 2, 99, null])
        {
            var again = await _editor.PostAsync(Events, body, version, "k-1");
            (await again.CreatedAsync()).ToJsonString().ShouldBe(first.ToJsonString());
        }

        await (await _editor.PostAsync(Events, Town.Event("stalled"), 2, "k-1")).ProblemAsync(
            422,
            "idempotency-key-reused"
        );
        var other = (await _site.WriterAsync()).Http;
        (
            await (await other.PostAsync(Events, Town.Event("stalled"), 2, "k-1")).CreatedAsync()
        ).ShouldNotBeNull();
        await (await _editor.PostAsync(Events, body, 3, "with space")).ProblemAsync(
            400,
            "bad-parameter"
        );
        (await _site.Ledger.Store.NextIndexAsync(TestContext.Current.CancellationToken)).ShouldBe(
            5
        );
    }

    [Fact]
    public async Task A_refused_write_does_not_use_up_its_key()
    {
        await Town.FoundAsync(_editor);

        await (await _editor.PostAsync(Events, Town.Event("started"), 9, "k-1")).ProblemAsync(
            412,
            "stale-version"
        );
        (
            await (await _editor.PostAsync(Events, Town.Event("started"), 1, "k-1")).CreatedAsync()
        ).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_key_is_forgotten_after_thirty_days()
    {
        await Town.FoundAsync(_editor);
        await (await _editor.PostAsync(Events, Town.Event("started"), 1, "k-1")).CreatedAsync();
        await _site.Database.RunAsync(
            "update ledger.idempotency set recorded = recorded - interval '31 days'"
        );

        (
            await (await _editor.PostAsync(Events, Town.Event("stalled"), 2, "k-1")).CreatedAsync()
        ).ShouldNotBeNull();
    }

    [Fact]
    public async Task Twins_at_the_same_moment_get_the_same_answer()
    {
        await Town.FoundAsync(_editor);
        for (var round = 0; round < 10; round++)
        {
            var version = 1L + round;
            var body = Town.Event(
                round % 2 == 0 ? "stalled" : "resumed",
                $"2024-05-{round + 1:00}"
            );
            var twins = await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(_ => _editor.PostAsync(Events, body, version, $"k-{round}"))
            );

            var answers = await Task.WhenAll(twins.Select(t => t.CreatedAsync()));
            answers.Select(a => a.ToJsonString()).Distinct().Count().ShouldBe(1);
        }

        (await _site.Ledger.Store.NextIndexAsync(TestContext.Current.CancellationToken)).ShouldBe(
            13
        );
    }

    [Fact]
    public async Task Fifty_writers_on_ten_streams_lose_and_invent_nothing()
    {
        await Town.FoundAsync(_editor, promises: 10);
        var before = await _site.Ledger.Store.NextIndexAsync(TestContext.Current.CancellationToken);
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(Load.Times(60)));
        var accepted = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>();
        var odd = new System.Collections.Concurrent.ConcurrentBag<string>();

        await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(async writer =>
                {
                    var random = new Random(writer);
                    for (var n = 0; !over.IsCancellationRequested; n++)
                    {
                        var events = $"promises/musterstadt-zusage-{random.Next(1, 11)}/events";
                        var read = await _editor.GetAsync(
                            $"/api/v1/{events}",
                            CancellationToken.None
                        );
                        var version = long.Parse(
                            read.Headers.ETag!.Tag.Trim('"'),
                            System.Globalization.CultureInfo.InvariantCulture
                        );
                        var body = Town.Event(
                            random.Next(3) == 0 ? "resumed" : "stalled",
                            $"2024-{random.Next(1, 13):00}"
                        );
                        var key = $"{writer}-{n}";
                        var answer = await _editor.PostAsync(events, body, version, key);
                        if (random.Next(4) == 0)
                        {
                            answer = await _editor.PostAsync(events, body, version, key);
                        }

                        var text = await answer.Content.ReadAsStringAsync(CancellationToken.None);
                        if (answer.StatusCode == HttpStatusCode.Created)
                        {
                            accepted[answer.Headers.Location!.OriginalString] = true;
                        }
                        else if (
                            answer.StatusCode
                            is not (HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed)
                        )
                        {
                            odd.Add($"{answer.StatusCode} {text}");
                        }
                    }
                })
        );

        odd.ShouldBeEmpty();
        var recorded = await _site.Ledger.Store.ReadAllAsync(
            before,
            1_000_000,
            TestContext.Current.CancellationToken
        );
        recorded.Select(e => $"/api/v1/events/{e.Id}").Order().ShouldBe(accepted.Keys.Order());
        accepted.Count.ShouldBeGreaterThan(50);
    }

    [Fact]
    public async Task A_correction_changes_the_promise_from_its_moment_on()
    {
        await Town.FoundAsync(_editor);
        var funded = await (
            await _editor.PostAsync(
                Events,
                Town.Event("funded", fields: "\"amount\":\"100.00\",\"kind\":\"own\""),
                1
            )
        ).CreatedAsync();
        var index = (long)funded["index"]!;
        var corrected = await _editor.PostAsync(
            Events,
            Town.Event(
                "corrected",
                "2024-06-01",
                $$"""
                "event":"{{funded[
                    "id"
                ]}}","field":"amount","from":"100.00","to":"120.00","reason":{"de":"Zahlendreher."}
                """
            ),
            2
        );
        await corrected.CreatedAsync();

        var now = await _site.Http.GetJsonAsync("promises/musterstadt-zusage-1");
        ((string?)now["timeline"]![1]!["entry"]!["event"]!["amount"]).ShouldBe("120.00");
        ((bool)now["overview"]!["corrected"]!).ShouldBeTrue();
        var before = await _site.Http.GetJsonAsync($"promises/musterstadt-zusage-1?stand={index}");
        ((string?)before["timeline"]![1]!["entry"]!["event"]!["amount"]).ShouldBe("100.00");
        ((bool)before["overview"]!["corrected"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task A_contributor_records_too_where_no_second_person_is_asked()
    {
        await Town.FoundAsync(_editor);
        var contributor = (await _site.WriterAsync(Role.Contributor)).Http;

        (
            await (await contributor.PostAsync(Events, Town.Event("started"), 1)).CreatedAsync()
        ).ShouldNotBeNull();
        ((bool)(await _site.Http.GetJsonAsync("installation"))["fourEyes"]!).ShouldBeFalse();
    }
}
