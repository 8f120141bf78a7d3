using System.Globalization;

namespace Bench;

/// <summary>One line of the table.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Ours">How it went, with its unit.</param>
/// <param name="Reference">How the reference went; empty = there is none.</param>
/// <param name="Ratio">Ours against the reference, with the lowest and the highest of the rounds; empty = no reference.</param>
/// <param name="Goal">What was asked for; empty = it is only printed.</param>
/// <param name="Met">Whether it was; null = nothing was asked for.</param>
internal sealed record Score(
    string Name,
    string Ours,
    string Reference,
    string Ratio,
    string Goal,
    bool? Met
)
{
    public string Verdict =>
        Met switch
        {
            true => "ok",
            false => "short",
            null => "",
        };

    /// <summary>Speeds of the same amount of work: the ratio is ours by the reference, 1 = as fast.</summary>
    public static Score Speed(
        string name,
        int amount,
        string unit,
        IReadOnlyList<double> ours,
        IReadOnlyList<double> reference,
        double? goal = null
    )
    {
        var our = amount / Rounds.Median(ours);
        var their = amount / Rounds.Median(reference);
        var each = ours.Zip(reference, (o, r) => r / o).ToList();
        return new Score(
            name,
            Invariant($"{our:N0} {unit}/s"),
            Invariant($"{their:N0} {unit}/s"),
            Invariant($"{our / their:0.00} ({each.Min():0.00}-{each.Max():0.00})"),
            goal is { } atLeast ? Invariant($">= {atLeast:0.0}") : "",
            goal is null ? null : our / their >= goal
        );
    }

    /// <summary>Times in milliseconds: the ratio is ours by the reference, 1 = as fast, 2 = twice as slow.</summary>
    public static Score Time(
        string name,
        IReadOnlyList<double> ours,
        IReadOnlyList<double> reference,
        double atMost
    )
    {
        var our = Rounds.Median(ours) * 1000;
        var their = Rounds.Median(reference) * 1000;
        var each = ours.Zip(reference, (o, r) => o / r).ToList();
        return new Score(
            name,
            Invariant($"{our:N0} ms"),
            Invariant($"{their:N0} ms"),
            Invariant($"{our / their:0.00} ({each.Min():0.00}-{each.Max():0.00})"),
            double.IsFinite(atMost) ? Invariant($"<= {atMost:0.0}") : "",
            double.IsFinite(atMost) ? (bool?)(our / their <= atMost) : null
        );
    }

    /// <summary>A number that stands alone.</summary>
    public static Score Alone(string name, string ours) => new(name, ours, "", "", "", null);

    public static string Invariant(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
