using System.Text.Json;
using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Sources;
using Npgsql;
using Projections;
using Projections.Committees;
using Projections.Engine;
using Projections.Timelines;
using Testing;

namespace Bench;

/// <summary>
/// Makes read models anew from 200,000 events in 20,000 streams that were recorded interleaved, against reading the same events in index
/// order and parsing the JSON of each.
/// </summary>
internal static class Rebuild
{
    private const int Promises = 19_998;
    private const int EventsOfEach = 10;
    private const int Events = 200_000;
    private const int Committees = 16;
    private const int RoundCount = 5;

    public static async Task<IReadOnlyList<Score>> RunAsync(Stage stage)
    {
        await using var ledger = await stage.NewLedgerAsync();
        await RecordAsync(ledger);
        await ledger.CheckRecordAsync(Events, Promises + 2);

        var timelines = new TimelinesProjection();
        var committees = new CommitteesProjection();
        var engine = new ProjectionEngine(ledger.Store, [timelines, committees]);
        await engine.PrepareAsync();

        var ofTimelines = await Rounds.TakeAsync(
            RoundCount,
            _ => RebuildAsync(ledger, engine, timelines),
            _ => ReadAsync(ledger, Parse),
            _ => ReadAsync(ledger, Deserialise)
        );
        await CheckTimelinesAsync(ledger);
        var ofCommittees = await Rounds.TakeAsync(
            RoundCount,
            _ => RebuildAsync(ledger, engine, committees),
            _ => ReadAsync(ledger, Parse)
        );
        await CheckCommitteesAsync(ledger);
        return
        [
            Score.Speed("rebuild-timelines", Events, "events", ofTimelines[0], ofTimelines[1], 0.6),
            Score.Speed(
                "rebuild-committees",
                Events,
                "events",
                ofCommittees[0],
                ofCommittees[1],
                0.6
            ),
            Score.Speed(
                "rebuild-timelines, against deserialising into records",
                Events,
                "events",
                ofTimelines[0],
                ofTimelines[2]
            ),
        ];
    }

    /// <summary>Pass by pass over all promises, in another order each time, so that no stream lies together.</summary>
    public static async Task RecordAsync(LedgerUnderTest ledger)
    {
        await ledger.Store.RecordBulkAsync([
            Append.To(StreamKey.Council(Sample.Town), 0, CouncilEvents()),
        ]);
        await ledger.Store.RecordBulkAsync([
            Append.To(StreamKey.Source("musterstadt-vereinbarung-2020"), 0, SourceEvents()),
        ]);
        var random = new Random(20_000);
        var order = Enumerable.Range(0, Promises).ToArray();
        for (var place = 0; place < EventsOfEach; place++)
        {
            random.Shuffle(order);
            await ledger.Store.RecordBulkAsync(order.Select(n => Facts.Next(n, place)));
        }

        await ledger.RunAsync("vacuum analyze");
    }

    private static List<Event> CouncilEvents() =>
        [
            new CouncilRegistered
            {
                Name = "Musterstadt",
                Ags = "00000000",
                State = "Musterland",
            }.On("2020"),
            new TermBegan { Term = "musterstadt-2020" }.On("2020-11-01"),
            .. Enumerable
                .Range(1, Committees - 2)
                .Select(n =>
                    new CommitteeEstablished
                    {
                        Committee = $"ausschuss-{n}",
                        Name = $"Ausschuss {n}",
                    }.On("2020-12")
                ),
            new CommitteeEstablished { Committee = "umwelt", Name = "Umweltausschuss" }.On(
                "2020-12"
            ),
            new CommitteeEstablished { Committee = "verkehr", Name = "Verkehrsausschuss" }.On(
                "2020-12"
            ),
        ];

    private static List<Event> SourceEvents() =>
        [
            new SourceRegistered
            {
                Title = new Text("Vereinbarung (erfunden)", "Agreement (invented)"),
                Kind = Standing.Agreement,
                Municipality = Sample.Town,
                Proponents = ["Liste Muster"],
                File = new SourceFile("vereinbarung.txt", new string('0', 64), 1),
                Locators = LocatorScheme.PhysicalLine,
                Normalisation = "text-1",
                Lines = new LineRange(1, Promises),
            }.On("2020"),
            new Reported().On("2021"),
        ];

    private static async Task<Work> RebuildAsync(
        LedgerUnderTest ledger,
        ProjectionEngine engine,
        IProjection projection
    )
    {
        await ledger.RunAsync("checkpoint");
        return new Work(async () =>
        {
            var folded = await engine.RebuildAsync(projection);
            if (folded != Events)
            {
                throw new WrongResultException($"{folded} events folded, not {Events}");
            }
        });
    }

    public static async Task<Work> ReadAsync(
        LedgerUnderTest ledger,
        Func<string, byte[], bool> understand
    )
    {
        await ledger.RunAsync("checkpoint");
        var connection = await ledger.Database.OpenConnectionAsync();
        return new Work(
            async () =>
            {
                await using var command = new NpgsqlCommand(
                    """
                    select i.idx, i.recorded, e.id, e.stream_id, e.version, e.type, e.data
                    from ledger.log_index i join ledger.mt_events e using (seq_id) order by i.idx
                    """,
                    connection
                );
                await using var reader = await command.ExecuteReaderAsync();
                long read = 0;
                while (await reader.ReadAsync())
                {
                    if (
                        reader.GetInt64(0) != read++
                        || !understand(reader.GetString(5), reader.GetFieldValue<byte[]>(6))
                    )
                    {
                        throw new WrongResultException($"event {read - 1} was not read");
                    }
                }

                if (read != Events)
                {
                    throw new WrongResultException($"{read} events read, not {Events}");
                }
            },
            connection
        );
    }

    public static bool Parse(string type, byte[] data)
    {
        using var json = JsonDocument.Parse(data);
        return json.RootElement.ValueKind == JsonValueKind.Object;
    }

    public static bool Deserialise(string type, byte[] data) =>
        JsonSerializer.Deserialize(data, Vocabulary.Find(type)!.Record, LedgerJson.Options)
        is Event;

    private static async Task CheckTimelinesAsync(LedgerUnderTest ledger)
    {
        await ledger.CheckAsync("timelines", "select count(*) from timelines.promise", Promises);
        await ledger.CheckAsync(
            "events of timelines",
            "select sum(event_count)::bigint from timelines.promise",
            Promises * EventsOfEach
        );
        await ledger.CheckAsync(
            "timelines whose stored events are not their stream",
            """
            select count(*) from timelines.promise p
            where (select array_agg((e ->> 'id')::uuid order by o) from jsonb_array_elements(events::jsonb) with ordinality x (e, o))
               is distinct from (select array_agg(m.id order by m.version) from ledger.mt_events m where m.stream_id = p.stream)
            """,
            0
        );
        for (var end = 0; end < Facts.Ends; end++)
        {
            var status = EnumNames.Of(Facts.StatusOf(end));
            await ledger.CheckAsync(
                $"timelines that are {status}",
                $"select count(*) from timelines.promise where status = '{status}'",
                Enumerable.Range(0, Promises).Count(n => n % Facts.Ends == end)
            );
        }

        await ledger.CheckAsync("sources", "select count(*) from timelines.source", 1);
    }

    private static async Task CheckCommitteesAsync(LedgerUnderTest ledger)
    {
        await ledger.CheckAsync(
            "responsibilities",
            "select count(*) from committees.responsibility",
            2 * Promises
        );
        await ledger.CheckAsync(
            "committees",
            "select count(*) from committees.committee",
            Committees
        );
        await ledger.CheckAsync(
            "responsibilities whose status is not the timeline's",
            """
            select count(*) from committees.responsibility r
            where r.status is distinct from (select p.status from timelines.promise p where p.stream = r.stream)
            """,
            0
        );
    }
}
