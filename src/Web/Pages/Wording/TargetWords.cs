using Ledger.Recording;
using Ledger.Targets;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Wording;

/// <summary>What is aimed at, and the honest answer to whether it is reached.</summary>
public static class TargetWords
{
    /// <summary>"60 % weniger als 1990, bis 2025", in English "60% less than in 1990, by 2025".</summary>
    public static string Aim(TargetSet set)
    {
        var aim = (set.Direction, set.Value) switch
        {
            (Direction.ReduceBy, { } value) =>
                $"{Writing.Number(value, set.Unit)} {Say("weniger", "less")}{(set.Base?.Year is { } year ? Than(year) : "")}",
            (Direction.AtLeast, { } value) =>
                $"{Say("mindestens", "at least")} {Writing.Number(value, set.Unit)}",
            (Direction.AtMost, { } value) =>
                $"{Say("höchstens", "at most")} {Writing.Number(value, set.Unit)}",
            (Direction.Reach, { } value) => Writing.Number(value, set.Unit),
            (Direction.Raise, _) => Say("mehr, ohne Zahl", "more, no figure given"),
            (Direction.Lower, _) => Say("weniger, ohne Zahl", "less, no figure given"),
            _ => PromiseWords.NoNumber,
        };
        return set.Year is { } due ? $"{aim}, {Say("bis", "by")} {due}" : aim;
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
            return Say(
                $"Ob das Ziel erreicht ist, lässt sich nicht sagen: Es {(missing.Length == 1 ? "fehlt" : "fehlen")} {Writing.List(missing)}.",
                $"It is not possible to say whether the target has been reached: there is {Writing.List(missing)}."
            );
        }

        var period = latest.Measured.Period.Words();
        if (set.Value is not { } aim)
        {
            return Say(
                $"Zuletzt gemessen sind {Value(latest)} ({period}); eine Zahl, die erreicht werden soll, nennt die Quelle nicht.",
                $"The latest measured value is {Value(latest)} ({period}); the source sets no figure to reach."
            );
        }

        var reached = set.Direction == Direction.AtMost ? latest.Value <= aim : latest.Value >= aim;
        return Say(
            $"Nach dem letzten Messwert ist das Ziel {(reached ? "" : "nicht ")}erreicht: {Value(latest)} ({period}), Ziel {Aim(set)}.",
            $"According to the latest measured value, the target {(reached ? "has been" : "has not been")} reached: {Value(latest)} ({period}), target {Aim(set)}."
        );
    }

    /// <summary>What is missing, a noun phrase each.</summary>
    public static IEnumerable<string> MissingParts(TargetSet set, Assessment assessment)
    {
        if (set.Value is null)
        {
            yield return Say("eine Zahl, die erreicht werden soll", "no figure to reach");
        }

        foreach (var gap in assessment.Gaps)
        {
            switch (gap)
            {
                case Missing.BaseValue:
                    yield return set.Base?.Year is { } from
                        ? $"{Say("ein Ausgangswert für", "no baseline value for")} {from}"
                        : Say("ein Ausgangswert", "no baseline value");
                    break;
                case Missing.TargetYearMeasurement:
                    yield return $"{Say("ein Messwert für", "no measured value for")} {set.Year}";
                    break;
                case Missing.AnyMeasurement
                    when !assessment.Gaps.Contains(Missing.TargetYearMeasurement):
                    yield return Say("ein Messwert", "no measured value");
                    break;
                case Missing.Gas:
                    yield return Say("die Angabe der Gase", "no statement of the gases counted");
                    break;
                case Missing.Boundary:
                    yield return Say("die Grenze der Bilanz", "no statement of the area covered");
                    break;
            }
        }
    }

    /// <summary>"2,15 Mio. t CO₂".</summary>
    public static string Value(Measurement measurement) =>
        Writing.Number(measurement.Value, measurement.Measured.Unit);

    /// <summary>
    /// "rund 49 % weniger als 1990", "rund 3 % mehr", "fast gleich viel"; in English "about 49% less than in 1990", "almost the same". Whole
    /// percent, because more digits would claim what rounded values do not carry.
    /// </summary>
    /// <param name="since">The year that it is compared with; null = not said.</param>
    public static string Change(decimal percent, int? since = null) =>
        decimal.Round(percent) switch
        {
            < 0 and var less =>
                $"{Say("rund", "about")} {Writing.Number(-less, "%")} {Say("weniger", "less")}{Than(since)}",
            > 0 and var more =>
                $"{Say("rund", "about")} {Writing.Number(more, "%")} {Say("mehr", "more")}{Than(since)}",
            _ => Say("fast gleich viel", "almost the same")
                + (since is { } year ? Say($" als {year}", $" as in {year}") : ""),
        };

    /// <summary>Whether it counts emissions, so that series of emissions stand beside it.</summary>
    public static bool IsAboutEmissions(TargetSet set) =>
        set.Gas is not null
        || set.Indicator.De.Contains("emission", StringComparison.OrdinalIgnoreCase);

    private static string Than(int? year) =>
        year is null ? "" : Say($" als {year}", $" than in {year}");

    private static string Measured(
        TargetSet set,
        Assessment assessment,
        decimal change,
        Measurement last,
        DateOnly today
    )
    {
        var provisional = last.Measured.Provisional
            ? Say(", vorläufiger Wert", ", provisional value")
            : "";
        var found =
            $"{Change(change, set.Base?.Year)} ({last.Measured.Period.Words()}{provisional})";
        var measured = Say(
            $"Gemessen {(change == 0 ? "ist" : "sind")} {found}",
            $"Latest measurement: {found}"
        );
        if (set.Value is not { } aim)
        {
            return $"{measured}; {Say("eine Zahl, die erreicht werden soll, ist nicht genannt.", "no figure to reach is given.")}";
        }

        if (assessment.Gaps.Contains(Missing.TargetYearMeasurement))
        {
            var open =
                set.Year < today.Year
                    ? Say(
                        $"Ob das Ziel {Aim(set)} erreicht wurde, lässt sich nicht sagen: Es fehlt ein Messwert für {set.Year}.",
                        $"It is not possible to say whether the target ({Aim(set)}) was reached: there is no measured value for {set.Year}."
                    )
                    : Say(
                        $"Das Ziel ist {Aim(set)}; ob es erreicht wird, steht noch nicht fest.",
                        $"The target is {Aim(set)}; whether it will be reached remains to be seen."
                    );
            return $"{open} {measured}.";
        }

        var reached = -change >= aim;
        return Say(
            $"Das Ziel {Aim(set)} ist nach dem Messwert {(reached ? "" : "nicht ")}erreicht. {measured}.",
            $"According to the measured value, the target ({Aim(set)}) {(reached ? "has been" : "has not been")} reached. {measured}."
        );
    }
}
