using System.Globalization;
using System.IO.Compression;
using System.Net;
using Ledger.Promises;
using Testing;

namespace Web.Tests.Feeds;

/// <summary>What caches and browsers need of every document.</summary>
public sealed class HttpTests(HttpTests.Published published) : IClassFixture<HttpTests.Published>
{
    private readonly LedgerSite _site = published.Site;

    public static TheoryData<string> Documents =>
        [
            "/feeds/changes.atom?topic=klima",
            "/feeds/changes.json?topic=klima",
            "/feeds/archive/1/0.atom",
            "/feeds/archive/1/0.json",
            "/feeds/deadlines.ics?municipality=musterstadt",
            "/feeds/due-today.txt?date=2030-12-31",
            "/feeds/due-today.json?date=2030-12-31",
            "/api/v1/events?after=-1",
            "/api/v1/events?format=csv",
        ];

    private Task<HttpResponseMessage> SendAsync(
        string address,
        HttpMethod? method = null,
        params (string Name, string Value)[] headers
    )
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, address);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return _site.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task A_reader_that_has_it_already_is_told_so_and_gets_nothing(string address)
    {
        using var first = await SendAsync(address);
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.Headers.ETag!.IsWeak.ShouldBeFalse();

        using var again = await SendAsync(
            address,
            null,
            ("If-None-Match", first.Headers.ETag.ToString())
        );
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        again.Headers.ETag.ShouldBe(first.Headers.ETag);
        (
            await again.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)
        ).ShouldBeEmpty();

        using var other = await SendAsync(address, null, ("If-None-Match", "\"something-else\""));
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Head_says_what_get_says_without_the_body(string address)
    {
        using var get = await SendAsync(address);
        using var head = await SendAsync(address, HttpMethod.Head);

        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Headers.ETag.ShouldBe(get.Headers.ETag);
        head.Content.Headers.ContentLength.ShouldBe(get.Content.Headers.ContentLength);
        head.Content.Headers.ContentType.ShouldBe(get.Content.Headers.ContentType);
        (
            await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)
        ).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Compressed_it_is_the_same_under_a_tag_of_its_own(string address)
    {
        var plain = await _site.Http.GetByteArrayAsync(
            address,
            TestContext.Current.CancellationToken
        );
        if (plain.Length < 500)
        {
            return;
        }

        using var zipped = await SendAsync(address, null, ("Accept-Encoding", "gzip"));
        using var brotli = await SendAsync(address, null, ("Accept-Encoding", "gzip, br;q=0.9"));
        using var none = await SendAsync(address, null, ("Accept-Encoding", "gzip;q=0, identity"));

        zipped.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        brotli.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        none.Content.Headers.ContentEncoding.ShouldBeEmpty();
        Unpacked(
                new GZipStream(
                    await zipped.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken),
                    CompressionMode.Decompress
                )
            )
            .ShouldBe(plain);
        Unpacked(
                new BrotliStream(
                    await brotli.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken),
                    CompressionMode.Decompress
                )
            )
            .ShouldBe(plain);
        new[] { zipped.Headers.ETag, brotli.Headers.ETag, none.Headers.ETag }
            .Distinct()
            .Count()
            .ShouldBe(3);
        zipped.Headers.Vary.ShouldContain("Accept-Encoding");

        using var again = await SendAsync(
            address,
            null,
            ("Accept-Encoding", "gzip"),
            ("If-None-Match", zipped.Headers.ETag!.ToString())
        );
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Any_site_may_read_it(string address)
    {
        using var answer = await SendAsync(address, null, ("Origin", "https://redaktion.example"));
        using var asked = await SendAsync(
            address,
            HttpMethod.Options,
            ("Origin", "https://redaktion.example"),
            ("Access-Control-Request-Method", "GET"),
            ("Access-Control-Request-Headers", "if-none-match")
        );

        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        string.Join(',', answer.Headers.GetValues("Access-Control-Expose-Headers"))
            .ShouldContain("Link");
        asked.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        string.Join(',', asked.Headers.GetValues("Access-Control-Allow-Headers"))
            .ShouldContain("if-none-match");
    }

    [Fact]
    public async Task An_archive_may_be_kept_for_ever_and_the_current_document_for_a_minute()
    {
        using var archive = await SendAsync("/feeds/archive/1/0.atom");
        using var current = await SendAsync("/feeds/changes.atom");

        archive.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        current.Headers.CacheControl!.ToString().ShouldBe("public, max-age=60");
        var links = string.Join('\n', current.Headers.GetValues("Link"));
        links.ShouldContain("/feeds/changes.atom>; rel=\"self\"");
        links.ShouldContain("/aenderungen>; rel=\"alternate\"");
        links.ShouldNotContain("hub");
        string.Join('\n', archive.Headers.GetValues("Link"))
            .ShouldContain("/feeds/changes.atom>; rel=\"current\"");
    }

    [Fact]
    public async Task A_document_tells_when_it_changed_last_once_nothing_can_follow_in_the_same_second()
    {
        await Task.Delay(2_100, TestContext.Current.CancellationToken);
        using var first = await SendAsync("/feeds/changes.atom");
        var changed = first.Content.Headers.LastModified.ShouldNotBeNull();

        using var again = await SendAsync(
            "/feeds/changes.atom",
            null,
            ("If-Modified-Since", changed.ToString("R", CultureInfo.InvariantCulture))
        );
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);

        await _site.RecordAsync(Sample.Stream(900), Sample.Promised(900));
        await _site.ShownAsync();
        using var newer = await SendAsync(
            "/feeds/changes.atom",
            null,
            ("If-Modified-Since", changed.ToString("R", CultureInfo.InvariantCulture))
        );
        newer.StatusCode.ShouldBe(HttpStatusCode.OK);
        newer.Content.Headers.LastModified.ShouldBeNull();
        newer.Headers.ETag.ShouldNotBe(first.Headers.ETag);
    }

    [Fact]
    public async Task A_page_heads_with_the_feeds_of_what_it_shows()
    {
        var page = await _site.Http.GetStringAsync(
            "/musterstadt/zusagen/zusage-1",
            TestContext.Current.CancellationToken
        );
        page.ShouldContain("href=\"/feeds/changes.atom?promise=musterstadt-zusage-1\"");
        page.ShouldContain(
            "type=\"text/calendar\" title=\"Zusagenbuch: Fristen\" hreflang=\"de\" href=\"/feeds/deadlines.ics?promise=musterstadt-zusage-1\""
        );

        (
            await _site.Http.GetStringAsync(
                "/musterstadt/ausschuesse/bau",
                TestContext.Current.CancellationToken
            )
        ).ShouldContain("/feeds/changes.atom?committee=musterstadt/bau");
        (
            await _site.Http.GetStringAsync("/musterstadt", TestContext.Current.CancellationToken)
        ).ShouldContain("/feeds/changes.atom?municipality=musterstadt");
        (await _site.Http.GetStringAsync("/", TestContext.Current.CancellationToken)).ShouldContain(
            "href=\"/feeds/changes.atom\""
        );
    }

    private static byte[] Unpacked(Stream packed)
    {
        using var plain = new MemoryStream();
        packed.CopyTo(plain);
        return plain.ToArray();
    }

    /// <summary>Sixty invented promises, published once for all tests: none of them changes what another reads.</summary>
    public sealed class Published : IAsyncLifetime
    {
        public LedgerSite Site { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Site = await LedgerSite.StartAsync(seeds: false);
            await Site.FoundAsync();
            for (var n = 0; n < 60; n++)
            {
                await Site.RecordAsync(
                    Sample.Stream(n),
                    Sample.Promised(
                        n,
                        deadline: new Deadline(
                            Ledger.Recording.Edtf.Parse("2030"),
                            DeadlineBasis.Stated
                        )
                    ),
                    new Started().On("2021")
                );
            }

            await Site.ShownAsync();
        }

        public ValueTask DisposeAsync() => Site.DisposeAsync();
    }
}
