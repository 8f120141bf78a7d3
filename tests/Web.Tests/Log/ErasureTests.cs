using System.Net;
using System.Text.Json;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Transparency;
using Npgsql;
using Testing;

namespace Web.Tests.Log;

/// <summary>What was erased or withheld is gone from pages, API and log, and everything that is left is still served.</summary>
public sealed class ErasureTests : IAsyncLifetime
{
    private const string Secret = "Erna Erfunden";
    private const string Blunder = "Ein Satz, der nie hätte erfasst werden dürfen";

    private static readonly Text s_ground = new("Auf Antrag der genannten Person.");

    private LedgerSite _site = null!;
    private NpgsqlDataSource _owner = null!;
    private List<RecordedEvent> _events = [];

    private OperatorErasure Erasure => new(_owner, _site.Log, TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        _site = await LedgerSite.StartAsync();
        _owner = OperatorErasure.OpenOwner(_site.Database.AddressOf("postgres"));
        var stream = StreamKey.Promise("krefeld-klimaneutral-2035");
        var events = await _site.Ledger.Store.ReadStreamAsync(stream);
        await _site.Ledger.Store.AppendAsync(
            Append.To(
                stream,
                events.Count,
                new Stated
                {
                    About = events[0].Id,
                    Stance = Stance.Explains,
                    Function = "Sprecherin einer erfundenen Initiative",
                    Name = Secret,
                    Text = "Das haben wir nie so gemeint.",
                }.On("2024"),
                new Reported().On("2024-05") with
                {
                    Summary = new Text(Blunder),
                }
            )
        );
        _events = (await _site.Ledger.Store.ReadStreamAsync(stream)).Skip(events.Count).ToList();
        await SettledAsync();
        (await AllAsync()).ShouldContain(Secret);
        (await AllAsync()).ShouldContain(Blunder);
    }

    public async ValueTask DisposeAsync()
    {
        await _owner.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task An_erased_value_is_gone_from_every_answer()
    {
        (await Erasure.EraseAsync(_events[0].Id, [], s_ground)).ShouldBeOfType<Decision.Accepted>();
        await SettledAsync();

        (await AllAsync()).ShouldNotContain(Secret);
    }

    [Fact]
    public async Task A_withheld_event_is_gone_from_every_answer_and_listed()
    {
        (
            await Erasure.WithholdAsync(_events[1].Index, s_ground)
        ).ShouldBeOfType<Decision.Accepted>();
        await SettledAsync();

        (await AllAsync()).ShouldNotContain(Blunder);
        using var listed = JsonDocument.Parse(await TextAsync("/log/withheld"));
        var item = listed.RootElement.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        item.GetProperty("index").GetInt64().ShouldBe(_events[1].Index);
        item.GetProperty("declaredBy").GetInt64().ShouldBe(_events[1].Index + 1);
        Convert.FromBase64String(item.GetProperty("hash").GetString()!).Length.ShouldBe(32);
        (
            await LogCheck.WholeAsync(
                _site.Ledger.Database,
                (await Origin.FixedAsync(_site.Ledger.Database))!
            )
        ).ShouldBeEmpty();
        using var health = await _site.Http.GetAsync("/health/ledger");
        health.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task When_what_opened_a_promise_is_withheld_the_promise_is_gone_and_the_rest_goes_on()
    {
        var first = (await _site.Ledger.Store.ReadStreamAsync(_events[0].Stream))[0];
        (await Erasure.WithholdAsync(first.Index, s_ground)).ShouldBeOfType<Decision.Accepted>();
        await SettledAsync();

        using var page = await _site.Http.GetAsync("/krefeld/zusagen/klimaneutral-2035");
        page.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await TextAsync("/krefeld")).ShouldContain("Krefeld");
        (await TextAsync($"/ereignisse/{first.Id}")).ShouldContain("wird zurückgehalten");
        using var health = await _site.Http.GetAsync("/health/ledger");
        health.StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var projection in _site.Ledger.Engine.Projections)
        {
            (await _site.Ledger.Engine.CheckAsync(projection)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_withheld_reply_is_gone_with_its_values()
    {
        (
            await Erasure.WithholdAsync(_events[0].Index, s_ground)
        ).ShouldBeOfType<Decision.Accepted>();
        await SettledAsync();

        (await AllAsync()).ShouldNotContain(Secret);
        (await _site.Database.AskAsync<long>("select count(*) from ledger.disclosure")).ShouldBe(0);
    }

    private async Task SettledAsync()
    {
        await _site.CaughtUpAsync();
        await _site.PublishedAsync();
    }

    // Every answer in which one of them could stand.
    private async Task<string> AllAsync()
    {
        var texts = new List<string>();
        foreach (
            var path in (string[])
                [
                    "/krefeld",
                    "/krefeld/zusagen/klimaneutral-2035",
                    "/api/v1/promises/krefeld-klimaneutral-2035",
                    "/api/v1/promises/krefeld-klimaneutral-2035/events",
                    .. _events.Select(e => $"/api/v1/events/{e.Id}"),
                    $"/api/v1/events?cursor={_events[0].Index}",
                    .. _events.Select(e => $"/log/tile/entries/{Bundle(e.Index)}"),
                    "/log/withheld",
                    "/krefeld/zusagen",
                ]
        )
        {
            texts.Add(WebUtility.HtmlDecode(await TextAsync(path)));
        }

        return string.Join('\n', texts);
    }

    // The bundle that ends with an entry.
    private static string Bundle(long index) => Tile.PathOf(index / 256, (int)(index % 256) + 1);

    private async Task<string> TextAsync(string path)
    {
        using var answer = await _site.Http.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{path}: {text}");
        return text;
    }
}
