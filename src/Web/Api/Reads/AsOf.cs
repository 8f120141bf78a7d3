using System.Globalization;
using Ledger.EventStore;
using Ledger.Recording;
using Npgsql;
using Web.Api.Problems;

namespace Web.Api.Reads;

/// <summary>Which state of the record an answer shows, on both axes.</summary>
/// <param name="Stand">What was recorded by then: the last log index that counts; null = all of it, -1 = nothing.</param>
/// <param name="Zum">What had happened by then; null = everything.</param>
public sealed record AsOf(long? Stand, DateOnly? Zum)
{
    /// <summary>All that is recorded, by now.</summary>
    public static AsOf Now { get; } = new(null, null);

    /// <summary>First index that does not count.</summary>
    internal long Before => Stand is { } last ? last + 1 : long.MaxValue;

    /// <summary>Last day of the occurred axis that counts.</summary>
    internal DateOnly HappenedBy => Zum ?? DateOnly.MaxValue;

    /// <summary>Whether the read models' newest rows are the answer.</summary>
    internal bool IsNow => Stand is null && Zum is null;

    /// <summary>The day for which flags such as "overdue" are computed: <c>zum</c>, else the day of <c>stand</c>, else today.</summary>
    internal async Task<DateOnly> DayAsync(
        EventStore store,
        TimeProvider clock,
        CancellationToken cancellation
    ) =>
        Zum
        ?? (
            Stand is >= 0 and var last && await store.ReadAllAsync(last, 1, cancellation) is [var e]
                ? e.RecordedDay
                : clock.Today()
        );

    /// <summary>The stream's events that count.</summary>
    internal IReadOnlyList<RecordedEvent> Of(IReadOnlyList<RecordedEvent> events) =>
        Stand is null ? events : [.. events.Where(e => e.Index < Before)];
}

/// <summary>The two parameters of time travel, on every read.</summary>
/// <param name="Stand">What was recorded by then: a day (its end, Europe/Berlin), an RFC 3339 moment, or a log index.</param>
/// <param name="Zum">What had happened by then: a day.</param>
public sealed record AsOfQuery(string? Stand, string? Zum)
{
    /// <summary>Reads the parameters.</summary>
    /// <exception cref="ProblemException">One of them is malformed.</exception>
    public async Task<AsOf> ResolveAsync(EventStore store, CancellationToken cancellation)
    {
        DateOnly? zum = null;
        if (Zum is not null)
        {
            zum = Day(Zum) ?? throw Refuse.BadParameter("'zum' is a day such as 2024-08-30.");
        }

        return new AsOf(Stand is null ? null : await IndexAsync(Stand, store, cancellation), zum);
    }

    private static async Task<long> IndexAsync(
        string stand,
        EventStore store,
        CancellationToken cancellation
    )
    {
        if (stand.Length is > 0 and <= 15 && !stand.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return long.Parse(stand, CultureInfo.InvariantCulture);
        }

        var moment =
            Day(stand) is { } day ? BerlinTime.EndOf(day)
            : Moment(stand) is { } exact ? exact
            : throw Refuse.BadParameter(
                "'stand' is a day such as 2026-10-31, a moment such as 2026-10-31T12:00:00Z, or a log index."
            );
        await using var command = store.Database.CreateCommand(
            "select idx from ledger.log_index where recorded <= $1 order by recorded desc, idx desc limit 1"
        );
        command.Parameters.Add(
            new NpgsqlParameter<DateTimeOffset> { TypedValue = moment.ToUniversalTime() }
        );
        return await command.ExecuteScalarAsync(cancellation) is long index ? index : -1;
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        ) && day.Year is >= Edtf.FirstYear and <= Edtf.LastYear
            ? day
            : null;

    // A plus sign arrives as a space when the client did not escape it.
    private static DateTimeOffset? Moment(string text) =>
        text.Length is >= 20 and <= 40
        && text[10] is 'T'
        && (text[^1] == 'Z' || text[^6] is '+' or '-' or ' ')
        && DateTimeOffset.TryParse(
            text.Replace(' ', '+'),
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var moment
        )
        && moment.Year is >= Edtf.FirstYear and <= Edtf.LastYear
            ? moment
            : null;
}
