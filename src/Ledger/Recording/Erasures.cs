using Ledger.EventStore;
using Ledger.Promises;

namespace Ledger.Recording;

/// <summary>Personal values of an earlier event of the same stream were erased. Its digests stay; nobody can tell any more what of.</summary>
public sealed record Erased : Event
{
    /// <summary>Id of the event that they belonged to.</summary>
    public required Guid Event { get; init; }

    /// <summary>The digests whose salt and value are gone.</summary>
    public required IReadOnlyList<string> Digests { get; init; }

    /// <summary>Why, and on what legal ground.</summary>
    public required Text Ground { get; init; }

    // The ledger's own act needs no evidence from outside.

    public override IEnumerable<Fault> Faults() =>
        [
            .. Check.Text("/ground", Ground),
            .. Check.That(Digests.Count > 0, Objections.NothingToErase, "/digests"),
            .. Check.Texts("/digests", Digests),
        ];
}

/// <summary>
/// An earlier event of the same stream is withheld whole: its data is blank from here on, its leaf hash stays. The emergency, for what
/// nobody foresaw or a court orders.
/// </summary>
public sealed record Withheld : Event
{
    /// <summary>Id of the event.</summary>
    public required Guid Event { get; init; }

    /// <summary>Its log index, by which a verifier finds the leaf.</summary>
    public required long Index { get; init; }

    public required Text Ground { get; init; }

    public override IEnumerable<Fault> Faults() => [.. Check.Text("/ground", Ground)];
}

/// <summary>
/// Decides erasing and withholding. Only the operator's own functions, which also take the values away, record what is decided here;
/// <see cref="Decisions.Decide"/> refuses these types to everybody else.
/// </summary>
public static class Erasures
{
    /// <summary>Decides an <see cref="Erased"/> or <see cref="Withheld"/> on a stream.</summary>
    public static Decision Decide(
        StreamKey stream,
        IReadOnlyList<RecordedEvent> events,
        Event candidate
    )
    {
        if (StreamKind.Find(stream.Kind) is not { } kind)
        {
            return Objections.UnknownKind.Refuse(stream.Kind);
        }

        if (Decisions.RefuseAnywhere(kind, events, candidate) is { } refused)
        {
            return refused;
        }

        return candidate switch
        {
            Erased e => Decide(events, e),
            Withheld w => Decide(events, w),
            _ => Objections.WrongStream.Refuse(kind.One, Vocabulary.Of(candidate).Name),
        };
    }

    private static Decision Decide(IReadOnlyList<RecordedEvent> events, Erased candidate)
    {
        var target = EffectiveEvents
            .WithoutWithheld(events)
            .FirstOrDefault(e => e.Id == candidate.Event);
        if (target is null)
        {
            return Objections.EventNotOnStream.Refuse(candidate.Event);
        }

        var left = new HashSet<string>(
            (target.Body as Stated)?.Digests ?? [],
            StringComparer.Ordinal
        );
        left.ExceptWith(
            events
                .Where(e => e.Type == "erased")
                .Select(e => (Erased)e.Body)
                .Where(e => e.Event == candidate.Event)
                .SelectMany(e => e.Digests)
        );
        return candidate.Digests.All(left.Contains)
            ? Decision.Accept(candidate)
            : Objections.NothingToErase.Refuse();
    }

    private static Decision Decide(IReadOnlyList<RecordedEvent> events, Withheld candidate)
    {
        if (events.Any(e => e.Type == "withheld" && ((Withheld)e.Body).Event == candidate.Event))
        {
            return Objections.WithheldAlready.Refuse(candidate.Event);
        }

        var target = events.FirstOrDefault(e =>
            e.Id == candidate.Event && e.Index == candidate.Index
        );
        return target switch
        {
            null => Objections.EventNotOnStream.Refuse(candidate.Event),
            { Type: "erased" or "withheld" } => Objections.DeclarationStays.Refuse(),
            _ => Decision.Accept(candidate),
        };
    }
}
