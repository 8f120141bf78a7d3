using System.Globalization;
using Web.Pages.Wording;

namespace Web.Pages.Targets;

/// <summary>The axes of a chart, and where words still find room in it.</summary>
internal sealed class ChartFrame
{
    private const decimal LetterWidth = 7.6m;
    private const decimal LineHeight = 14;

    private readonly int _first;
    private readonly int _last;
    private readonly decimal _step;
    private readonly decimal _top;
    private readonly List<(decimal Left, decimal Top, decimal Right, decimal Bottom)> _taken = [];

    public ChartFrame(int first, int last, decimal highest)
    {
        (_first, _last) = first == last ? (first - 1, last + 1) : (first, last);
        _step = Step(highest);
        _top = Math.Max(_step, Math.Ceiling(highest / _step) * _step);
    }

    public decimal X(int year) =>
        decimal.Round(
            Chart.Left
                + 8
                + ((decimal)(year - _first) / (_last - _first) * (Chart.Right - Chart.Left - 16)),
            1
        );

    public decimal Y(decimal value) =>
        decimal.Round(Chart.Bottom - (value / _top * (Chart.Bottom - Chart.Top)), 1);

    /// <summary>A value with its words where they cover nothing.</summary>
    /// <param name="below">Whether the words rather stand below.</param>
    public ChartDot Dot(int year, decimal value, string words, bool provisional, bool below = false)
    {
        var (x, y) = (X(year), Y(value));
        _taken.Add((x - 6, y - 6, x + 6, y + 6));
        ChartLabel[] places =
        [
            new(words, x + 9, y - 8, false),
            new(words, x - 9, y - 8, true),
            new(words, x + 9, y + 17, false),
            new(words, x - 9, y + 17, true),
        ];
        places = below ? [.. places.Reverse()] : places;
        var label = places.FirstOrDefault(IsFree) ?? places[0];
        _taken.Add(Box(label));
        return new ChartDot(x, y, label, provisional);
    }

    /// <summary>A year without a value, with its words at the upper edge.</summary>
    public ChartGap Gap(int year, string words)
    {
        var x = X(year);
        var atEnd = x > (Chart.Left + Chart.Right) / 2m;
        var label = new ChartLabel(words, x + (atEnd ? -6 : 6), Chart.Top + 15, atEnd);
        if (!IsFree(label))
        {
            label = label with { Y = label.Y + LineHeight + 2 };
        }

        _taken.Add(Box(label));
        return new ChartGap(x, label);
    }

    /// <summary>The years, as many as find room; the first and the last always.</summary>
    public IEnumerable<ChartTick> YearTicks(int[] years)
    {
        var end = X(years[^1]);
        var before = (decimal)-Chart.Width;
        foreach (var year in years.Distinct())
        {
            var x = X(year);
            if (x - before >= 36 && (end - x >= 36 || year == years[^1]))
            {
                before = x;
                yield return new ChartTick(x, year.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    public IEnumerable<ChartTick> ValueTicks() =>
        Enumerable
            .Range(0, (int)(_top / _step) + 1)
            .Select(i => new ChartTick(Y(i * _step), Writing.Number(i * _step)));

    // One, two or five times a power of ten, so that there are at most four steps.
    private static decimal Step(decimal highest)
    {
        var step = 0.01m;
        for (var i = 0; highest / step > 4; i++)
        {
            step *= i % 3 == 1 ? 2.5m : 2m;
        }

        return step;
    }

    private bool IsFree(ChartLabel label)
    {
        var box = Box(label);
        return box.Left >= Chart.Left
            && box.Right <= Chart.Width
            && box.Top >= 18
            && box.Bottom <= Chart.Bottom
            && !_taken.Exists(t =>
                t.Left < box.Right && box.Left < t.Right && t.Top < box.Bottom && box.Top < t.Bottom
            );
    }

    private static (decimal Left, decimal Top, decimal Right, decimal Bottom) Box(ChartLabel label)
    {
        var width = label.Text.Length * LetterWidth;
        var left = label.AtEnd ? label.X - width : label.X;
        return (left, label.Y - LineHeight + 2, left + width, label.Y + 3);
    }
}
