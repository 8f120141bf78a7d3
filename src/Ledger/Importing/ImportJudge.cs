using System.Text.Json.Nodes;
using Ledger.EventStore;
using Ledger.Recording;

namespace Ledger.Importing;

/// <summary>Decides the items of a file one after another, each as if those before it were recorded.</summary>
/// <param name="proposes">
/// Whether what is new is proposed: then it may build on what waits already, for whoever accepts it decides anew. What is recorded may not.
/// </param>
internal sealed class ImportJudge(KnownEvents known, DateTimeOffset now, bool proposes)
{
    private readonly List<ImportLine> _lines = [];
    private readonly List<DecidedItem> _decided = [];
    private readonly Dictionary<string, Guid> _above = new(StringComparer.Ordinal);
    private readonly Dictionary<StreamKey, Draft> _streams = [];

    /// <summary>What became of each item.</summary>
    public IReadOnlyList<ImportLine> Lines => _lines;

    /// <summary>What is new; null when anything is refused.</summary>
    public DecidedImport? Import =>
        _lines.Any(l => l.Outcome == ImportOutcome.Refused)
            ? null
            : new DecidedImport(
                _decided,
                [
                    .. _streams
                        .Where(s => s.Value.New.Count > 0)
                        .Select(s => new Append(s.Key, s.Value.Version, s.Value.New)),
                ]
            );

    /// <summary>Reads the streams that items belong on.</summary>
    public async Task LoadAsync(
        EventStore.EventStore store,
        IReadOnlyList<ImportItem> items,
        CancellationToken cancellation
    )
    {
        var streams = items.Where(i => i.Refusal is null).Select(i => i.Stream).ToHashSet();
        foreach (
            var history in await store.ReadHistoriesAsync(streams, long.MaxValue, cancellation)
        )
        {
            _streams[history.Stream] = new Draft(history.Events.Count, [.. history.Events], []);
        }
    }

    public void Decide(ImportItem item)
    {
        var refusal = item.Refusal ?? Judge(item);
        if (refusal is not null)
        {
            _lines.Add(new ImportLine(item.Line, item.Id, ImportOutcome.Refused, refusal));
        }
    }

    /// <summary>Refuses items that name streams which are neither on record nor begun in the file.</summary>
    public async Task RefuseUnknownStreamsAsync(
        EventStore.EventStore store,
        CancellationToken cancellation
    )
    {
        var recorded = await NamedStreams.OnRecordAsync(
            store.Database,
            _decided.Select(d => d.Body),
            cancellation
        );
        var refused = _decided
            .Select(d =>
                (
                    d.Line,
                    Refusal: NamedStreams.RefuseUnknown(
                        d.Body,
                        s =>
                            recorded.Contains(s)
                            || _streams.GetValueOrDefault(s) is { Events.Count: > 0 }
                    )
                )
            )
            .Where(d => d.Refusal is not null)
            .ToDictionary(d => d.Line, d => d.Refusal);
        for (var i = 0; i < _lines.Count && refused.Count > 0; i++)
        {
            if (
                _lines[i].Outcome == ImportOutcome.New
                && refused.TryGetValue(_lines[i].Line, out var refusal)
            )
            {
                _lines[i] = _lines[i] with { Outcome = ImportOutcome.Refused, Refusal = refusal };
            }
        }
    }

    private Decision.Refused? Judge(ImportItem item)
    {
        var fields = (JsonObject)item.Fields.DeepClone();
        if (Resolve(item, fields) is { } unresolved)
        {
            return unresolved;
        }

        var (read, unreadable) = ItemJson.Read(item.Type!, fields);
        if (read is null)
        {
            return unreadable;
        }

        var body = read with { RecordedBy = item.RecordedBy };
        var sha256 = ItemJson.Sha256(item.Stream, body);
        if (known.Find(item.Id!) is { } before)
        {
            if (before.Sha256 is null || !before.Sha256.AsSpan().SequenceEqual(sha256))
            {
                return (
                    before.Waits ? Objections.IdWaitsOtherwise : Objections.IdSaysOtherwise
                ).Refuse(item.Id!);
            }

            _above[item.Id!] = before.Event;
            if (before.Waits && proposes)
            {
                Drafted(item.Stream).Add(item.Stream, body, before.Event, now);
            }

            _lines.Add(
                new ImportLine(
                    item.Line,
                    item.Id,
                    before.Waits ? ImportOutcome.Waiting : ImportOutcome.Known
                )
            );
            return null;
        }

        if (body.Occurred?.EarliestDay > BerlinTime.DayOf(now))
        {
            return Objections.NotYet.Refuse();
        }

        var draft = Drafted(item.Stream);

        if (Decisions.Decide(item.Stream, draft.Events, body, now) is Decision.Refused refused)
        {
            return refused;
        }

        var id = Guid.CreateVersion7();
        _above[item.Id!] = id;
        _decided.Add(new DecidedItem(item.Id!, item.Line, item.Stream, id, body, sha256));
        draft.New.Add(new NewEvent(body) { Id = id });
        draft.Add(item.Stream, body, id, now);
        _lines.Add(new ImportLine(item.Line, item.Id, ImportOutcome.New));
        return null;
    }

    // An item names another event by the id that the file gives it, or by the one that it has on record.
    private Decision.Refused? Resolve(ImportItem item, JsonObject fields)
    {
        foreach (var (field, id) in item.References)
        {
            var found = _above.TryGetValue(id, out var above) ? above : known.Find(id)?.Event;
            if (found is null)
            {
                return Objections.ReferenceUnknown.Refuse(id);
            }

            fields[field] = JsonValue.Create(found.Value.ToString());
        }

        return null;
    }

    private Draft Drafted(StreamKey stream)
    {
        if (!_streams.TryGetValue(stream, out var draft))
        {
            _streams[stream] = draft = new Draft(0, [], []);
        }

        return draft;
    }

    private sealed record Draft(long Version, List<RecordedEvent> Events, List<NewEvent> New)
    {
        public void Add(StreamKey stream, Event body, Guid id, DateTimeOffset now) =>
            Events.Add(
                RecordedEvent.Of(body, stream, Events.Count + 1, now, id) with
                {
                    // In the order of the file, after everything that is recorded.
                    Index = int.MaxValue + (long)Events.Count,
                }
            );
    }
}
