using System.Globalization;
using Ledger.Targets;
using Web.Pages.Wording;

namespace Web.Pages.Targets;

/// <summary>A dot of a chart, in the chart's own units.</summary>
public sealed record ChartDot(decimal X, decimal Y, string Label, bool Provisional, bool LabelLeft);

/// <summary>A year without the value that would be needed.</summary>
public sealed record ChartGap(decimal X, string Label, bool LabelLeft);

/// <summary>A mark of an axis.</summary>
public sealed record ChartTick(decimal At, string Label);

/// <summary>
/// The picture of a series: what was measured, what was aimed at, and the years for which a value is missing. Only layout; every
/// number in it stands in the table beside it.
/// </summary>
public sealed record Chart(
    IReadOnlyList<ChartDot> Dots,
    IReadOnlyList<ChartGap> Gaps,
    (decimal X1, decimal Y1, decimal X2, decimal Y2)? AimLine,
    ChartDot? Aim,
    IReadOnlyList<ChartTick> Years,
    IReadOnlyList<ChartTick> Values,
    string Unit
)
{
    public const int Width = 440;
    public const int Height = 280;
    public const int Left = 46;
    public const int Right = Width - 16;
    public const int Top = 34;
    public const int Bottom = Height - 30;

    /// <summary>The series as a picture; null when nothing is measured.</summary>
    public static Chart? Of(TargetSet set, IReadOnlyList<Measurement> measurements)
    {
        var unit = measurements.FirstOrDefault(m => !m.Measured.PerHead)?.Measured.Unit;
        var series = measurements
            .Where(m => m.Measured.Unit == unit && !m.Measured.PerHead)
            .ToList();
        if (unit is null)
        {
            return null;
        }

        var baseYear = set.Direction == Direction.ReduceBy ? set.Base?.Year : null;
        var baseValue =
            set.Base?.Value ?? series.FirstOrDefault(m => baseYear is { } y && m.IsYear(y))?.Value;
        decimal? aim = set switch
        {
            { Direction: Direction.ReduceBy, Value: { } percent } when baseValue is { } from => from
                * (100 - percent)
                / 100,
            {
                Direction: Direction.Reach or Direction.AtLeast or Direction.AtMost,
                Value: { } value
            } when set.Unit == unit => value,
            _ => null,
        };

        var years = series
            .Select(m => Year(m))
            .Concat(Whole(baseYear))
            .Concat(Whole(set.Year))
            .ToList();
        var (first, last) = (years.Min(), years.Max());
        if (first == last)
        {
            (first, last) = (first - 1, last + 1);
        }

        var top = series.Select(m => m.Value).Append(baseValue ?? 0).Append(aim ?? 0).Max();
        var step = Step(top);
        top = Math.Max(step, Math.Ceiling(top / step) * step);

        List<ChartGap> gaps = [];
        if (baseYear is { } start && baseValue is null)
        {
            gaps.Add(new ChartGap(X(start), $"{start}: kein Ausgangswert", false));
        }

        if (set.Year is { } due && !series.Any(m => m.IsYear(due)))
        {
            gaps.Add(new ChartGap(X(due), $"{due}: kein Messwert", true));
        }

        return new Chart(
            [
                .. series.Select(m => new ChartDot(
                    X(Year(m)),
                    Y(m.Value),
                    German.Number(m.Value),
                    m.Measured.Provisional,
                    X(Year(m)) > (Left + Right) / 2m
                )),
            ],
            gaps,
            aim is { } to && baseYear is { } by && baseValue is { } value0 && set.Year is { } end
                ? (X(by), Y(value0), X(end), Y(to))
                : null,
            aim is { } target && set.Year is { } at
                ? new ChartDot(
                    X(at),
                    Y(target),
                    $"Ziel {German.Number(decimal.Round(target, 2))}",
                    false,
                    true
                )
                : null,
            [.. Spaced(years.Distinct().Order(), X)],
            [
                .. Enumerable
                    .Range(0, (int)(top / step) + 1)
                    .Select(i => new ChartTick(Y(i * step), German.Number(i * step))),
            ],
            German.Unit(unit)
        );

        decimal X(decimal year) =>
            decimal.Round(Left + 8 + ((year - first) / (last - first) * (Right - Left - 16)), 1);
        decimal Y(decimal value) => decimal.Round(Bottom - (value / top * (Bottom - Top)), 1);
    }

    /// <summary>A number as SVG wants it, wherever the server stands.</summary>
    public static string Svg(decimal number) =>
        number.ToString("0.##", CultureInfo.InvariantCulture);

    // One, two or five times a power of ten: four steps or fewer.
    private static decimal Step(decimal top)
    {
        var step = 0.01m;
        for (var i = 0; top / step > 4 && i < 60; i++)
        {
            step *= i % 3 == 1 ? 2.5m : 2m;
        }

        return step;
    }

    private static IEnumerable<ChartTick> Spaced(
        IEnumerable<decimal> years,
        Func<decimal, decimal> x
    )
    {
        decimal? before = null;
        foreach (var year in years)
        {
            if (before is null || x(year) - before >= 34)
            {
                before = x(year);
                yield return new ChartTick(
                    x(year),
                    decimal.Floor(year).ToString(CultureInfo.InvariantCulture)
                );
            }
        }
    }

    private static decimal Year(Measurement measurement) =>
        (measurement.Measured.Period.EarliestDay ?? measurement.Measured.Period.LatestDay)!
            .Value
            .Year;

    private static IEnumerable<decimal> Whole(int? year) => year is { } y ? [y] : [];
}
