using System.Text.Json.Serialization;
using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>Money was granted for it.</summary>
public sealed record Funded : Event
{
    /// <summary>The sum; null when none is published.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required decimal? Amount { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; init; } = "EUR";

    public IReadOnlyList<int> BudgetYears { get; init; } = [];

    public required FundingKind Kind { get; init; }

    public string? Funder { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [
            .. base.Faults(),
            .. Check.That(Amount is not <= 0, Objections.AmountNotPositive, "/amount"),
            .. Check.Number("/amount", Amount),
            .. Check.That(
                Currency.Length == 3 && Currency.All(char.IsAsciiLetterUpper),
                Objections.CurrencyUnknown,
                "/currency"
            ),
            .. BudgetYears.SelectMany((y, i) => Check.Year($"/budgetYears/{i}", y)),
        ];
}

public enum FundingKind
{
    Own,
    Grant,
    Donation,
    Private,
}
