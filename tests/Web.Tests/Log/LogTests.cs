using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Ledger.EventStore;
using Ledger.Transparency;
using Testing;

namespace Web.Tests.Log;

/// <summary>What is served below /log, as C2SP tlog-tiles has it.</summary>
public sealed class LogTests(LogTests.LoggedSite logged) : IClassFixture<LogTests.LoggedSite>
{
    private const int Size = 600;

    private readonly LedgerSite _site = logged.Site;

    [Fact]
    public async Task The_checkpoint_is_a_signed_note_of_what_is_recorded()
    {
        using var answer = await _site.Http.GetAsync("/log/checkpoint");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        answer.Headers.CacheControl!.NoCache.ShouldBeTrue();
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        var note = SignedNote.Parse(await answer.Content.ReadAsByteArrayAsync());
        note.By(_site.Log.ReadKey(Origin()).Verifier).ShouldNotBeNull();
        Checkpoint.Parse(note.Text).Size.ShouldBe(Size);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/log/checkpoint");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await _site.Http.SendAsync(again);
        unchanged.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task Every_entry_is_served_in_its_bundle_and_hashes_to_its_tile()
    {
        var root = await RootAsync();
        var tree = new Tree();
        foreach (var tile in Tile.Of(Size).Where(t => t.Level == 0))
        {
            var path = Tile.PathOf(tile.N, tile.Width);
            var hashes = await BytesAsync($"/log/tile/0/{path}");
            var bundle = await BytesAsync($"/log/tile/entries/{path}");
            var at = 0;
            for (var i = 0; i < tile.Width; i++)
            {
                var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.AsSpan(at));
                var leaf = Rfc6962.LeafHash(bundle.AsSpan(at + 2, length));
                leaf.ShouldBe(hashes.AsSpan(i * 32, 32).ToArray());
                tree.Add(leaf);
                at += 2 + length;
            }

            at.ShouldBe(bundle.Length);
        }

        tree.Root().ShouldBe(root);
    }

    [Theory]
    [InlineData("0/000")]
    [InlineData("0/001")]
    [InlineData("0/002.p/88")]
    [InlineData("0/002.p/1")]
    [InlineData("0/000.p/255")]
    [InlineData("1/000.p/2")]
    [InlineData("1/000.p/1")]
    [InlineData("entries/000.p/7")]
    [InlineData("entries/002.p/88")]
    public async Task Any_width_up_to_the_published_size_is_served_for_ever(string path)
    {
        using var answer = await _site.Http.GetAsync($"/log/tile/{path}");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/octet-stream");
        answer.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        using var head = await _site.Http.SendAsync(
            new HttpRequestMessage(HttpMethod.Head, $"/log/tile/{path}")
        );
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Content.Headers.ContentLength.ShouldBe(answer.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/00")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/002")]
    [InlineData("tile/0/002.p/89")]
    [InlineData("tile/0/003.p/1")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/1/000")]
    [InlineData("tile/1/000.p/3")]
    [InlineData("tile/2/000.p/1")]
    [InlineData("tile/63/000.p/1")]
    [InlineData("tile/64/000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/data/000")]
    [InlineData("tile/entries/002")]
    [InlineData("tile/entries/000.p/256")]
    [InlineData("tile/entries/")]
    [InlineData("tile/0/")]
    [InlineData("tile/0")]
    [InlineData("proof/600.tlog-proof")]
    [InlineData("proof/-1.tlog-proof")]
    [InlineData("proof/01.tlog-proof")]
    [InlineData("proof/1")]
    [InlineData("proof/99999999999999999999.tlog-proof")]
    [InlineData("nothing")]
    public async Task Anything_else_is_not_there_and_not_remembered_as_missing(string path)
    {
        using var answer = await _site.Http.GetAsync($"/log/{path}");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(599)]
    public async Task A_proof_of_one_entry_can_be_checked_without_the_log(int index)
    {
        var lines = (await TextAsync($"/log/proof/{index}.tlog-proof")).Split('\n');

        lines[0].ShouldBe("c2sp.org/tlog-proof@v1");
        lines[1].ShouldBe(string.Create(CultureInfo.InvariantCulture, $"index {index}"));
        var proof = lines
            .Skip(2)
            .TakeWhile(l => l.Length > 0)
            .Select(Convert.FromBase64String)
            .ToList();
        var note = SignedNote.Parse(string.Join('\n', lines.Skip(3 + proof.Count)));
        note.By(_site.Log.ReadKey(Origin()).Verifier).ShouldNotBeNull();
        var checkpoint = Checkpoint.Parse(note.Text);
        var entry = (await new LogReader(_site.Ledger.Database).ReadEntriesAsync(index, 1))[0];
        Proofs
            .CheckRecord(
                proof,
                checkpoint.Size,
                checkpoint.Root.Span,
                index,
                Rfc6962.LeafHash(entry.Bytes)
            )
            .ShouldBeTrue();
    }

    [Fact]
    public async Task The_policy_names_the_key_and_asks_for_no_witness()
    {
        var key = _site.Log.ReadKey(Origin()).Verifier;
        (await TextAsync("/log/policy")).ShouldBe($"log {key} https://{Origin()}\nquorum none\n");
    }

    [Fact]
    public async Task Past_checkpoints_are_listed_and_each_is_the_beginning_of_the_newest()
    {
        using var list = JsonDocument.Parse(await TextAsync("/log/checkpoints"));

        var items = list.RootElement.GetProperty("items").EnumerateArray().ToList();
        items.Count.ShouldBeGreaterThan(1);
        items[0].GetProperty("size").GetInt64().ShouldBe(Size);
        var log = new LogReader(_site.Ledger.Database);
        foreach (var item in items)
        {
            var checkpoint = Checkpoint.Parse(
                SignedNote.Parse(item.GetProperty("note").GetString()!).Text
            );
            checkpoint.Size.ShouldBe(item.GetProperty("size").GetInt64());
            (await log.TreeAsync(checkpoint.Size)).Root().ShouldBe(checkpoint.Root.ToArray());
            item.GetProperty("time")
                .GetDateTimeOffset()
                .ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
        }

        using var older = JsonDocument.Parse(await TextAsync($"/log/checkpoints?below={Size}"));
        older.RootElement.GetProperty("items").GetArrayLength().ShouldBe(items.Count - 1);
        using var bad = await _site.Http.GetAsync("/log/checkpoints?below=x");
        bad.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_is_recorded_while_nothing_else_happens_is_published_within_moments()
    {
        await using var site = await LedgerSite.StartAsync(seeds: false);
        var times = new List<double>();
        for (var n = 0; n < 5; n++)
        {
            await Task.Delay(1_100);
            var watch = System.Diagnostics.Stopwatch.StartNew();
            await site.Ledger.Store.AppendAsync(Append.To(Sample.Stream(n), 0, Sample.Promised(n)));
            await site.PublishedAsync();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Join(", ", times.Select(t => $"{t:0} ms"))
        );

        // The best of them: what waits for the next poll takes longer each time, what a busy machine delays does not.
        times.Min().ShouldBeLessThan(500);
        using var answer = await site.Http.GetAsync("/health/ledger");
        using var health = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        health.RootElement.GetProperty("log").GetProperty("published").GetInt64().ShouldBe(5);
    }

    private string Origin() => Ledger.EventStore.Origin.FixedAsync(_site.Ledger.Database).Result!;

    private async Task<byte[]> RootAsync() =>
        Checkpoint.Parse(SignedNote.Parse(await TextAsync("/log/checkpoint")).Text).Root.ToArray();

    private async Task<byte[]> BytesAsync(string path)
    {
        using var answer = await _site.Http.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private async Task<string> TextAsync(string path) =>
        Encoding.UTF8.GetString(await BytesAsync(path));

    /// <summary>A log of 600 entries and a few checkpoints.</summary>
    public sealed class LoggedSite : IAsyncLifetime
    {
        public LedgerSite Site { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Site = await LedgerSite.StartAsync(seeds: false);
            await RecordAsync(0, 10);
            await RecordAsync(10, 290);
            await RecordAsync(300, 300);
        }

        public ValueTask DisposeAsync() => Site.DisposeAsync();

        private async Task RecordAsync(int first, int count)
        {
            await Site.Ledger.Store.RecordBulkAsync(
                Enumerable
                    .Range(first, count)
                    .Select(n => Append.To(Sample.Stream(n), 0, Sample.Promised(n)))
            );
            await Site.PublishedAsync();
        }
    }
}
