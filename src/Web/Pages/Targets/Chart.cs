using System.Globalization;
using Ledger.Targets;
using Web.Pages.Wording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Targets;

/// <summary>Words in a chart.</summary>
/// <param name="AtEnd">Whether they end at their point, instead of beginning there.</param>
public sealed record ChartLabel(string Text, decimal X, decimal Y, bool AtEnd);

/// <summary>A measured value.</summary>
public sealed record ChartDot(decimal X, decimal Y, ChartLabel Label, bool Provisional);

/// <summary>A year without the value that would be needed.</summary>
public sealed record ChartGap(decimal X, ChartLabel Label);

/// <summary>A mark of an axis.</summary>
public sealed record ChartTick(decimal At, string Label);

/// <summary>A straight line.</summary>
public sealed record ChartLine(decimal X1, decimal Y1, decimal X2, decimal Y2);

/// <summary>
/// The picture of a series: what was measured, what was aimed at, and the years for which a value is missing. Only layout; every
/// number in it stands in the table beside it.
/// </summary>
/// <param name="Lines">Between neighbouring values; what lies between was not measured.</param>
/// <param name="AimLine">From the base value to the target.</param>
/// <param name="Aim">Where the target lies.</param>
public sealed record Chart(
    IReadOnlyList<ChartDot> Dots,
    IReadOnlyList<ChartLine> Lines,
    IReadOnlyList<ChartGap> Gaps,
    ChartLine? AimLine,
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
        if (unit is null)
        {
            return null;
        }

        var series = measurements
            .Where(m => m.Measured.Unit == unit && !m.Measured.PerHead)
            .ToList();
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
        int[] years =
        [
            .. series
                .Select(Year)
                .Concat(baseYear is { } b ? [b] : [])
                .Concat(set.Year is { } t ? [t] : [])
                .Order(),
        ];
        var values = series.Select(m => m.Value).Append(baseValue ?? 0).Append(aim ?? 0);
        var frame = new ChartFrame(years[0], years[^1], values.Max());

        List<ChartGap> gaps = [];
        if (baseYear is { } start && baseValue is null)
        {
            gaps.Add(frame.Gap(start, $"{start}: {Say("kein Ausgangswert", "no baseline value")}"));
        }

        if (set.Year is { } due && !series.Any(m => m.IsYear(due)))
        {
            gaps.Add(frame.Gap(due, $"{due}: {Say("kein Messwert", "no measured value")}"));
        }

        List<ChartDot> dots =
        [
            .. series.Select(m =>
                frame.Dot(Year(m), m.Value, Writing.Number(m.Value), m.Measured.Provisional)
            ),
        ];
        var target =
            aim is { } to && set.Year is { } by
                ? frame.Dot(by, to, Say("Ziel", "target"), provisional: false, below: true)
                : null;
        var origin =
            target is not null && baseYear is { } first && baseValue is { } at
                ? (X: frame.X(first), Y: frame.Y(at))
                : ((decimal X, decimal Y)?)null;
        return new Chart(
            dots,
            [.. dots.Zip(dots.Skip(1), (a, z) => new ChartLine(a.X, a.Y, z.X, z.Y))],
            gaps,
            origin is { } o ? new ChartLine(o.X, o.Y, target!.X, target.Y) : null,
            target,
            [.. frame.YearTicks(years)],
            [.. frame.ValueTicks()],
            Writing.Unit(unit)
        );
    }

    /// <summary>A number as SVG wants it, wherever the server stands.</summary>
    public static string Svg(decimal number) =>
        number.ToString("0.##", CultureInfo.InvariantCulture);

    private static int Year(Measurement measurement) =>
        (measurement.Measured.Period.EarliestDay ?? measurement.Measured.Period.LatestDay)!
            .Value
            .Year;
}
