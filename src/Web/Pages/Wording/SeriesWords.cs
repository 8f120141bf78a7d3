using Ledger.Recording;
using Ledger.Targets;
using Web.Pages.Targets;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Wording;

/// <summary>What was measured, in words: beside a picture, in a table, next to another series.</summary>
public static class SeriesWords
{
    /// <summary>What must be known of a measured value, a line each.</summary>
    public static IEnumerable<string> Facts(Measurement m)
    {
        if (m.Measured.PerHead)
        {
            yield return Say("je Kopf, nicht im Bild", "per person, not shown in the chart");
        }

        if (m.Measured.Provisional && m.Restatements.Count == 0)
        {
            yield return Say("vorläufig", "provisional");
        }
    }

    /// <summary>The value that a change is counted from: stated by the source, else measured for its year.</summary>
    public static string Base(TargetSet set, IReadOnlyList<Measurement> measurements)
    {
        var year = set.Base?.Year is { } y ? $" ({y})" : "";
        if (set.Base?.Value is { } stated)
        {
            return $"{Writing.Number(stated)}{year}";
        }

        return
            measurements.FirstOrDefault(m =>
                !m.Measured.PerHead && set.Base?.Year is { } from && m.IsYear(from)
            )
                is { } measured
            ? $"{TargetWords.Value(measured)}{year}, {Say("nach der Messreihe", "from the measured values")}"
            : $"{Say("nicht genannt", "not given")}{year}";
    }

    /// <summary>The sentence that says what the picture shows.</summary>
    public static string Shown(TargetSet set, IReadOnlyList<Measurement> measurements, Chart chart)
    {
        var series = measurements.Where(m => !m.Measured.PerHead).ToList();
        var (first, last) = (series[0], series[^1]);
        var measured =
            series.Count == 1
                ? $"{Say("Ein einziger Messwert", "A single measured value")}: {At(first)}."
                : $"{series.Count} {Say("Messwerte, von", "measured values, from")} {At(first)} {Say("bis", "to")} {At(last)}.";
        var gaps =
            chart.Gaps.Count == 0
                ? ""
                : $" {Say("Senkrecht gepunktet:", "Dotted vertical lines mark gaps:")} {string.Join("; ", chart.Gaps.Select(g => g.Label.Text))}.";
        var aim = chart.Aim is null
            ? ""
            : $" {Say("Die Raute zeigt das Ziel für", "The diamond shows the target for")} {set.Year}.";
        return measured + aim + gaps;
    }

    /// <summary>What a reference series shows: "1990 bis 2023: rund 49 % weniger (zuletzt vorläufig)".</summary>
    public static string Between(Reference reference) =>
        reference.Measurements switch
        {
            [] => Say("noch kein Messwert", "no measured value yet"),
            [var only] => $"{only.Measured.Period.Words()}: {TargetWords.Value(only)}",
            [var first, .., var last] =>
                $"{first.Measured.Period.Words()} {Say("bis", "to")} {last.Measured.Period.Words()}: {(reference.ChangePercent is { } change ? TargetWords.Change(change) : Say("nicht berechenbar", "cannot be calculated"))}"
                    + $", {Say("von", "from")} {TargetWords.Value(first)} {Say("auf", "to")} {TargetWords.Value(last)}{(last.Measured.Provisional ? Say(" (vorläufig)", " (provisional)") : "")}",
        };

    private static string At(Measurement m) =>
        $"{TargetWords.Value(m)} ({m.Measured.Period.Words()})";
}
