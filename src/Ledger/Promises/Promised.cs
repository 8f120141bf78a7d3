using System.Text.Json.Serialization;
using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>The promise stands in a source. First event of its stream, and the only one of its type there.</summary>
public sealed record Promised : Event
{
    /// <summary>Name of the council's stream; the promise's own key begins with it.</summary>
    public required string Municipality { get; init; }

    public required Text Title { get; init; }

    /// <summary>Who promised: parties, groups, the administration.</summary>
    public required IReadOnlyList<string> Proponents { get; init; }

    public required Standing Standing { get; init; }

    public required PromiseKind Kind { get; init; }

    public required Modality Modality { get; init; }

    /// <summary>One of the catalogue's topics, as a readable slug.</summary>
    public required string Topic { get; init; }

    /// <summary>Heading of the source under which it stands.</summary>
    public string? Chapter { get; init; }

    public IReadOnlyList<Responsibility> Committees { get; init; } = [];

    public Deadline Deadline { get; init; } = new(null, DeadlineBasis.None);

    /// <summary>The council term it was made for (<c>krefeld-2020</c>); null when it is bound to none.</summary>
    public string? Term { get; init; }

    public IReadOnlyList<Quantity> Quantities { get; init; } = [];

    /// <summary>Reservations that the source itself states, in our own words.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    public required Checkability Checkability { get; init; }

    public required Tier Tier { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [
            .. base.Faults(),
            .. Check.Name("/municipality", Municipality),
            .. Check.Text("/title", Title),
            .. Check.That(SourceRef is not null, Objections.PassageMissing, "/sourceRef"),
            .. Check.That(Proponents.Count > 0, Objections.ProponentMissing, "/proponents"),
            .. Check.Texts("/proponents", Proponents),
            .. TopicFaults(),
            .. Check.Each(
                "/committees",
                Committees,
                (at, c) => Check.Name($"{at}/committee", c.Committee)
            ),
            .. Check.Name("/term", Term),
            .. Check.Each("/quantities", Quantities, (at, q) => q.Faults(at)),
            .. Check.Texts("/conditions", Conditions),
        ];

    private IEnumerable<Fault> TopicFaults()
    {
        if (!Topics.All.ContainsKey(Topic))
        {
            yield return Objections.TopicUnknown.At(
                "/topic",
                Topic,
                string.Join(", ", Topics.All.Keys.Order(StringComparer.Ordinal))
            );
        }
    }
}

/// <summary>What kind of document carries the promise.</summary>
public enum Standing
{
    Agreement,
    Programme,
    Announcement,
}

/// <summary>What is promised to be done.</summary>
public enum PromiseKind
{
    New,
    Establish,
    Expand,
    Continue,
    Preserve,
    Examine,
    Target,
    Rule,
    Position,
}

/// <summary>The force of the source's verb.</summary>
public enum Modality
{
    Shall,
    Will,
    Want,
    Strive,
    Could,
    None,
}

/// <summary>How well it can be checked from outside whether it was kept.</summary>
public enum Checkability
{
    Low,
    Medium,
    High,
}

public enum Tier
{
    Core,
    Secondary,
    Umbrella,
}

/// <summary>A committee that answers for the promise, and whether the source names it or the catalogue inferred it.</summary>
/// <param name="Committee">Its slug within the municipality.</param>
public sealed record Responsibility(string Committee, ResponsibilityBasis Basis);

public enum ResponsibilityBasis
{
    Named,
    Inferred,
}

/// <summary>When it is due. Only a <see cref="DeadlineBasis.Stated"/> or a resolved <see cref="DeadlineBasis.Relative"/> one can be overdue.</summary>
public sealed record Deadline(Edtf? Date, DeadlineBasis Basis)
{
    /// <summary>Whether the source sets it, so that passing it means something.</summary>
    [JsonIgnore]
    public bool Binds =>
        Date is not null && Basis is DeadlineBasis.Stated or DeadlineBasis.Relative;
}

public enum DeadlineBasis
{
    Stated,
    Relative,
    Recurring,
    Title,
    Term,
    None,
}

/// <summary>A number in the promise, with its unit; several may stand side by side.</summary>
/// <param name="Value">Null when the source names none.</param>
/// <param name="To">The upper end of a <see cref="Comparator.Between"/>.</param>
/// <param name="Base">What it is compared with.</param>
public sealed record Quantity(
    decimal? Value,
    string Unit,
    string Meaning,
    Comparator Comparator,
    decimal? To = null,
    BaseValue? Base = null
)
{
    internal IEnumerable<Fault> Faults(string pointer) =>
        [
            .. Check.Number($"{pointer}/value", Value),
            .. Check.Number($"{pointer}/to", To),
            .. Check.Text($"{pointer}/unit", Unit),
            .. Check.Year($"{pointer}/base/year", Base?.Year),
            .. Check.Number($"{pointer}/base/value", Base?.Value),
        ];
}

/// <summary>A base year and its value; the value is null when the source gives none.</summary>
public sealed record BaseValue(int? Year, decimal? Value);

public enum Comparator
{
    Equal,
    AtLeast,
    AtMost,
    MoreThan,
    LessThan,
    Between,
    About,
    By,
}
