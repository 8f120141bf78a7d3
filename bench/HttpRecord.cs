using System.Net;
using System.Text;
using System.Text.Json;
using Ledger.EventStore;
using Ledger.Recording;
using Microsoft.Extensions.DependencyInjection;
using Testing;
using Web.Accounts;
using Web.Api.Wire;
using Web.Hosting;

namespace Bench;

/// <summary>
/// Recording over HTTP, review off, with a key for each request; client and server share the machine. The reference is the same decisions on the
/// same ledger called in process. Eight writers each; the read models follow meanwhile.
/// </summary>
internal static class HttpRecord
{
    private const int Count = 400;
    private const int RoundCount = 15;
    private const int Writers = 8;
    private const int Ways = 3;
    private const int Promises = Ways * (RoundCount + 1) * Count;

    public static async Task<IReadOnlyList<Score>> RunAsync(Stage stage)
    {
        await using var ledger = await stage.NewLedgerAsync();
        await using var open = new OpenLedger(new LedgerDatabase(ledger.Address));
        await open.FixOriginAsync(null);
        await ledger.Store.RecordBulkAsync(
            Enumerable
                .Range(0, Promises)
                .Select(n =>
                    Append.To(
                        Sample.Stream(n),
                        0,
                        Sample.Promised(n),
                        Facts.Decided.On("2021-03"),
                        Facts.Started.On("2022-05-02")
                    )
                )
        );
        await ledger.RunAsync("vacuum analyze");
        await open.Engine.PrepareAsync();
        await using var app = Site.Build(open, "http://127.0.0.1:0", fourEyes: false);
        var address = (await Site.ListenAsync(app, "http://127.0.0.1:0")).First();
        using var http = await ClientAsync(
            app.Services.GetRequiredService<AccountStore>(),
            address
        );

        var rounds = await Rounds.TakeAsync(
            RoundCount,
            round => Way(round, 0, n => OverHttpAsync(http, n, withKey: false)),
            round => Way(round, 1, n => OverHttpAsync(http, n, withKey: true)),
            round => Way(round, 2, n => InProcessAsync(open.Store, n))
        );
        await app.StopAsync();
        await ledger.CheckRecordAsync(4 * Promises, Promises);
        await ledger.CheckAsync(
            "promises that progressed as version 4",
            "select count(*) from ledger.mt_events where version = 4 and type = 'progressed'",
            Promises
        );
        await ledger.CheckAsync(
            "events recorded over HTTP, under a pseudonym",
            "select count(*) from ledger.mt_events where version = 4 and data ->> 'recordedBy' ~ '^p-[0-9a-f]{12}$'",
            2 * Promises / Ways
        );
        return
        [
            Score.Speed("http-record", Count, "events", rounds[0], rounds[2], 0.5),
            Score.Speed(
                "http-record, each under an idempotency key",
                Count,
                "events",
                rounds[1],
                rounds[2]
            ),
        ];
    }

    private static Task<Work> Way(int round, int way, Func<int, Task> record) =>
        Task.FromResult(new Work(() => TogetherAsync(((Ways * round) + way) * Count, record)));

    private static Task TogetherAsync(int first, Func<int, Task> record) =>
        Task.WhenAll(
            Enumerable
                .Range(0, Writers)
                .Select(writer =>
                    Task.Run(async () =>
                    {
                        for (var n = first + writer; n < first + Count; n += Writers)
                        {
                            await record(n);
                        }
                    })
                )
        );

    private static async Task OverHttpAsync(HttpClient http, int n, bool withKey)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"/api/v1/promises/{Sample.Stream(n).Name}/events"
        )
        {
            Content = new ByteArrayContent(s_body),
        };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.IfMatch.Add(new("\"3\""));
        if (withKey)
        {
            request.Headers.Add("Idempotency-Key", Score.Invariant($"bench-{n}"));
        }

        using var answer = await http.SendAsync(request);
        if (answer.StatusCode != HttpStatusCode.Created)
        {
            throw new WrongResultException(
                $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}"
            );
        }
    }

    private static async Task InProcessAsync(EventStore store, int n)
    {
        var stream = Sample.Stream(n);
        var events = await store.ReadStreamAsync(stream);
        var candidate = Facts.Progressed.On("2023-06");
        if (
            Decisions.Decide(stream, events, candidate, TimeProvider.System.GetUtcNow())
            is not Decision.Accepted accepted
        )
        {
            throw new WrongResultException("the decision was no");
        }

        await store.AppendAsync(Append.To(stream, events.Count, accepted.Events));
    }

    private static async Task<HttpClient> ClientAsync(AccountStore accounts, string address)
    {
        var person = await accounts.AddAsync("Bench", Role.Editor);
        var key = await accounts.AddKeyAsync(
            person,
            [Right.Propose],
            "bench",
            TimeProvider.System.GetUtcNow().AddDays(1)
        );
        var http = new HttpClient { BaseAddress = new Uri(address) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", key.ToString());
        return http;
    }

    private static readonly byte[] s_body = Encoding.UTF8.GetBytes(
        JsonSerializer.Serialize<Event>(Facts.Progressed.On("2023-06"), ApiJson.Options)
    );
}
