using Ledger.Recording;
using Ledger.Targets;
using Web.Pages.Targets;

namespace Web.Pages.Wording;

/// <summary>What is aimed at, and the honest answer to whether it is reached.</summary>
public static class TargetWords
{
    /// <summary>"60 % weniger als 1990, bis 2025".</summary>
    public static string Aim(TargetSet set)
    {
        var aim = (set.Direction, set.Value) switch
        {
            (Direction.ReduceBy, { } value) =>
                $"{Writing.Number(value, set.Unit)} weniger{(set.Base?.Year is { } year ? $" als {year}" : "")}",
            (Direction.AtLeast, { } value) => $"mindestens {Writing.Number(value, set.Unit)}",
            (Direction.AtMost, { } value) => $"höchstens {Writing.Number(value, set.Unit)}",
            (Direction.Reach, { } value) => Writing.Number(value, set.Unit),
            (Direction.Raise, _) => "mehr, ohne Zahl",
            (Direction.Lower, _) => "weniger, ohne Zahl",
            _ => "keine Zahl genannt",
        };
        return set.Year is { } due ? $"{aim}, bis {due}" : aim;
    }

    /// <summary>The first sentence of a target's page: whether it can be assessed, and if not, what is missing.</summary>
    public static string Sentence(TargetSet set, Assessment assessment, DateOnly today)
    {
        if (assessment.ChangePercent is { } change && assessment.Latest is { } last)
        {
            return Measured(set, assessment, change, last, today);
        }

        if (!assessment.IsPossible || assessment.Latest is not { } latest)
        {
            string[] missing = [.. MissingParts(set, assessment)];
            return $"Ob das Ziel erreicht ist, lässt sich nicht sagen: Es {(missing.Length == 1 ? "fehlt" : "fehlen")} {Writing.List(missing)}.";
        }

        if (set.Value is not { } aim)
        {
            return $"Zuletzt gemessen sind {Value(latest)} ({latest.Measured.Period.German()}); eine Zahl, die erreicht werden soll, nennt die Quelle nicht.";
        }

        var reached = set.Direction == Direction.AtMost ? latest.Value <= aim : latest.Value >= aim;
        return $"Nach dem letzten Messwert ist das Ziel {(reached ? "" : "nicht ")}erreicht: {Value(latest)} ({latest.Measured.Period.German()}), Ziel {Aim(set)}.";
    }

    /// <summary>What is missing, a noun phrase each.</summary>
    public static IEnumerable<string> MissingParts(TargetSet set, Assessment assessment)
    {
        if (set.Value is null)
        {
            yield return "eine Zahl, die erreicht werden soll";
        }

        foreach (var gap in assessment.Gaps)
        {
            switch (gap)
            {
                case Missing.BaseValue:
                    yield return set.Base?.Year is { } from
                        ? $"ein Ausgangswert für {from}"
                        : "ein Ausgangswert";
                    break;
                case Missing.TargetYearMeasurement:
                    yield return $"ein Messwert für {set.Year}";
                    break;
                case Missing.AnyMeasurement
                    when !assessment.Gaps.Contains(Missing.TargetYearMeasurement):
                    yield return "ein Messwert";
                    break;
                case Missing.Gas:
                    yield return "die Angabe der Gase";
                    break;
                case Missing.Boundary:
                    yield return "die Grenze der Bilanz";
                    break;
            }
        }
    }

    /// <summary>"2,15 Mio. t CO₂".</summary>
    public static string Value(Measurement measurement) =>
        Writing.Number(measurement.Value, measurement.Measured.Unit);

    /// <summary>"rund 49 % weniger", "rund 3 % mehr", "fast gleich viel": whole percent, because more digits would claim what rounded values do not carry.</summary>
    public static string Change(decimal percent) =>
        decimal.Round(percent) switch
        {
            < 0 and var less => $"rund {Writing.Number(-less, "%")} weniger",
            > 0 and var more => $"rund {Writing.Number(more, "%")} mehr",
            _ => "fast gleich viel",
        };

    /// <summary>What must be known of a measured value, a line each.</summary>
    public static IEnumerable<string> Facts(Measurement m)
    {
        if (m.Measured.PerHead)
        {
            yield return "je Kopf, nicht im Bild";
        }

        if (m.Measured.Provisional && m.Restatements.Count == 0)
        {
            yield return "vorläufig";
        }

        foreach (var change in m.Restatements)
        {
            yield return $"neu berechnet: {change.Why.De}";
        }

        yield return $"{m.Measured.Publisher}, {m.Measured.Method ?? "Verfahren nicht angegeben"}";
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
            ? $"{Value(measured)}{year}, nach der Messreihe"
            : $"nicht genannt{year}";
    }

    /// <summary>Whether it counts emissions, so that series of emissions stand beside it.</summary>
    public static bool IsAboutEmissions(TargetSet set) =>
        set.Gas is not null
        || set.Indicator.De.Contains("emission", StringComparison.OrdinalIgnoreCase);

    /// <summary>The sentence that says what the picture shows.</summary>
    public static string Shown(TargetSet set, IReadOnlyList<Measurement> measurements, Chart chart)
    {
        var series = measurements.Where(m => !m.Measured.PerHead).ToList();
        var (first, last) = (series[0], series[^1]);
        var measured =
            series.Count == 1
                ? $"Ein einziger Messwert: {Value(first)} ({first.Measured.Period.German()})."
                : $"{series.Count} Messwerte, von {Value(first)} ({first.Measured.Period.German()}) bis {Value(last)} ({last.Measured.Period.German()}).";
        var gaps =
            chart.Gaps.Count == 0
                ? ""
                : $" Senkrecht gepunktet: {string.Join("; ", chart.Gaps.Select(g => g.Label.Text))}.";
        var aim = chart.Aim is null ? "" : $" Die Raute zeigt das Ziel für {set.Year}.";
        return measured + aim + gaps;
    }

    /// <summary>What a reference series shows: "1990 bis 2023: rund 49 % weniger (zuletzt vorläufig)".</summary>
    public static string Between(Reference reference) =>
        reference.Measurements switch
        {
            [] => "noch kein Messwert",
            [var only] => $"{only.Measured.Period.German()}: {Value(only)}",
            [var first, .., var last] =>
                $"{first.Measured.Period.German()} bis {last.Measured.Period.German()}: {(reference.ChangePercent is { } change ? Change(change) : "nicht berechenbar")}"
                    + $", von {Value(first)} auf {Value(last)}{(last.Measured.Provisional ? " (vorläufig)" : "")}",
        };

    private static string Measured(
        TargetSet set,
        Assessment assessment,
        decimal change,
        Measurement last,
        DateOnly today
    )
    {
        var provisional = last.Measured.Provisional ? ", vorläufiger Wert" : "";
        var measured =
            $"Gemessen {(change == 0 ? "ist" : "sind")} {Change(change)}{(set.Base?.Year is { } from ? $" als {from}" : "")} ({last.Measured.Period.German()}{provisional})";
        if (set.Value is not { } aim)
        {
            return $"{measured}; eine Zahl, die erreicht werden soll, ist nicht genannt.";
        }

        if (assessment.Gaps.Contains(Missing.TargetYearMeasurement))
        {
            var open =
                set.Year < today.Year
                    ? $"Ob das Ziel {Aim(set)} erreicht wurde, lässt sich nicht sagen: Es fehlt ein Messwert für {set.Year}."
                    : $"Das Ziel ist {Aim(set)}; ob es erreicht wird, steht noch nicht fest.";
            return $"{open} {measured}.";
        }

        return $"Das Ziel {Aim(set)} ist nach dem Messwert {(-change >= aim ? "" : "nicht ")}erreicht. {measured}.";
    }
}
