using Microsoft.Extensions.Caching.Memory;

namespace Web.Feeds;

/// <summary>
/// Rendered documents, kept while nothing that they show has changed. A cache and no more: each node fills its own, and what is not in it is
/// made again.
/// </summary>
public sealed class DocumentCache(EventTail tail) : IDisposable
{
    private const long MostBytes = 64 * 1024 * 1024;

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    /// <summary>What is kept under a key, or else is made now. Many who ask at once wait for one that makes it.</summary>
    /// <param name="key">The whole address.</param>
    /// <param name="stateAsync">
    /// What the document depends on, as cheap as it can be asked for; the same state means the same document. It is asked only after the record
    /// has grown. Null = it never changes.
    /// </param>
    /// <param name="makeAsync">Makes it.</param>
    public async ValueTask<Document> GetAsync(
        string key,
        Func<Task<string>>? stateAsync,
        Func<Task<Document>> makeAsync
    )
    {
        var end = tail.End;
        var withholdings = tail.Withholdings;
        if (
            _kept.TryGetValue(key, out Kept? kept)
            && kept is { Document: { } fresh }
            && kept.Withholdings == withholdings
            && (stateAsync is null || kept.End == end)
        )
        {
            return fresh;
        }

        if (kept is null)
        {
            kept = new Kept();
            Keep(key, kept);
        }

        await kept.Turn.WaitAsync();
        try
        {
            if (kept.Document is { } made && kept.End == end && kept.Withholdings == withholdings)
            {
                return made;
            }

            var state = stateAsync is null ? "" : await stateAsync();
            if (kept.Document is null || kept.State != state || kept.Withholdings != withholdings)
            {
                kept.Document = await makeAsync();
                kept.State = state;
                Keep(key, kept);
            }

            (kept.End, kept.Withholdings) = (end, withholdings);
            return kept.Document;
        }
        finally
        {
            kept.Turn.Release();
        }
    }

    public void Dispose() => _kept.Dispose();

    private void Keep(string key, Kept kept) =>
        _kept.Set(
            key,
            kept,
            new MemoryCacheEntryOptions
            {
                Size = 500 + (2 * key.Length) + (kept.Document?.Size ?? 0),
                SlidingExpiration = TimeSpan.FromHours(1),
            }
        );

    private sealed class Kept
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public volatile Document? Document;

        public string State { get; set; } = "";

        public long End { get; set; } = -1;

        public int Withholdings { get; set; }
    }
}
