using System.Diagnostics;
using System.Net;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Sources;
using Ledger.Transparency;
using Microsoft.Extensions.Logging.Abstractions;
using Testing;
using Web.Feeds;
using Web.Hosting;
using Web.Pages.Caching;

namespace Web.Tests.Pages;

/// <summary>Pages are kept in memory, and nobody ever sees one that is not true any more.</summary>
public sealed class KeptPagesTests : IAsyncLifetime
{
    private static readonly string[] s_pages =
    [
        "/",
        $"/en/{Sample.Town}",
        "/aenderungen",
        $"/{Sample.Town}",
        $"/{Sample.Town}/zusagen",
        $"/{Sample.Town}/zusagen?text=Radweg",
        $"/{Sample.Town}/zusagen.csv",
        $"/{Sample.Town}/zusagen/zusage-1",
        $"/en/{Sample.Town}/zusagen/zusage-1",
        $"/{Sample.Town}/ausschuesse/bau",
        $"/{Sample.Town}/quellen",
        $"/{Sample.Town}?zum=2023-01-01",
        $"/{Sample.Town}?stand=3",
        $"/{Sample.Town}/zusagen/zusage-1?stand=6",
        "/vergleich?von=2020-01-01&bis=2025-01-01",
        "/daten",
        "/sitemap.xml",
    ];

    private LedgerSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await LedgerSite.StartAsync(seeds: false);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Two_nodes_that_keep_pages_say_what_a_node_says_that_keeps_none()
    {
        await using var other = await SecondNode.StartAsync(_site, keepPages: true);
        await using var fresh = await SecondNode.StartAsync(_site, keepPages: false);
        await using var owner = OperatorErasure.OpenOwner(_site.Database.AddressOf("postgres"));
        var erasure = new OperatorErasure(owner, _site.Log, TimeProvider.System);
        var texts = new SourceTexts(_site.Ledger.Database);
        var town = new SampleTown(_site.Ledger.Store, 23);
        await town.FoundAsync();
        var document = SourceDocument.Read(
            "physical-lines/1",
            string.Concat(Enumerable.Range(1, 9).Select(n => $"Erfundene Zeile {n}.\n"))
        );
        for (var round = 0; round < Math.Max(8, Load.Times(60)); round++)
        {
            switch (round % 4)
            {
                case 3:
                    await texts.ForgetAsync(SourceSlug);
                    break;
                case 1:
                    await texts.ImportAsync(SourceSlug, new string('0', 64), document);
                    break;
                default:
                    for (var i = 0; i < 3; i++)
                    {
                        await town.LiveAsync();
                    }

                    break;
            }

            if (round == 5)
            {
                await _site.PublishedAsync();
                var shown = await _site.Ledger.Store.ReadStreamAsync(Sample.Stream(1));
                if (shown.Count > 0)
                {
                    await erasure.WithholdAsync(
                        shown[^1].Index,
                        new("Beschluss eines Gerichts (erfunden).")
                    );
                }
            }

            await _site.CaughtUpAsync();
            await other.Freshness.LookAsync();
            foreach (var page in s_pages)
            {
                var truth = await TextAsync(fresh.Http, page);
                truth.ShouldNotStartWith("InternalServerError", Case.Sensitive, page);
                (await TextAsync(_site.Http, page)).ShouldBe(truth, $"{round}: {page}");
                (await TextAsync(_site.Http, page)).ShouldBe(truth, $"{round}, kept: {page}");
                (await TextAsync(other.Http, page)).ShouldBe(truth, $"{round}, other: {page}");
            }
        }
    }

    [Fact]
    public async Task A_kept_page_is_served_without_asking_the_database()
    {
        await FoundAsync();
        var page = $"/{Sample.Town}/zusagen/zusage-1";
        var before = await TextAsync(_site.Http, page);
        await _site.Database.RunAsync("alter table timelines.promise rename to elsewhere");

        (await TextAsync(_site.Http, page)).ShouldBe(before);
        using var unkept = await _site.Http.GetAsync($"{page}?neu=1");
        unkept.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        await _site.Database.RunAsync("alter table timelines.elsewhere rename to promise");
    }

    [Fact]
    public async Task What_another_node_records_is_seen_here_long_before_anybody_looks_by_himself()
    {
        await FoundAsync();
        await using var other = await SecondNode.StartAsync(_site, keepPages: true);
        var page = $"/{Sample.Town}/zusagen/zusage-1";
        List<TimeSpan> times = [];
        for (var n = 1; n < 4; n++)
        {
            (await TextAsync(other.Http, page)).ShouldBe(await TextAsync(_site.Http, page));
            var old = await TextAsync(other.Http, page);
            var watch = Stopwatch.StartNew();
            await _site.Ledger.Store.AppendAsync(
                Append.To(Sample.Stream(1), n, new Started().On($"202{n}"))
            );
            while (await TextAsync(other.Http, page) == old)
            {
                watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(25));
                await Task.Delay(5);
            }

            times.Add(watch.Elapsed);
            await _site.CaughtUpAsync();
            await other.Freshness.LookAsync();
        }

        // Who only looked by himself would be as late as he looks rarely, each time after the first.
        times.Skip(1).Min().ShouldBeLessThan(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Nothing_is_kept_over_midnight_or_while_the_database_cannot_be_asked()
    {
        var clock = new SettableClock(new DateTimeOffset(2026, 3, 1, 22, 59, 59, TimeSpan.Zero));
        var ledger = new OpenLedger(_site.Database.Prepared);
        using var freshness = new Freshness(ledger, clock, NullLogger<Freshness>.Instance);
        freshness.For(false, Keeping.WhileTrue).ShouldBeNull();

        // A node that has just started still signs the empty log: two looks agree once it has.
        Stamp? today;
        var settling = Stopwatch.StartNew();
        do
        {
            settling.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(25));
            await freshness.LookAsync();
            today = freshness.For(false, Keeping.WhileTrue).ShouldNotBeNull();
            await freshness.LookAsync();
        } while (freshness.For(false, Keeping.WhileTrue) != today);

        clock.Now = clock.Now.AddSeconds(1);
        freshness.For(false, Keeping.WhileTrue).ShouldNotBe(today);

        // The database goes away under a node that runs.
        await freshness.StartAsync(TestContext.Current.CancellationToken);
        await EventuallyAsync(() => freshness.For(false, Keeping.WhileTrue) is not null);
        await TestLedger.ElsewhereAsync(
            $"alter database {_site.Database.Name} allow_connections false"
        );
        try
        {
            await TestLedger.ElsewhereAsync(
                $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{_site.Database.Name}'"
            );
            await EventuallyAsync(() => freshness.For(false, Keeping.WhileTrue) is null);
        }
        finally
        {
            await TestLedger.ElsewhereAsync(
                $"alter database {_site.Database.Name} allow_connections true"
            );
        }

        await EventuallyAsync(() => freshness.For(false, Keeping.WhileTrue) is not null);
        await freshness.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_page_of_the_past_stays_while_the_record_grows_and_goes_when_something_is_withheld()
    {
        await FoundAsync();
        var freshness = _site.Freshness;
        var past = freshness.For(true, Keeping.WhileTrue);
        var now = freshness.For(false, Keeping.WhileTrue);
        await _site.Ledger.Store.AppendAsync(
            Append.To(Sample.Stream(1), 1, new Started().On("2021"))
        );
        await _site.PublishedAsync();
        await _site.CaughtUpAsync();
        freshness.For(true, Keeping.WhileTrue).ShouldBe(past);
        freshness.For(false, Keeping.WhileTrue).ShouldNotBe(now);

        var promised = (await _site.Ledger.Store.ReadStreamAsync(Sample.Stream(1)))[0].Index;
        var page = $"/{Sample.Town}/zusagen/zusage-1?stand={promised}";
        (await TextAsync(_site.Http, page)).ShouldContain("Erfundene Zusage 1");
        await using var owner = OperatorErasure.OpenOwner(_site.Database.AddressOf("postgres"));
        await new OperatorErasure(owner, _site.Log, TimeProvider.System).WithholdAsync(
            promised,
            new("Beschluss eines Gerichts (erfunden).")
        );
        await _site.CaughtUpAsync();
        (await TextAsync(_site.Http, page)).ShouldNotContain("Erfundene Zusage 1");
    }

    [Fact]
    public async Task A_kept_answer_is_whole_in_each_encoding_for_each_method_and_for_who_has_it_already()
    {
        await FoundAsync(promises: 12);
        foreach (var path in (string[])[$"/{Sample.Town}/zusagen.csv", $"/{Sample.Town}?stand=3"])
        {
            using var head = await SendAsync(HttpMethod.Head, path);
            for (var time = 0; time < 2; time++)
            {
                using var plain = await SendAsync(HttpMethod.Get, path);
                using var brotli = await SendAsync(HttpMethod.Get, path, ("Accept-Encoding", "br"));
                using var zipped = await SendAsync(
                    HttpMethod.Get,
                    path,
                    ("Accept-Encoding", "gzip")
                );
                using var known = await SendAsync(
                    HttpMethod.Get,
                    path,
                    ("If-None-Match", plain.Headers.ETag!.ToString())
                );
                head.Content.Headers.ContentLength.ShouldBe(plain.Content.Headers.ContentLength);
                head.Headers.ETag.ShouldBe(plain.Headers.ETag);
                brotli.Content.Headers.ContentEncoding.ShouldBe(["br"]);
                zipped.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
                new[] { plain.Headers.ETag, brotli.Headers.ETag, zipped.Headers.ETag }
                    .Distinct()
                    .Count()
                    .ShouldBe(3);
                known.StatusCode.ShouldBe(HttpStatusCode.NotModified);
                (await known.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
                foreach (var answer in (HttpResponseMessage[])[plain, brotli, zipped, head])
                {
                    answer.Headers.Vary.ShouldContain("Accept-Encoding");
                    answer.Headers.CacheControl!.NoCache.ShouldBeTrue();
                    answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
                    answer
                        .Headers.Contains("X-Robots-Tag")
                        .ShouldBe(path.Contains("stand", StringComparison.Ordinal));
                    (answer.Content.Headers.ContentDisposition?.FileName).ShouldBe(
                        path.EndsWith(".csv", StringComparison.Ordinal)
                            ? $"zusagen-{Sample.Town}.csv"
                            : null
                    );
                }
            }
        }
    }

    [Fact]
    public async Task Redirects_refusals_and_what_is_not_there_are_answered_anew_each_time()
    {
        await FoundAsync();
        foreach (
            var (path, status) in new[]
            {
                ($"/{Sample.Town}?stand=2190-01-01", HttpStatusCode.Found),
                ($"/{Sample.Town}?stand=gestern", HttpStatusCode.BadRequest),
                ($"/{Sample.Town}/zusagen/gibt-es-nicht", HttpStatusCode.NotFound),
                ("/daten/zusagenbuch.jsonl", HttpStatusCode.OK),
            }
        )
        {
            for (var time = 0; time < 2; time++)
            {
                using var answer = await SendAsync(HttpMethod.Get, path);
                answer.StatusCode.ShouldBe(status, path);
                answer.Headers.ETag.ShouldBeNull(path);
            }
        }
    }

    private const string SourceSlug = "musterstadt-vereinbarung-2020";

    private async Task FoundAsync(int promises = 1)
    {
        await new SampleTown(_site.Ledger.Store, 1).FoundAsync();
        for (var n = 1; n <= promises; n++)
        {
            await _site.Ledger.Store.AppendAsync(
                Append.To(Sample.Stream(n), 0, Sample.Promised(n))
            );
        }
        await _site.PublishedAsync();
        await _site.CaughtUpAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _site.Http.SendAsync(request);
    }

    // Each node is reached at another port.
    private static async Task<string> TextAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        return $"{answer.StatusCode}\n{text.Replace(http.BaseAddress!.Authority, "host", StringComparison.Ordinal)}";
    }

    private static async Task EventuallyAsync(Func<bool> holds)
    {
        for (var watch = Stopwatch.StartNew(); !holds(); )
        {
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(25));
            await Task.Delay(20);
        }
    }

    private sealed class SettableClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
