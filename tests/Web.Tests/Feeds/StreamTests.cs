using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Promises;
using Ledger.Transparency;
using Testing;
using Web.Api.Limits;

namespace Web.Tests.Feeds;

/// <summary>The stream of server-sent events: whatever happens to the connection, a listener ends with the record's own sequence.</summary>
public sealed class StreamTests : IAsyncLifetime
{
    private LedgerSite _site = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await LedgerSite.StartAsync(seeds: false);
        await _site.FoundAsync();
        await _site.ShownAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task One_address_cannot_take_every_stream_for_itself()
    {
        List<HttpResponseMessage> open = [];
        for (var n = 0; n < RateLimits.StreamsAtOnce; n++)
        {
            open.Add(await OpenAsync("192.0.2.7"));
        }

        open.ShouldAllBe(s => s.StatusCode == HttpStatusCode.OK);
        using var refused = await OpenAsync("192.0.2.7");
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        using var another = await OpenAsync("192.0.2.8");
        another.StatusCode.ShouldBe(HttpStatusCode.OK);

        // Who leaves makes room, as soon as the server has seen it.
        open.ForEach(s => s.Dispose());
        var patience = Stopwatch.StartNew();
        while (true)
        {
            using var again = await OpenAsync("192.0.2.7");
            if (again.StatusCode == HttpStatusCode.OK)
            {
                break;
            }

            patience.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
            await Task.Delay(20);
        }
    }

    [Fact]
    public async Task A_listener_that_is_cut_off_again_and_again_ends_with_the_records_own_sequence()
    {
        var events = Load.Times(2_000);
        var cuts = Load.Times(200);
        var random = new Random(42);
        var recording = Task.Run(async () =>
        {
            for (var n = 0; n < events; n++)
            {
                await _site.RecordAsync(Sample.Stream(n), Sample.Promised(n));
                if (n % 10 == 0)
                {
                    await Task.Delay(2);
                }
            }
        });

        List<(long Index, string Data)> heard = [];
        var end = events + 5;
        for (var cut = 0; cut < cuts || heard.Count < end; cut++)
        {
            using var stop = new CancellationTokenSource(
                cut < cuts
                    ? TimeSpan.FromMilliseconds(random.Next(1, 60))
                    : TimeSpan.FromSeconds(30)
            );
            try
            {
                await foreach (
                    var e in ListenAsync(
                        "/feeds/stream?after=-1",
                        heard.Count > 0 ? heard[^1].Index : null,
                        stop.Token
                    )
                )
                {
                    heard.Add(e);
                    if (heard.Count == end && cut >= cuts)
                    {
                        break;
                    }
                }
            }
            catch (Exception e)
                when (e is OperationCanceledException or IOException or HttpRequestException)
            {
                // Cut off.
            }
        }

        await recording;
        var entries = await new LogReader(_site.Ledger.Database).ReadEntriesAsync(
            0,
            end + 10,
            TestContext.Current.CancellationToken
        );
        entries.Count.ShouldBe(end);
        heard.Select(h => h.Index).ShouldBe(entries.Select(e => e.Index));
        heard.Select(h => h.Data).ShouldBe(entries.Select(e => Encoding.UTF8.GetString(e.Bytes!)));
    }

    [Fact]
    public async Task Many_listeners_with_filters_of_their_own_hear_what_they_asked_for_and_nothing_else()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        string[] filters =
        [
            "type=started",
            "topic=klima",
            "committee=musterstadt/bau",
            "corrections=only",
            "",
        ];
        var missing = 5 * filters.Length;
        var allOpen = new TaskCompletionSource();
        var open = allOpen.Task;
        var listening = filters
            .SelectMany(f => Enumerable.Repeat(f, 5))
            .Select(async f =>
            {
                List<string> types = [];
                await foreach (
                    var (_, data) in ListenAsync($"/feeds/stream?{f}", null, stop.Token, Opened)
                )
                {
                    types.Add(((string)JsonNode.Parse(data)!["type"]!).Split('.')[2]);
                    if (types[^1] == "retracted")
                    {
                        break;
                    }

                    if (
                        f.Length > 0
                        && f != "corrections=only"
                        && types.Count == Expected(f).Length
                    )
                    {
                        break;
                    }
                }

                return (f, types);
            })
            .ToList();
        await open.WaitAsync(stop.Token);

        await _site.RecordAsync(
            Sample.Stream(1),
            Sample.Promised(1) with
            {
                Topic = "wohnen",
                Committees = [],
            }
        );
        await _site.RecordAsync(Sample.Stream(2), Sample.Promised(2));
        var ids = await _site.RecordAsync(Sample.Stream(2), new Started().On("2021"));
        await _site.RecordAsync(
            Sample.Stream(1),
            new Assigned { Committees = [new Responsibility("bau", ResponsibilityBasis.Named)] }.On(
                "2021"
            )
        );
        await _site.RecordAsync(
            Sample.Stream(2),
            new Ledger.Recording.Retracted
            {
                Event = ids[0],
                Reason = new("Das war eine andere."),
            }.On(null)
        );

        foreach (var (filter, types) in await Task.WhenAll(listening).WaitAsync(stop.Token))
        {
            types.ShouldBe([.. Expected(filter)]);
        }

        void Opened()
        {
            if (Interlocked.Decrement(ref missing) == 0)
            {
                allOpen.SetResult();
            }
        }

        static string[] Expected(string filter) =>
            filter switch
            {
                "type=started" => ["started"],
                "topic=klima" => ["promised", "started", "retracted"],
                "committee=musterstadt/bau" => ["assigned"],
                "corrections=only" => ["retracted"],
                _ => ["promised", "promised", "started", "assigned", "retracted"],
            };
    }

    [Fact]
    public async Task The_last_id_that_a_reader_saw_goes_before_the_address_it_began_with()
    {
        await foreach (
            var (index, _) in ListenAsync(
                "/feeds/stream?after=0",
                3,
                TestContext.Current.CancellationToken
            )
        )
        {
            index.ShouldBe(4);
            break;
        }
    }

    [Fact]
    public async Task It_is_announced_as_a_stream_that_nobody_may_hold_back()
    {
        using var answer = await _site.Http.GetAsync(
            "/feeds/stream?after=-1",
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.GetValues("X-Accel-Buffering").ShouldBe(["no"]);
    }

    private async IAsyncEnumerable<(long Index, string Data)> ListenAsync(
        string address,
        long? last,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop,
        Action? opened = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (last is { } index)
        {
            request.Headers.Add("Last-Event-ID", index.ToString(CultureInfo.InvariantCulture));
        }

        using var answer = await _site.Http.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            stop
        );
        answer.EnsureSuccessStatusCode();
        opened?.Invoke();
        await using var body = await answer.Content.ReadAsStreamAsync(stop);
        using var lines = new StreamReader(body, Encoding.UTF8);
        long? id = null;
        string? data = null;
        while (await lines.ReadLineAsync(stop) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = long.Parse(line[4..], CultureInfo.InvariantCulture);
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                data = line[6..];
            }
            else if (line.Length == 0 && id is { } known && data is not null)
            {
                yield return (known, data);
                (id, data) = (null, null);
            }
        }
    }

    private async Task<HttpResponseMessage> OpenAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/feeds/stream");
        request.Headers.Add("X-Forwarded-For", address);
        return await _site.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
