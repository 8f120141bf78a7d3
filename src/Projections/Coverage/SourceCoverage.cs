using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Sources;
using Ledger.Targets;
using Projections.Engine;

namespace Projections.Coverage;

/// <summary>A promise as its source's page counts it.</summary>
/// <param name="Chapter">Heading of the source under which it stands; null = none is noted.</param>
/// <param name="Facts">Entries that say what happened: neither the promise itself nor what was assigned, linked, checked in vain or replied.</param>
/// <param name="Named">Committees that the source names.</param>
/// <param name="Inferred">Committees that the catalogue inferred.</param>
public sealed record CoveredPromise(
    string Source,
    string Municipality,
    string Slug,
    Text Title,
    string? Chapter,
    LineRange Lines,
    PromiseStatus Status,
    int Facts,
    int Named,
    int Inferred
)
{
    /// <summary>The row of a history, by what had happened up to a day.</summary>
    public static CoveredPromise Of(StreamHistory history, DateOnly day)
    {
        var (promise, first) = history.FoldPromise();
        var (source, (_, from, to), _) = first.SourceRef!;
        return new CoveredPromise(
            source,
            first.Municipality,
            Addresses.Slug(history.Stream, first.Municipality),
            first.Title,
            first.Chapter,
            new LineRange(from, to),
            promise.StatusBy(day).Status,
            promise.Steps.Count(s =>
                s.Event.From <= day
                && s.Event.Body is not (Promised or Assigned or Linked or Checked or Stated)
            ),
            promise.Committees.Count(c => c.Basis == ResponsibilityBasis.Named),
            promise.Committees.Count(c => c.Basis == ResponsibilityBasis.Inferred)
        );
    }
}

/// <summary>A measurable target that stands in a source.</summary>
public sealed record CoveredTarget(
    string Source,
    string? Municipality,
    string Slug,
    Text Title,
    LineRange Lines
)
{
    /// <summary>The row of a history; null when the target stands in no source.</summary>
    public static CoveredTarget? Of(StreamHistory history) =>
        Target.From(history.Events).Set is { SourceRef: { } passage } set
            ? new CoveredTarget(
                passage.Source,
                set.Municipality,
                set.Municipality is { } m ? Addresses.Slug(history.Stream, m) : history.Stream.Name,
                set.Title,
                new LineRange(passage.Locator.From, passage.Locator.To)
            )
            : null;
}

/// <summary>The promises of one chapter.</summary>
/// <param name="Heading">Null = no heading is noted.</param>
public sealed record CoveredChapter(string? Heading, IReadOnlyList<CoveredPromise> Promises)
{
    public int Facts => Promises.Sum(p => p.Facts);

    /// <summary>Of which nobody has looked what became of them.</summary>
    public int Unchecked => Promises.Count(p => p.Status == PromiseStatus.Unchecked);
}

/// <summary>What became of a source: which of its lines are promises, what is known of these, and what was left out and why.</summary>
/// <param name="Slug">Name of its stream.</param>
/// <param name="Promises">In the order of its lines.</param>
/// <param name="Targets">In the order of its lines.</param>
public sealed record SourceCoverage(
    string Slug,
    Source Source,
    SourceRegistered Registered,
    IReadOnlyList<CoveredPromise> Promises,
    IReadOnlyList<CoveredTarget> Targets
)
{
    /// <summary>Its lines as they are counted; null while nobody has noted which of them carry text.</summary>
    public LineCount? Lines { get; } = LineCount.Of(Registered, Promises);

    /// <summary>In the order in which they stand.</summary>
    public IReadOnlyList<CoveredChapter> Chapters { get; } =
    [
        .. Promises
            .GroupBy(p => p.Chapter, StringComparer.Ordinal)
            .Select(g => new CoveredChapter(g.Key, [.. g])),
    ];

    public int Facts => Promises.Sum(p => p.Facts);

    /// <summary>Promises of which at least one fact is known.</summary>
    public int WithFacts => Promises.Count(p => p.Facts > 0);

    /// <summary>Promises of which nobody has looked what became of them.</summary>
    public int Unchecked => Promises.Count(p => p.Status == PromiseStatus.Unchecked);

    /// <summary>Committees that answer for a promise, counted once for each promise.</summary>
    public int Assignments => Promises.Sum(p => p.Named + p.Inferred);

    /// <summary>Those of them that the catalogue inferred.</summary>
    public int Inferred => Promises.Sum(p => p.Inferred);
}

/// <summary>The lines of a source that carry text.</summary>
/// <param name="Promises">Of these, how many belong to a promise.</param>
/// <param name="LeftOut">How many belong to none and are left out with a reason.</param>
public sealed record LineCount(int All, int Promises, int LeftOut)
{
    /// <summary>The others: headings and signatures, mostly.</summary>
    public int Others => All - Promises - LeftOut;

    internal static LineCount? Of(
        SourceRegistered registered,
        IReadOnlyList<CoveredPromise> promises
    )
    {
        var document = registered.Lines;
        if (registered.EmptyLines is not { } empty || document.To - document.From >= LineRange.Most)
        {
            return null;
        }

        var carrying = document
            .NumbersIn(document)
            .Except(empty.SelectMany(e => e.NumbersIn(document)))
            .ToHashSet();
        var covered = promises
            .SelectMany(p => p.Lines.NumbersIn(document))
            .Where(carrying.Contains)
            .ToHashSet();
        var leftOut = (registered.LeftOut ?? [])
            .SelectMany(l => l.Lines.NumbersIn(document))
            .Where(carrying.Contains)
            .Distinct()
            .Count(l => !covered.Contains(l));
        return carrying.Count == 0 ? null : new LineCount(carrying.Count, covered.Count, leftOut);
    }
}
