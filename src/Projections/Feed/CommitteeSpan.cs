using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Recording;
using Projections.Engine;

namespace Projections.Feed;

/// <summary>How a committee stood from one index to another.</summary>
/// <param name="Until">The index from which it stood otherwise; null = it still stands so.</param>
internal sealed record CommitteeSpan(StreamKey Council, Committee Committee, long From, long? Until)
{
    /// <summary>The spans of a council's committees, each by what was recorded up to its first index.</summary>
    public static IEnumerable<CommitteeSpan> Of(StreamHistory history)
    {
        var counted = history.Open();
        Dictionary<string, CommitteeSpan> open = new(StringComparer.Ordinal);
        List<CommitteeSpan> spans = [];
        for (var i = 0; i < counted.Length; i++)
        {
            if (
                counted[i].Body
                is not (
                    CommitteeEstablished
                    or CommitteeRenamed
                    or CommitteeDissolved
                    or Corrected
                    or Retracted
                )
            )
            {
                continue;
            }

            var index = counted[i].Index;
            var now = Ledger
                .Councils.Council.From(new ArraySegment<RecordedEvent>(counted, 0, i + 1))
                .Committees.ToDictionary(c => c.Slug, StringComparer.Ordinal);
            foreach (var (slug, span) in open.ToList())
            {
                if (!now.TryGetValue(slug, out var committee) || !Same(committee, span.Committee))
                {
                    spans.Add(span with { Until = index });
                    open.Remove(slug);
                }
            }

            foreach (var (slug, committee) in now)
            {
                open.TryAdd(slug, new CommitteeSpan(history.Stream, committee, index, null));
            }
        }

        return [.. spans, .. open.Values];
    }

    private static bool Same(Committee a, Committee b) =>
        a.Name == b.Name && a.Successors.SequenceEqual(b.Successors, StringComparer.Ordinal);
}
