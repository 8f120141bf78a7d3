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
    ) : TimelineItem;

    /// <summary>More than a year without an entry.</summary>
    /// <param name="Years">Full years, at least one.</param>
    /// <param name="UntilToday">Nothing follows.</param>
    public sealed record Silence(int Years, bool UntilToday) : TimelineItem
    {
        public string Words =>
            $"{(UntilToday ? "seitdem" : "danach")} {DateWords.MoreThan(Years)} kein Eintrag";
    }
}

/// <summary>A promise's entries in the order in which they happened, retracted ones at their place, with the gaps of silence.</summary>
public static class Timeline
{
    /// <summary>Relations to other promises stand in a section of their own: they did not happen on a day.</summary>
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
        return WithSilences(entries, today);
    }

    private static List<TimelineItem> WithSilences(List<TimelineItem.Entry> entries, DateOnly today)
    {
        List<TimelineItem> items = [];
        DateOnly? silentSince = null;
        foreach (var entry in entries)
        {
            // An entry that no longer counts, or whose day is unknown, neither ends nor begins a silence.
            var dated = entry.Retraction is null && entry.Event.Body.Occurred is not null;
            if (
                dated
                && silentSince is { } since
                && DateWords.Years(since, entry.Event.From) is > 0 and var years
            )
            {
                items.Add(new TimelineItem.Silence(years, false));
            }

            items.Add(entry);
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
    }
}
