using Ledger.EventStore;
using Ledger.Recording;
using Ledger.Transparency;
using Testing;

namespace Ledger.Tests.Transparency;

/// <summary>A ledger with its log: recorded, sealed, published.</summary>
internal sealed class LogFixture : IAsyncDisposable
{
    public const string Origin = "zusagen.example/log";

    private LogFixture(TestLedger ledger, LogFolder folder) =>
        (Ledger, Folder, Log) = (ledger, folder, new LogReader(ledger.Database));

    public TestLedger Ledger { get; }

    public LogFolder Folder { get; }

    public LogReader Log { get; }

    public Publisher Publisher => new(Ledger.Database, Origin, Folder);

    public static async Task<LogFixture> CreateAsync()
    {
        var folder = new LogFolder(
            Path.Combine(Path.GetTempPath(), $"zusagenbuch-log-{Guid.CreateVersion7():N}")
        );
        folder.CreateKey(Origin, isNewLog: true);
        return new LogFixture(await TestLedger.CreateAsync(), folder);
    }

    /// <summary>Records promises, each on a stream of its own.</summary>
    public Task RecordAsync(int count) => RecordAsync(count, n => [Sample.Promised(n)]);

    public async Task RecordAsync(int count, Func<int, IReadOnlyList<Event>> events)
    {
        var first = (int)await Ledger.Store.NextIndexAsync();
        await Ledger.Store.RecordBulkAsync(
            Enumerable.Range(first, count).Select(n => Append.To(Sample.Stream(n), 0, events(n)))
        );
    }

    public async Task PublishAsync()
    {
        var sealer = new Sealer(Ledger.Store, Origin);
        while (await sealer.SealNextAsync() > 0) { }

        await Publisher.PublishAsync();
    }

    public Task<IReadOnlyList<string>> CheckAsync() => LogCheck.WholeAsync(Ledger.Database, Origin);

    /// <summary>Changes what no role of the product may change.</summary>
    public Task DamageAsync(string table, string sql) =>
        Ledger.RunAsync(
            $"alter table ledger.{table} disable trigger all; {sql}; alter table ledger.{table} enable trigger all"
        );

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        Directory.Delete(Folder.Folder, recursive: true);
    }
}
