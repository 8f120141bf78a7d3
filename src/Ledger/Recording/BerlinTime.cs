namespace Ledger.Recording;

/// <summary>Days are the days of the municipalities' time zone, wherever the server stands.</summary>
public static class BerlinTime
{
    private static readonly TimeZoneInfo s_zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    public static DateOnly DayOf(DateTimeOffset moment) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, s_zone).DateTime);

    /// <summary>The same moment on a Berlin clock, for display.</summary>
    public static DateTimeOffset At(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, s_zone);

    /// <summary>Today in Berlin.</summary>
    public static DateOnly Today(this TimeProvider clock) => DayOf(clock.GetUtcNow());
}
