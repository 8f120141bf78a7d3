using System.Globalization;
using Ledger.Recording;
using Web.Api.Reads;
using Web.Pages.Wording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Compare;

/// <summary>The days that a comparison spans, both included: what is compared is the evening before the first with the evening of the last.</summary>
public sealed record Period(DateOnly From, DateOnly To)
{
    /// <summary>The last day that counts for how it was before.</summary>
    public DateOnly Before => From.AddDays(-1);

    /// <summary>"vom 1. Januar 2024 bis zum 31. Dezember 2024", in English "from 1 January 2024 to 31 December 2024".</summary>
    public string Words =>
        $"{Say("vom", "from")} {From.Words()} {Say("bis zum", "to")} {To.Words()}";

    /// <summary>Reads the two days of an address.</summary>
    /// <param name="fault">What is wrong with them, as a sentence; null when nothing is.</param>
    /// <returns>Null when there is nothing to compare.</returns>
    public static Period? Read(string? from, string? to, DateOnly today, out string? fault)
    {
        fault = null;
        if (string.IsNullOrEmpty(from) && string.IsNullOrEmpty(to))
        {
            return null;
        }

        if (Day(from) is not { } first)
        {
            fault = CompareWords.BadFrom;
            return null;
        }

        if (Day(string.IsNullOrEmpty(to) ? Text(today) : to) is not { } last)
        {
            fault = CompareWords.BadTo;
            return null;
        }

        last = last > today ? today : last;
        if (first > last)
        {
            fault = CompareWords.WrongOrder;
            return null;
        }

        return new Period(first, last);
    }

    /// <summary>A day as an address and a date field write it.</summary>
    public static string Text(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // The state before the period must be one of a day, too.
    private static DateOnly? Day(string? text) =>
        AsOfQuery.Day(text) is { } day && day > new DateOnly(Edtf.FirstYear, 1, 1) ? day : null;
}
