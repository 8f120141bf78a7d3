using Ledger.EventStore;
using Ledger.Transparency;
using Projections.Engine;
using Projections.Feed;
using Testing;
using Web.Feeds;
using Web.Hosting;

namespace Bench;

/// <summary>
/// Making one archive page, from the query to the bytes, at index 1,000 and at index 1,000,000 of the same ledger. Its first rows are recorded, sealed and
/// folded; the rest are copies of them in the three tables, because only their number matters here.
/// </summary>
internal static class FeedArchive
{
    private const int Recorded = 10_000;
    private const int Copies = 101;
    private const int RoundCount = 15;
    private const int Pages = 4;

    public static async Task<IReadOnlyList<Score>> RunAsync(Stage stage)
    {
        await using var ledger = await stage.NewLedgerAsync();
        await using var open = new OpenLedger(new LedgerDatabase(ledger.Address));
        var origin = await open.FixOriginAsync(null);
        await open.Store.RecordBulkAsync(
            Enumerable
                .Range(0, Recorded / 2)
                .Select(n =>
                    Append.To(Sample.Stream(n), 0, Sample.Promised(n), Facts.Started.On("2022"))
                )
        );
        var engine = new ProjectionEngine(open.Store, [new FeedProjection()]);
        await engine.PrepareAsync();
        var sealer = new Sealer(open.Store, origin);
        while (await sealer.SealNextAsync() > 0) { }

        await ledger.RunAsync(
            $"""
            set session_replication_role = replica;
            insert into feed.entry
              select idx + k * {Recorded}, gen_random_uuid(), recorded, stream || '-' || k, version, type, municipality, slug, title_de, title_en, status_before,
                     status_after, committees_before, committees_after, about, about_type, about_occurred, other, source, marks
              from feed.entry cross join generate_series(1, {Copies}) k;
            insert into ledger.log_entry select idx + k * {Recorded}, entry, leaf_hash from ledger.log_entry cross join generate_series(1, {Copies}) k;
            update ledger.log_tree set size = {Recorded * (Copies + 1)};
            update projections.progress set next = {Recorded * (Copies + 1)};
            """
        );
        await ledger.RunAsync("vacuum analyze feed.entry; ");
        await ledger.RunAsync("vacuum analyze ledger.log_entry");
        await ledger.RunAsync("checkpoint");

        var reader = new FeedReader(open.Database);
        var rounds = await Rounds.TakeAsync(
            RoundCount,
            _ => WorkAsync(reader, 1_000_000),
            _ => WorkAsync(reader, 1_000)
        );
        return
        [
            Score.Time(
                $"{Pages} archive pages at index 1,000,000 against index 1,000",
                rounds[0],
                rounds[1],
                1.2
            ),
        ];
    }

    private static Task<Work> WorkAsync(FeedReader reader, long index) =>
        Task.FromResult(
            new Work(async () =>
            {
                for (var n = 0; n < Pages; n++)
                {
                    var page = await FeedPage.ArchiveAsync(
                        reader,
                        FeedFilter.Everything.With(Facet.Type, "started"),
                        (index / FeedAddress.Range) + n,
                        "https://musterstadt.example",
                        "musterstadt.example",
                        CancellationToken.None
                    );
                    if (
                        page?.Entries.Count != FeedAddress.Range / 2
                        || AtomFeed.Write(page).Length < 10_000
                    )
                    {
                        throw new WrongResultException(
                            $"the archive at {index} has {page?.Entries.Count} entries"
                        );
                    }
                }
            })
        );
}
