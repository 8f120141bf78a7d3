using Ledger.Councils;
using Ledger.Promises;
using Ledger.Recording;
using Projections.Past;
using Projections.Timelines;
using Web.Pages.Time;

namespace Web.Pages.Balance;

/// <summary>What became of a promise, as a balance sums it up. Each promise is in one of them.</summary>
public enum Outcome
{
    Reached,
    PartlyReached,
    Begun,
    Late,
    Reported,
    NothingFound,
    Dropped,
    Superseded,
    Unchecked,
}

/// <summary>One line of a balance: how many at the end of the year, and at the end of the year before.</summary>
public sealed record BalanceLine(Outcome Outcome, int Now, int Before)
{
    public int Change => Now - Before;
}

/// <summary>A promise that is elsewhere in the balance than a year before.</summary>
/// <param name="Before">Null when it had not been made.</param>
public sealed record BalanceMove(PromiseRow Row, Outcome Now, Outcome? Before);

/// <summary>The balance of one source, or of all together.</summary>
/// <param name="Source">Its title; null = all.</param>
public sealed record BalanceTable(
    Text? Source,
    IReadOnlyList<BalanceLine> Lines,
    int Now,
    int Before
);

/// <summary>How the promises of a municipality stood at the end of a year, beside the end of the year before.</summary>
/// <param name="Day">The day that counts: the year's last, or today while it goes on.</param>
/// <param name="Years">Those for which there is a balance.</param>
public sealed record BalanceModel(
    string Municipality,
    Council Council,
    int Year,
    DateOnly Day,
    bool GoesOn,
    BalanceTable All,
    IReadOnlyList<BalanceTable> Sources,
    IReadOnlyList<BalanceMove> Moves,
    IReadOnlyList<int> Years
)
{
    /// <summary>What a promise counts as on a day.</summary>
    public static Outcome Of(PromiseRow row, DateOnly day) =>
        row.Status switch
        {
            PromiseStatus.Fulfilled => Outcome.Reached,
            PromiseStatus.Abandoned => Outcome.Dropped,
            PromiseStatus.Superseded => Outcome.Superseded,
            PromiseStatus.Delayed or PromiseStatus.Stalled => Outcome.Late,
            _ when row.IsOverdue(day) => Outcome.Late,
            PromiseStatus.PartlyFulfilled => Outcome.PartlyReached,
            PromiseStatus.Decided or PromiseStatus.Funded or PromiseStatus.Started => Outcome.Begun,
            PromiseStatus.Reported => Outcome.Reported,
            PromiseStatus.NoEvidence => Outcome.NothingFound,
            _ => Outcome.Unchecked,
        };

    public static async Task<BalanceModel?> LoadAsync(
        string municipality,
        int year,
        LedgerView view,
        PastReader past,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        if (await view.CouncilAsync(municipality, cancellation) is not { } council)
        {
            return null;
        }

        var stand = view.Moment.AsOf.Stand;
        var limit = stand is null ? today : view.Day;
        var end = new DateOnly(year, 12, 31);
        var day = end > limit ? limit : end;
        var dayBefore = new DateOnly(year - 1, 12, 31);
        if (
            await past.ListOnAsync(municipality, stand, [dayBefore, day], cancellation)
                is not [var then, { Count: > 0 } now]
            || year > limit.Year
        )
        {
            return null;
        }

        var before = then.ToDictionary(p => p.Row.Slug, p => p.Row, StringComparer.Ordinal);
        var titles = (await view.SourcesAsync(municipality, cancellation)).ToDictionary(
            s => s.Slug,
            s => s.Title,
            StringComparer.Ordinal
        );
        var rows = now.Select(p => p.Row).ToList();
        return new BalanceModel(
            municipality,
            council,
            year,
            day,
            end > limit,
            Table(null, rows, [.. before.Values], day, dayBefore),
            [
                .. rows.GroupBy(r => r.Source)
                    .Select(s =>
                        Table(
                            titles.GetValueOrDefault(s.Key, new Text(s.Key)),
                            [.. s],
                            [.. before.Values.Where(b => b.Source == s.Key)],
                            day,
                            dayBefore
                        )
                    ),
            ],
            [
                .. rows.Select(r => new BalanceMove(
                        r,
                        Of(r, day),
                        before.TryGetValue(r.Slug, out var b) ? Of(b, dayBefore) : null
                    ))
                    .Where(m => m.Before is { } b ? b != m.Now : m.Now != Outcome.Unchecked),
            ],
            await YearsAsync(municipality, stand, past, limit, cancellation)
        );
    }

    /// <summary>From the year in which the first promise was made.</summary>
    public static async Task<IReadOnlyList<int>> YearsAsync(
        string municipality,
        long? stand,
        PastReader past,
        DateOnly limit,
        CancellationToken cancellation
    ) =>
        await past.FirstDayAsync(municipality, stand, cancellation) is { } first
        && first.Year <= limit.Year
            ?
            [
                .. Enumerable.Range(
                    Math.Max(first.Year, limit.Year - 60),
                    limit.Year - Math.Max(first.Year, limit.Year - 60) + 1
                ),
            ]
            : [];

    private static BalanceTable Table(
        Text? source,
        List<PromiseRow> now,
        List<PromiseRow> before,
        DateOnly day,
        DateOnly dayBefore
    ) =>
        new(
            source,
            [
                .. Enum.GetValues<Outcome>()
                    .Select(o => new BalanceLine(
                        o,
                        now.Count(r => Of(r, day) == o),
                        before.Count(r => Of(r, dayBefore) == o)
                    ))
                    .Where(l => l.Now + l.Before > 0),
            ],
            now.Count,
            before.Count
        );
}
