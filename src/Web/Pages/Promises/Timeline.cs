using Ledger.Promises;
using Ledger.Recording;
using Web.Pages.Wording;

namespace Web.Pages.Promises;

/// <summary>A line of a timeline: an entry, or the silence between two.</summary>
public abstract record TimelineItem
{
    private TimelineItem() { }

    /// <summary>Something that happened.</summary>
    /// <param name="Event">The entry as it counts.</param>
    /// <param name="NewStatus">The status from here on, if the entry changed it.</param>
    /// <param name="Retraction">Why it no longer counts; null while it does.</param>
    public sealed record Entry(
        EffectiveEvent Event,
        PromiseStatus? NewStatus,
        Ledger.EventStore.RecordedEvent? Retraction
    ) : TimelineItem
    {
        /// <summary>What was said about it, by right of reply.</summary>
        public IReadOnlyList<Entry> Replies { get; init; } = [];
    }

    /// <summary>More than a year without an entry.</summary>
    /// <param name="Years">Full years, at least one.</param>
    /// <param name="UntilToday">Nothing follows.</param>
    public sealed record Silence(int Years, bool UntilToday) : TimelineItem
    {
        public string Words =>
            Language.Say(
                $"{(UntilToday ? "seitdem" : "danach")} {DateWords.MoreThan(Years)} kein Eintrag",
                $"{(UntilToday ? "since then," : "after that,")} no entry for {DateWords.MoreThan(Years)}"
            );
    }
}

/// <summary>A promise's entries in the order in which they happened, retracted ones at their place, with the gaps of silence.</summary>
public static class Timeline
{
    /// <summary>
    /// Relations to other promises stand in a section of their own: they did not happen on a day. A reply stands beside the entry that it
    /// is about, whenever it was said.
    /// </summary>
    public static IReadOnlyList<TimelineItem> Of(Promise promise, DateOnly today)
    {
        var recorded = EffectiveEvents.WithoutWithheld(promise.Recorded);
        var retractions = recorded
            .Where(e => e.Body is Retracted)
            .GroupBy(e => ((Retracted)e.Body).Event)
            .ToDictionary(g => g.Key, g => g.First());
        var standing = promise.Steps.Select(s => new TimelineItem.Entry(
            s.Event,
            s.After != s.Before ? s.After : null,
            null
        ));
        var withdrawn = recorded
            .Where(e => retractions.ContainsKey(e.Id))
            .Select(e => new TimelineItem.Entry(
                new EffectiveEvent(e, e.Body, []),
                null,
                retractions[e.Id]
            ));
        var entries = standing
            .Concat(withdrawn)
            .Where(e => e.Event.Body is not Linked)
            .OrderBy(e => e.Event)
            .ToList();
        var here = entries.Select(e => e.Event.Recorded.Id).ToHashSet();
        var replies = entries
            .Where(e => e.Event.Body is Stated said && here.Contains(said.About))
            .ToLookup(e => ((Stated)e.Event.Body).About);
        return WithSilences(entries, replies, today);
    }

    private static List<TimelineItem> WithSilences(
        List<TimelineItem.Entry> entries,
        ILookup<Guid, TimelineItem.Entry> replies,
        DateOnly today
    )
    {
        var beside = replies.SelectMany(r => r).ToHashSet();
        List<TimelineItem> items = [];
        DateOnly? silentSince = null;
        foreach (var entry in entries)
        {
            // An entry that no longer counts, or whose day is unknown, neither ends nor begins a silence.
            var dated = entry.Retraction is null && entry.Event.Body.Occurred is not null;
            if (
                dated
                && !beside.Contains(entry)
                && silentSince is { } since
                && DateWords.Years(since, entry.Event.From) is > 0 and var years
            )
            {
                items.Add(new TimelineItem.Silence(years, false));
            }

            if (!beside.Contains(entry))
            {
                items.Add(entry with { Replies = Below(entry.Event.Recorded.Id) });
            }

            if (dated && entry.Event.To == DateOnly.MaxValue)
            {
                // It may have happened any day since: from here on no length can be stated.
                silentSince = null;
            }
            else if (dated && (silentSince is null || entry.Event.To > silentSince))
            {
                silentSince = entry.Event.To;
            }
        }

        // Where nobody has looked there is no silence to speak of: the page says so in words.
        var isLookedAfter = entries.Any(e =>
            e.Retraction is null && e.Event.Body is not (Promised or Assigned)
        );
        if (
            isLookedAfter
            && silentSince is { } last
            && DateWords.Years(last, today) is > 0 and var until
        )
        {
            items.Add(new TimelineItem.Silence(until, true));
        }

        return items;

        // A reply to a reply stands below the entry that both are about.
        List<TimelineItem.Entry> Below(Guid about) =>
            [.. replies[about].SelectMany(r => Below(r.Event.Recorded.Id).Prepend(r))];
    }
}
