using System.Text.Json;
using Verify.Entries;
using Verify.Fetching;
using Verify.Notes;
using Verify.Tree;

namespace Verify.Checks;

/// <summary>
/// Whether the site's API shows exactly the entries of the log: in the list of all events, and in each stream's own. What was recorded after
/// the checkpoint is passed over.
/// </summary>
public sealed class ApiCheck(ISource source, Checkpoint checkpoint, LogFindings log)
{
    private const int MostFaults = 20;
    private readonly List<Fault> _faults = [];

    /// <summary>Lists that were compared.</summary>
    public int Lists { get; private set; }

    public async Task<IReadOnlyList<Fault>> RunAsync(
        Action<long, long> progress,
        CancellationToken cancellation
    )
    {
        await AllAsync(cancellation);
        var done = 0;
        long of = log.Streams.Subjects.Count;
        foreach (var group in log.Streams.Subjects.Chunk(Site.AtOnce))
        {
            var faults = await Task.WhenAll(group.Select(s => StreamAsync(s, cancellation)));
            _faults.AddRange(faults.SelectMany(f => f));
            Lists += group.Count(s => ApiList.PathOf(s) is not null);
            progress(done += group.Length, of);
            if (_faults.Count >= MostFaults)
            {
                break;
            }
        }

        return _faults;
    }

    // The list of all: bundle by bundle.
    private async Task AllAsync(CancellationToken cancellation)
    {
        Lists++;
        var bundle = 0L;
        var chain = new Chain();
        var shown = new Dictionary<long, byte[]?>();
        await foreach (var item in ApiList.AllAsync(source, checkpoint.Size, cancellation))
        {
            if (item.Index >= checkpoint.Size || item.Index < 0)
            {
                _faults.Add(Faults.ApiAdds(ApiList.All, item.Index, item.Subject));
                continue;
            }

            for (; item.Index / TilePath.Width > bundle; bundle++)
            {
                await CloseAsync(bundle, chain, shown, cancellation);
                chain = new Chain();
                shown.Clear();
            }

            if (log.Withheld.Contains(item.Index))
            {
                if (!item.IsEmpty)
                {
                    _faults.Add(Faults.ApiAdds(ApiList.All, item.Index, item.Subject));
                }

                continue;
            }

            var statement = StatementOf(item);
            if (item.Index / TilePath.Width < bundle || !shown.TryAdd(item.Index, statement))
            {
                _faults.Add(Faults.ApiAdds(ApiList.All, item.Index, item.Subject));
                return;
            }

            chain.Add(statement ?? new byte[Hashing.Size]);
        }

        for (; bundle < log.Streams.Bundles.Count; bundle++)
        {
            await CloseAsync(bundle, chain, shown, cancellation);
            chain = new Chain();
            shown.Clear();
            if (_faults.Count >= MostFaults)
            {
                return;
            }
        }
    }

    // What opens a digest that is not its own says something else than the log.
    private byte[]? StatementOf(ShownEvent item) =>
        log.Commitments.Hold(item.Index, item.Opened) ? item.Statement : null;

    private async Task CloseAsync(
        long bundle,
        Chain chain,
        Dictionary<long, byte[]?> shown,
        CancellationToken cancellation
    )
    {
        if (chain.IsSameAs(log.Streams.Bundles[(int)bundle]) || _faults.Count >= MostFaults)
        {
            return;
        }

        // Something differs; the log itself tells what.
        var before = _faults.Count;
        foreach (var (entry, statement) in await EntriesAsync(bundle, cancellation))
        {
            if (!shown.TryGetValue(entry.Index, out var said))
            {
                _faults.Add(Faults.ApiWithholds(ApiList.All, entry.Index, entry.Subject));
            }
            else if (said is null || !said.AsSpan().SequenceEqual(statement))
            {
                _faults.Add(Faults.ApiAlters(ApiList.All, entry.Index, entry.Subject));
            }
        }

        if (_faults.Count == before)
        {
            // The same events in another order.
            _faults.Add(Faults.ApiAlters(ApiList.All, bundle * TilePath.Width, null));
        }
    }

    private async Task<IReadOnlyList<Fault>> StreamAsync(
        string subject,
        CancellationToken cancellation
    )
    {
        if (ApiList.PathOf(subject) is not { } path)
        {
            return [];
        }

        var list = $"/{path}";
        var kept = log.Streams[subject];
        var items = await ApiList.OfAsync(source, path, cancellation);
        if (items is not null && Closed(items) is not null)
        {
            // Perhaps it was erased just while the list was made; then its declaration is there now.
            items = await ApiList.OfAsync(source, path, cancellation);
        }

        if (items is null)
        {
            return [Faults.ApiWithholds(list, null, subject)];
        }

        var chain = new Chain();
        List<ShownEvent> shown = [];
        foreach (var item in items.Where(i => i.Index < checkpoint.Size))
        {
            if (item.Subject != subject)
            {
                return [Faults.ApiAdds(list, item.Index, subject)];
            }

            if (!log.Withheld.Contains(item.Index))
            {
                chain.Add(StatementOf(item) ?? new byte[Hashing.Size]);
                shown.Add(item);
            }
            else if (!item.IsEmpty)
            {
                return [Faults.ApiAdds(list, item.Index, subject)];
            }
        }

        return !chain.IsSameAs(kept.Chain)
                ? [await ExplainAsync(list, subject, shown, kept, cancellation)]
            : Closed(items) is { } closed ? [Faults.ApiWithholds(list, closed.Index, subject)]
            : [];
    }

    // The first event that shows less than its entry commits to, though nothing says that it was erased.
    private ShownEvent? Closed(IReadOnlyList<ShownEvent> items)
    {
        string[] erasedSince =
        [
            .. items.Where(i => i.Index >= checkpoint.Size).SelectMany(i => i.Erases),
        ];
        return items.FirstOrDefault(i =>
            i.Index < checkpoint.Size
            && !log.Withheld.Contains(i.Index)
            && log.Commitments.IsClosed(i.Index, i.Opened, erasedSince)
        );
    }

    private async Task<Fault> ExplainAsync(
        string list,
        string subject,
        List<ShownEvent> shown,
        KeptStream kept,
        CancellationToken cancellation
    )
    {
        foreach (var item in shown)
        {
            var (entry, statement) = (
                await EntriesAsync(item.Index / TilePath.Width, cancellation)
            ).FirstOrDefault(e => e.Entry.Index == item.Index);
            if (entry?.Subject != subject)
            {
                return Faults.ApiAdds(list, item.Index, subject);
            }

            if (StatementOf(item) is not { } said || !said.AsSpan().SequenceEqual(statement))
            {
                return Faults.ApiAlters(list, item.Index, subject);
            }
        }

        return shown.Count < kept.Chain.Count ? Faults.ApiWithholds(list, null, subject)
            : shown.Count > kept.Chain.Count ? Faults.ApiAdds(list, shown[^1].Index, subject)
            : Faults.ApiAlters(list, shown[0].Index, subject);
    }

    // Only after something was found to differ: the bundle once more.
    private async Task<IReadOnlyList<(Entry Entry, byte[] Statement)>> EntriesAsync(
        long n,
        CancellationToken cancellation
    )
    {
        var width = (int)Math.Min(TilePath.Width, checkpoint.Size - n * TilePath.Width);
        var facts = await new BundleCheck(source, true).RunAsync(n, width, cancellation);
        List<(Entry, byte[])> entries = [];
        for (var i = 0; i < facts.Width; i++)
        {
            if (!facts.Bundle[i].IsEmpty)
            {
                using var json = JsonDocument.Parse(facts.Bundle[i]);
                if (Entry.TryRead(json.RootElement, out var entry))
                {
                    entries.Add((entry with { Data = default }, Statement.Of(entry)));
                }
            }
        }

        return entries;
    }
}
