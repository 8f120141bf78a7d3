using System.Runtime.InteropServices;
using Microsoft.Extensions.Caching.Memory;

namespace Web.Feeds;

/// <summary>
/// Rendered documents, feeds and pages, kept while nothing that they show has changed. A cache and no more: each node fills its own, and what is
/// not in it is made again. Its bytes are bounded; what was not asked for longest goes first.
/// </summary>
public sealed class DocumentCache : IDisposable
{
    private const long MostBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(5);

    private readonly Lock _places = new();
    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    /// <summary>What is kept under a key, or else is made now. Many who ask at once wait for one that makes it.</summary>
    /// <param name="key">The whole address.</param>
    /// <param name="stamp">What a document depends on that is made from now on: under the same one it is the same.</param>
    /// <param name="stateAsync">
    /// What it depends on more closely, as cheap as it can be asked for, after only the stamp's first number has become another one; the same
    /// state means the same document. Null = any other stamp means another document.
    /// </param>
    /// <param name="makeAsync">Makes it; null = it must not be kept.</param>
    /// <returns>Null when it must not be kept, or another request takes long to make it: then everybody makes it for himself.</returns>
    public async ValueTask<Document?> GetAsync(
        string key,
        Stamp stamp,
        Func<Task<string>>? stateAsync,
        Func<Task<Document?>> makeAsync,
        CancellationToken cancellation = default
    )
    {
        if (
            _kept.TryGetValue(key, out Kept? kept)
            && kept?.Made is { } fresh
            && fresh.Stamp == stamp
        )
        {
            return fresh.Document;
        }

        kept ??= Place(key);
        if (!await kept.Turn.WaitAsync(s_longestWait, cancellation) || kept.IsRefused)
        {
            return null;
        }

        try
        {
            var made = kept.Made;
            if (made?.Stamp == stamp)
            {
                return made.Document;
            }

            var state = stateAsync is null ? null : await stateAsync();
            if (
                made is null
                || state is null
                || made.State != state
                || made.Stamp.Whole != stamp.Whole
            )
            {
                if (await makeAsync() is not { } document)
                {
                    kept.IsRefused = true;
                    _kept.Remove(key);
                    return null;
                }

                Keep(key, kept, document.Size);
                made = new Made(document, state, stamp);
            }

            kept.Made = made with { Stamp = stamp };
            return made.Document;
        }
        finally
        {
            kept.Turn.Release();
        }
    }

    /// <inheritdoc cref="GetAsync"/>
    /// <summary>The same for what may always be kept.</summary>
    public async ValueTask<Document> DocumentAsync(
        string key,
        Stamp stamp,
        Func<Task<string>>? stateAsync,
        Func<Task<Document>> makeAsync
    ) => await GetAsync(key, stamp, stateAsync, async () => await makeAsync()) ?? await makeAsync();

    public void Dispose() => _kept.Dispose();

    // The first of many who come at the same moment makes the place at which the others wait.
    private Kept Place(string key)
    {
        lock (_places)
        {
            if (_kept.TryGetValue(key, out Kept? made) && made is not null)
            {
                return made;
            }

            var kept = new Kept();
            Keep(key, kept, 0);
            return kept;
        }
    }

    private void Keep(string key, Kept kept, long size) =>
        _kept.Set(
            key,
            kept,
            new MemoryCacheEntryOptions
            {
                Size = 500 + (2 * key.Length) + size,
                SlidingExpiration = TimeSpan.FromHours(1),
            }
        );

    private sealed record Made(Document Document, string? State, Stamp Stamp);

    private sealed class Kept
    {
        private volatile Made? _made;
        private volatile bool _isRefused;

        public SemaphoreSlim Turn { get; } = new(1);

        public Made? Made
        {
            get => _made;
            set => _made = value;
        }

        public bool IsRefused
        {
            get => _isRefused;
            set => _isRefused = value;
        }
    }
}

/// <summary>What a document was made of.</summary>
/// <param name="Part">Another number: it may be another one.</param>
/// <param name="Whole">Another number: it is to be made again.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Stamp(long Part, long Whole);
