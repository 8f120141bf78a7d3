using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ledger.EventStore;
using Ledger.Postgres;
using Npgsql;
using Testing;

namespace Ledger.Tests.EventStore;

/// <summary>kill -9 of PostgreSQL, all its processes, in the middle of recording. The server is a durable one of its own.</summary>
public sealed class KillTests(KillTests.OwnServer own) : IClassFixture<KillTests.OwnServer>
{
    private const int Writers = 4;

    private const string OpenForeignTransaction = """
        begin;
        set local role ledger_foreign;
        insert into ledger.mt_streams (id, version) values ('promise:open', 1);
        insert into ledger.mt_events (seq_id, id, stream_id, version, data, type, timestamp)
        values (nextval('ledger.mt_events_sequence'), gen_random_uuid(), 'promise:open', 1, '{}', 'started', now())
        """;

    private readonly EmbeddedServer _server = own.Server;

    [Fact]
    public async Task Killing_PostgreSQL_again_and_again_loses_nothing_that_was_acknowledged_and_doubles_nothing()
    {
        var database = await LedgerDatabase.PrepareAsync(_server, "writers");
        await using var connections = database.Open();
        var store = new Ledger.EventStore.EventStore(connections);
        var acknowledged = new ConcurrentDictionary<string, Appended>();
        using var stop = new CancellationTokenSource();
        var retries = 0;
        var writing = Enumerable.Range(0, Writers).Select(WriteAsync).ToArray();

        var random = new Random(2035);
        var kills = Load.Times(50);
        for (var n = 0; n < kills; n++)
        {
            var before = acknowledged.Count;
            await Task.Delay(random.Next(50, 500));
            Kill9(_server);
            await _server.EnsureRunningAsync();
            while (acknowledged.Count < before + (Writers * 2))
            {
                await Task.Delay(10);
                writing.ShouldNotContain(w => w.IsFaulted);
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(writing);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{kills} kills, {acknowledged.Count} acknowledged appends, {retries} retries"
        );

        (
            await WholeRecord.FaultsAsync(_server.ConnectionString("writers", "postgres"))
        ).ShouldBeEmpty();
        var recorded = await store.ReadAllAsync(0, int.MaxValue);
        var byKey = recorded.ToLookup(e => e.Correlation!);
        recorded.Count.ShouldBe(acknowledged.Count * 2);
        foreach (var (key, appended) in acknowledged)
        {
            byKey[key]
                .Select(e => (e.Index, e.Recorded))
                .ShouldBe([
                    (appended.FirstIndex, appended.Recorded),
                    (appended.FirstIndex + 1, appended.Recorded),
                ]);
        }

        // Each request goes to the writer's own stream and to one of its own, and is sent until it is acknowledged.
        async Task WriteAsync(int writer)
        {
            for (var n = 1; !stop.IsCancellationRequested; n++)
            {
                var key = $"{writer}-{n}";
                var request = SHA256.HashData(Encoding.UTF8.GetBytes(key));
                var context = new AppendContext
                {
                    Correlation = key,
                    Idempotency = new Idempotency($"writer-{writer}", key, request),
                };
                while (true)
                {
                    try
                    {
                        acknowledged[key] = await store.AppendAsync(
                            [
                                Append.To(
                                    StreamKey.Promise($"writer-{writer}"),
                                    n - 1,
                                    Sample.Promised(n)
                                ),
                                Append.To(
                                    StreamKey.Promise($"request-{key}"),
                                    0,
                                    Sample.Promised(n)
                                ),
                            ],
                            context
                        );
                        break;
                    }
                    catch (NpgsqlException)
                    {
                        Interlocked.Increment(ref retries);
                        await _server.EnsureRunningAsync();
                    }
                }
            }
        }
    }

    [Fact]
    public async Task A_foreign_transaction_that_a_kill_interrupts_leaves_nothing_behind()
    {
        var database = await LedgerDatabase.PrepareAsync(_server, "foreign");
        await using var connections = database.Open();
        var store = new Ledger.EventStore.EventStore(connections);
        await store.AppendAsync(Append.To(Sample.Stream(1), 0, Sample.Promised()));
        var superuser = _server.ConnectionString("foreign", "postgres") + ";Pooling=false";
        await using (var foreign = new NpgsqlConnection(superuser))
        {
            await foreign.OpenAsync();
            await using var open = new NpgsqlCommand(OpenForeignTransaction, foreign);
            await open.ExecuteNonQueryAsync();
            Kill9(_server);
        }

        await _server.EnsureRunningAsync();

        (await WholeRecord.FaultsAsync(superuser)).ShouldBeEmpty();
        connections.Clear();
        (
            await store.AppendAsync(Append.To(StreamKey.Promise("open"), 0, Sample.Promised()))
        ).FirstIndex.ShouldBe(1);
    }

    // It would hold the head, and with it every writer, until somebody ended it.
    [Fact]
    public async Task A_foreign_transaction_cannot_be_prepared_and_left_behind()
    {
        var database = await LedgerDatabase.PrepareAsync(_server, "prepared");
        await using var connections = database.Open();
        await using var foreign = new NpgsqlConnection(
            _server.ConnectionString("prepared", "postgres") + ";Pooling=false"
        );
        await foreign.OpenAsync();
        await using var behind = new NpgsqlCommand(
            $"{OpenForeignTransaction}; prepare transaction 'behind'",
            foreign
        );

        (
            await Should.ThrowAsync<PostgresException>(() => behind.ExecuteNonQueryAsync())
        ).SqlState.ShouldBe(PostgresErrorCodes.FeatureNotSupported);

        await using var rollback = new NpgsqlCommand("rollback", foreign);
        await rollback.ExecuteNonQueryAsync();
        (
            await new Ledger.EventStore.EventStore(connections).AppendAsync(
                Append.To(StreamKey.Promise("open"), 0, Sample.Promised())
            )
        ).FirstIndex.ShouldBe(0);
    }

    // The postmaster first, so that it restarts none of its children; then them.
    internal static void Kill9(EmbeddedServer server)
    {
        var postmaster = int.Parse(
            File.ReadLines(Path.Combine(server.DataFolder, "postmaster.pid")).First(),
            CultureInfo.InvariantCulture
        );
        var children = Directory
            .EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .Where(pid => ParentOf(pid) == postmaster)
            .ToArray();
        foreach (var pid in children.Prepend(postmaster))
        {
            try
            {
                using var process = Process.GetProcessById(pid);
                process.Kill();
                process.WaitForExit(5_000);
            }
            catch (ArgumentException) { } // it has just ended
        }
    }

    private static int ParentOf(int pid)
    {
        try
        {
            // "pid (name) state parent ..."
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(
                stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1],
                CultureInfo.InvariantCulture
            );
        }
        catch (IOException)
        {
            return 0;
        }
    }

    public sealed class OwnServer : IAsyncLifetime
    {
        private static int s_last;

        // Several classes of tests have one each, at the same time.
        private readonly string _folder = Path.Combine(
            Path.GetTempPath(),
            $"zb-kill-{Environment.ProcessId}-{Interlocked.Increment(ref s_last)}"
        );

        public EmbeddedServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Server = await EmbeddedServer.StartAsync(
                _folder,
                new EmbeddedServerSettings
                {
                    Extra = new Dictionary<string, string> { ["max_prepared_transactions"] = "2" },
                }
            );

        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
