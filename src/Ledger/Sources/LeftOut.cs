using Ledger.Recording;

namespace Ledger.Sources;

/// <summary>Lines that the catalogue leaves out on purpose, and why.</summary>
/// <param name="Lines">First and last line, both left out.</param>
/// <param name="Of">Name of the promise whose criterion it is; only for <see cref="LeftOutReason.Criterion"/>.</param>
public sealed record LeftOut(LineRange Lines, LeftOutReason Reason, string? Of = null)
{
    /// <summary>What is wrong with it.</summary>
    /// <param name="pointer">Where it stands in the event's data.</param>
    /// <param name="document">First and last line of the document.</param>
    internal IEnumerable<Fault> Faults(string pointer, LineRange document) =>
        [
            .. Lines.Faults($"{pointer}/lines", document),
            .. Check.Name($"{pointer}/of", Of),
            .. Check.That(
                Reason == LeftOutReason.Criterion == Of is not null,
                Objections.CriterionOf,
                $"{pointer}/of"
            ),
        ];
}

/// <summary>Why lines are no promise. The list is closed: what fits none of these is a promise.</summary>
public enum LeftOutReason
{
    /// <summary>It leads in, describes or states a value; nobody could check whether it was kept.</summary>
    Framing,

    /// <summary>It praises or thanks.</summary>
    Praise,

    /// <summary>It says how another promise is to be kept and is recorded there.</summary>
    Criterion,

    /// <summary>It names a committee.</summary>
    CommitteeName,

    /// <summary>It binds the partners among themselves, such as how they vote.</summary>
    PartnersRule,
}
