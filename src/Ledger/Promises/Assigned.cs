using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>The responsible committees changed; also after renaming or a new term.</summary>
public sealed record Assigned : Event
{
    public required IReadOnlyList<Responsibility> Committees { get; init; }

    public override IEnumerable<Fault> Faults() =>
        [
            .. base.Faults(),
            .. Check.Each(
                "/committees",
                Committees,
                (at, c) => Check.Name($"{at}/committee", c.Committee)
            ),
        ];
}
