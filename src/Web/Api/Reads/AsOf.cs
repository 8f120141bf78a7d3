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

    /// <summary>The day that <c>stand</c> named; null when it was an index, or nothing.</summary>
    internal DateOnly? StandDay { get; init; }

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
        ?? StandDay
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
    /// <summary>Name of a parameter that cannot be read; null when both can.</summary>
    internal string? Malformed =>
        Zum is not null && HappenedBy is null ? "zum"
        : Stand is not null && StandIndex is null && StandMoment is null ? "stand"
        : null;

    /// <summary>The last day that <c>zum</c> names.</summary>
    internal DateOnly? HappenedBy => Zum is null ? null : Day(Zum);

    /// <summary>The log index, where <c>stand</c> is one.</summary>
    internal long? StandIndex =>
        Stand is { Length: > 0 and <= 15 } && !Stand.AsSpan().ContainsAnyExceptInRange('0', '9')
            ? long.Parse(Stand, CultureInfo.InvariantCulture)
            : null;

    /// <summary>The day, where <c>stand</c> is one.</summary>
    internal DateOnly? StandDay => Stand is null ? null : Day(Stand);

    /// <summary>The last moment that counts, where <c>stand</c> is a day or a moment.</summary>
    internal DateTimeOffset? StandMoment =>
        StandDay is { } day ? BerlinTime.EndOf(day)
        : Stand is null ? null
        : Moment(Stand);

    /// <summary>Reads the parameters.</summary>
    /// <exception cref="ProblemException">One of them is malformed.</exception>
    public async Task<AsOf> ResolveAsync(EventStore store, CancellationToken cancellation) =>
        Malformed switch
        {
            "zum" => throw Refuse.BadParameter("'zum' is a day such as 2024-08-30."),
            "stand" => throw Refuse.BadParameter(
                "'stand' is a day such as 2026-10-31, a moment such as 2026-10-31T12:00:00Z, or a log index."
            ),
            _ => new AsOf(
                StandMoment is { } moment
                    ? await LastIndexAsync(moment, store, cancellation)
                    : StandIndex,
                HappenedBy
            )
            {
                StandDay = StandMoment is { } named ? BerlinTime.DayOf(named) : null,
            },
        };

    private static async Task<long> LastIndexAsync(
        DateTimeOffset moment,
        EventStore store,
        CancellationToken cancellation
    )
    {
        await using var command = store.Database.CreateCommand(
            "select idx from ledger.log_index where recorded <= $1 order by recorded desc, idx desc limit 1"
        );
        command.Parameters.Add(
            new NpgsqlParameter<DateTimeOffset> { TypedValue = moment.ToUniversalTime() }
        );
        return await command.ExecuteScalarAsync(cancellation) is long index ? index : -1;
    }

    /// <summary>A day as an address names it (2026-10-31), of the years that the ledger knows; null when it is none.</summary>
    internal static DateOnly? Day(string? text) =>
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
