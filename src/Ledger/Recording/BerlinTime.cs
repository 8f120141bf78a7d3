namespace Ledger.Recording;

/// <summary>Days are the days of the municipalities' time zone, wherever the server stands.</summary>
public static class BerlinTime
{
    private static readonly TimeZoneInfo s_zone = TimeZoneInfo.FindSystemTimeZoneById(
        "Europe/Berlin"
    );

    public static DateOnly DayOf(DateTimeOffset moment) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, s_zone).DateTime);

    /// <summary>The last moment of a day there.</summary>
    public static DateTimeOffset EndOf(DateOnly day)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, s_zone.GetUtcOffset(midnight)).AddTicks(-1);
    }

    /// <summary>The same moment on a Berlin clock, for display.</summary>
    public static DateTimeOffset At(DateTimeOffset moment) =>
        TimeZoneInfo.ConvertTime(moment, s_zone);

    /// <summary>Today in Berlin.</summary>
    public static DateOnly Today(this TimeProvider clock) => DayOf(clock.GetUtcNow());
}
