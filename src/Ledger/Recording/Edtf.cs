using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ledger.Recording;

/// <summary>How exactly an <see cref="Edtf"/> says when.</summary>
public enum EdtfPrecision
{
    Day,
    Month,
    Season,
    Year,
    Interval,
}

/// <summary>
/// When something happened or is due, as exactly as the source says it and never more exactly:
/// the part of ISO 8601-2 (EDTF) levels 0 and 1 that <see cref="AllowedForms"/> names.
/// There is one way to write each value, so the text is the value: it is kept as read and decides equality.
/// </summary>
/// <remarks>
/// The order is that of the status fold: earliest possible day, then latest possible day. Different values
/// can therefore stand at the same place (<c>2024</c> and <c>2024~</c>; <c>2018-22</c> and
/// <c>2018-06/2018-08</c>); there the log index decides, not the text.
/// </remarks>
[JsonConverter(typeof(EdtfJsonConverter))]
[SuppressMessage("Design", "CA1036", Justification = NoOperators)]
[SuppressMessage("Design", "MA0097", Justification = NoOperators)]
public sealed record Edtf : IComparable<Edtf>
{
    public const int FirstYear = 1800;
    public const int LastYear = 2199;

    /// <summary>The sentence that every refusal ends with.</summary>
    public const string AllowedForms =
        "Allowed are a day (2024-08-30), a month (2024-08), a season (2018-21 spring, 2018-22 summer, "
        + "2018-23 autumn, 2018-24 winter into the next year) and a year (2024), each with ~ after it for about "
        + "(2021-10~), and intervals of these (2025-05/2025-06), open at one end (../2025 or 2020-02-26/..); "
        + "years 1800 to 2199.";

    const string NoOperators =
        "2024 <= 2024~ and 2024~ <= 2024 would hold of values that are not equal.";
    const int LongestForm = 23; // 2024-08-30~/2024-08-31~
    const int LongestQuote = 40;

    readonly string _text;

    // An open end is kept as the end of the calendar, outside the allowed years: it sorts where it belongs.
    readonly DateOnly _earliest;
    readonly DateOnly _latest;

    Edtf(string text, EdtfPoint start, EdtfPoint end, EdtfPrecision precision)
    {
        _text = text;
        _earliest = start.IsOpen ? DateOnly.MinValue : start.Earliest;
        _latest = end.IsOpen ? DateOnly.MaxValue : end.Latest;
        Start = start;
        End = end;
        Precision = precision;
    }

    internal EdtfPoint Start { get; }

    /// <summary>The same as <see cref="Start"/> if this is no interval.</summary>
    internal EdtfPoint End { get; }

    public EdtfPrecision Precision { get; }

    /// <summary>The first day on which it can have been; <c>null</c> only for an open start.</summary>
    public DateOnly? EarliestDay => Start.IsOpen ? null : _earliest;

    /// <summary>The last day on which it can have been; <c>null</c> only for an open end.</summary>
    public DateOnly? LatestDay => End.IsOpen ? null : _latest;

    /// <summary>The source says "about", of either end. It does not widen the days.</summary>
    public bool IsApproximate => Start.IsAbout || End.IsAbout;

    /// <summary>Whether the last possible day lies before <paramref name="today"/>; never for an open end.</summary>
    public bool IsOver(DateOnly today) => !End.IsOpen && _latest < today;

    public static Edtf Day(DateOnly date)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(date.Year, FirstYear, nameof(date));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(date.Year, LastYear, nameof(date));
        var point = new EdtfPoint(
            (short)date.Year,
            (byte)date.Month,
            (byte)date.Day,
            IsAbout: false
        );
        return new Edtf(
            date.ToString("O", CultureInfo.InvariantCulture),
            point,
            point,
            EdtfPrecision.Day
        );
    }

    /// <summary>Reads one of the <see cref="AllowedForms"/>.</summary>
    /// <exception cref="FormatException">The text has none of the <see cref="AllowedForms"/>.</exception>
    public static Edtf Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var value, out var error)
            ? value
            : throw new FormatException(error);
    }

    /// <summary>Reads one of the <see cref="AllowedForms"/>; otherwise says why not and what is allowed.</summary>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out Edtf? value,
        [NotNullWhen(false)] out string? error
    )
    {
        if (string.IsNullOrEmpty(text))
        {
            value = null;
            error = "A date is missing. " + AllowedForms;
            return false;
        }

        var refusal = Read(text, out value);
        error = value is null ? $"“{Quoted(text)}” is refused: {refusal}. {AllowedForms}" : null;
        return value is not null;
    }

    public int CompareTo(Edtf? other)
    {
        if (other is null)
        {
            return 1;
        }

        var byEarliest = _earliest.CompareTo(other._earliest);
        return byEarliest != 0 ? byEarliest : _latest.CompareTo(other._latest);
    }

    public bool Equals(Edtf? other) =>
        other is not null && string.Equals(_text, other._text, StringComparison.Ordinal);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => _text;

    static string? Read(string text, out Edtf? value)
    {
        value = null;
        if (text.Length > LongestForm)
        {
            return "it has none of the allowed forms";
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            if (EdtfPoint.Read(text, out var point) is { } refusal)
            {
                return refusal;
            }

            value = new Edtf(text, point, point, point.Precision);
            return null;
        }

        return ReadInterval(text, slash, out value);
    }

    static string? ReadInterval(string text, int slash, out Edtf? value)
    {
        value = null;
        var before = text.AsSpan(0, slash);
        var after = text.AsSpan(slash + 1);
        EdtfPoint start = default;
        EdtfPoint end = default;
        if (before is not ".." && EdtfPoint.Read(before, out start) is { } startRefusal)
        {
            return startRefusal;
        }

        if (after is not ".." && EdtfPoint.Read(after, out end) is { } endRefusal)
        {
            return endRefusal;
        }

        if (start.IsOpen && end.IsOpen)
        {
            return "an interval that is open at both ends says nothing";
        }

        // No day would lie in it. 2024-05/2024 is allowed: from May on, at the latest until the end of the year.
        if (!start.IsOpen && !end.IsOpen && start.Earliest > end.Latest)
        {
            return "its start is after its end";
        }

        value = new Edtf(text, start, end, EdtfPrecision.Interval);
        return null;
    }

    static string Quoted(string text) =>
        text.Length <= LongestQuote ? text : string.Concat(text.AsSpan(0, LongestQuote), "…");
}

/// <summary>A day, month, season or year; the default value is the open end of an interval.</summary>
/// <remarks>
/// Part is 0 for a year, 1 to 12 for a month, 21 to 24 for a season; DayOfMonth is 0 unless it is a day.
/// </remarks>
readonly record struct EdtfPoint(short Year, byte Part, byte DayOfMonth, bool IsAbout)
{
    public const int Spring = 21;
    public const int Winter = 24;

    public bool IsOpen => Year == 0;

    public EdtfPrecision Precision =>
        DayOfMonth != 0 ? EdtfPrecision.Day
        : Part == 0 ? EdtfPrecision.Year
        : Part < Spring ? EdtfPrecision.Month
        : EdtfPrecision.Season;

    public DateOnly Earliest =>
        Precision switch
        {
            EdtfPrecision.Day => new DateOnly(Year, Part, DayOfMonth),
            EdtfPrecision.Month => new DateOnly(Year, Part, 1),
            EdtfPrecision.Season => new DateOnly(Year, FirstMonthOfSeason, 1),
            _ => new DateOnly(Year, 1, 1),
        };

    public DateOnly Latest =>
        Precision switch
        {
            EdtfPrecision.Day => Earliest,
            EdtfPrecision.Month => Earliest.AddMonths(1).AddDays(-1),
            EdtfPrecision.Season => Earliest.AddMonths(3).AddDays(-1),
            _ => new DateOnly(Year, 12, 31),
        };

    int FirstMonthOfSeason => 3 * (Part - Spring + 1);

    /// <summary>Returns why <paramref name="text"/> is refused, or <c>null</c> if it was read.</summary>
    public static string? Read(ReadOnlySpan<char> text, out EdtfPoint point)
    {
        point = default;
        var isAbout = text is [.., '~'];
        if (isAbout)
        {
            text = text[..^1];
        }

        var year = 0;
        var part = 0;
        var day = 0;
        var hasForm = text.Length switch
        {
            4 => TryDigits(text, out year),
            7 => text[4] == '-' && TryDigits(text[..4], out year) && TryDigits(text[5..], out part),
            10 => text[4] == '-'
                && text[7] == '-'
                && TryDigits(text[..4], out year)
                && TryDigits(text[5..7], out part)
                && TryDigits(text[8..], out day),
            _ => false,
        };
        if (!hasForm)
        {
            return "it has none of the allowed forms";
        }

        if (year is < Edtf.FirstYear or > Edtf.LastYear)
        {
            return "its year is outside the allowed years";
        }

        if (text.Length >= 7 && part is not (>= 1 and <= 12 or >= Spring and <= Winter))
        {
            return "there is no such month or season";
        }

        if (text.Length == 10 && (part > 12 || day < 1 || day > DateTime.DaysInMonth(year, part)))
        {
            return "there is no such day in the calendar";
        }

        point = new EdtfPoint((short)year, (byte)part, (byte)day, isAbout);
        return null;
    }

    // int.Parse would also take signs and spaces, char.IsDigit the digits of other scripts.
    static bool TryDigits(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit(character))
            {
                return false;
            }

            number = (number * 10) + (character - '0');
        }

        return true;
    }
}

/// <summary>In JSON a date is its text; unknown is <c>null</c>.</summary>
sealed class EdtfJsonConverter : JsonConverter<Edtf>
{
    public override Edtf Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException(
                $"A date is a string, not {reader.TokenType}. {Edtf.AllowedForms}"
            );
        }

        return Edtf.TryParse(reader.GetString(), out var value, out var error)
            ? value
            : throw new JsonException(error);
    }

    public override void Write(Utf8JsonWriter writer, Edtf value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
