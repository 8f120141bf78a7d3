using Ledger.EventStore;
using Ledger.Postgres;
using Ledger.Tests.EventStore;
using Ledger.Transparency;
using Npgsql;
using Testing;

namespace Ledger.Tests.Transparency;

/// <summary>
/// kill -9 of PostgreSQL while eight writers record, some of them rolling back, and the log is sealed and published: afterwards it is whole, nothing
/// that a reader saw has changed, no size has two roots and no event is without an entry.
/// </summary>
public sealed class LogKillTests(KillTests.OwnServer own) : IClassFixture<KillTests.OwnServer>
{
    private const int Writers = 8;

    private readonly EmbeddedServer _server = own.Server;

    [Fact]
    public async Task Killing_PostgreSQL_again_and_again_leaves_the_log_whole_and_what_was_seen_true()
    {
        var database = await LedgerDatabase.PrepareAsync(_server, "log");
        var folder = new LogFolder(Directory.CreateTempSubdirectory("zusagenbuch-kill-").FullName);
        folder.CreateKey(LogFixture.Origin, isNewLog: true);
        await using var connections = database.Open();
        var store = new Ledger.EventStore.EventStore(connections);
        using var stop = new CancellationTokenSource();
        var seen = new Dictionary<long, string>();
        long recorded = 0;
        var working = Enumerable
            .Range(0, Writers)
            .Select(WriteAsync)
            .Append(KeepLogAsync())
            .ToList();

        var random = new Random(1905);
        var kills = Load.Times(50);
        for (var n = 0; n < kills; n++)
        {
            var before = seen.Count;
            await Task.Delay(random.Next(50, 500));
            KillTests.Kill9(_server);
            await _server.EnsureRunningAsync();
            while (seen.Count < before + 3)
            {
                await Task.Delay(10);
                working.ShouldNotContain(w => w.IsFaulted);
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(working);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{kills} kills, {recorded} acknowledged, {seen.Count} checkpoints seen"
        );

        var sealer = new Sealer(store, LogFixture.Origin);
        while (await sealer.SealNextAsync() > 0) { }

        await new Publisher(connections, LogFixture.Origin, folder).PublishAsync();
        (await LogCheck.WholeAsync(connections, LogFixture.Origin)).ShouldBeEmpty();
        (await RecordCheck.WholeAsync(connections)).ShouldBeEmpty();
        var log = new LogReader(connections);
        var size = (await log.HeadAsync()).Size;
        size.ShouldBe(await store.NextIndexAsync());
        size.ShouldBeGreaterThanOrEqualTo(recorded);
        foreach (var (seenSize, note) in seen)
        {
            var checkpoint = Checkpoint.Parse(SignedNote.Parse(note).Text);
            (await log.TreeAsync(seenSize)).Root().ShouldBe(checkpoint.Root.ToArray());
        }

        Directory.Delete(folder.Folder, recursive: true);

        async Task WriteAsync(int writer)
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                try
                {
                    var append = Append.To(
                        StreamKey.Promise($"log-{writer}-{Guid.CreateVersion7():N}"),
                        0,
                        Sample.Promised(n)
                    );
                    if (n % 4 == 3)
                    {
                        await RollBackAsync(append);
                    }
                    else
                    {
                        await store.AppendAsync(append);
                        Interlocked.Increment(ref recorded);
                    }
                }
                catch (NpgsqlException)
                {
                    await Task.Delay(20);
                }
            }
        }

        async Task RollBackAsync(Append append)
        {
            try
            {
                await store.AppendAsync(
                    [append],
                    AppendContext.None,
                    _ => throw new OperationCanceledException()
                );
            }
            catch (OperationCanceledException)
            {
                // Its index is given back.
            }
        }

        // Sealing, publishing and reading, as the site does it.
        async Task KeepLogAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    var keeper = new Sealer(store, LogFixture.Origin);
                    var publisher = new Publisher(connections, LogFixture.Origin, folder);
                    while (!stop.IsCancellationRequested)
                    {
                        while (await keeper.SealNextAsync() > 0) { }

                        await publisher.PublishAsync();
                        if (await new LogReader(connections).PublishedAsync() is { } published)
                        {
                            if (seen.TryGetValue(published.Size, out var known))
                            {
                                published.Note.ShouldBe(known);
                            }

                            seen[published.Size] = published.Note;
                        }

                        await Task.Delay(5);
                    }
                }
                catch (NpgsqlException)
                {
                    await Task.Delay(20);
                }
            }
        }
    }
}
