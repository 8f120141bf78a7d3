using Ledger.Councils;
using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;

namespace Ledger.Submissions;

/// <summary>Something about a proposal that wants a look and forbids nothing.</summary>
/// <param name="Code">Which kind; never changes.</param>
/// <param name="Sentence">For the reviewer.</param>
public sealed record Warning(string Code, Text Sentence)
{
    public const string EvidenceUsed = "evidence-used";
    public const string OutsideTerm = "outside-term";
    public const string PartCompletes = "part-completes";

    /// <summary>All warnings about an event.</summary>
    /// <param name="events">What is recorded on its stream.</param>
    /// <param name="term">The term that the promise was made for; null = none, or not recorded.</param>
    public static IEnumerable<Warning> Of(
        Event candidate,
        IReadOnlyList<RecordedEvent> events,
        Term? term
    )
    {
        var used = EffectiveEvents
            .Of(events)
            .SelectMany(e =>
                (e.Body.Evidence ?? []).Select(x => (Address: Plain(x.Url), e.Recorded))
            )
            .ToLookup(x => x.Address, x => x.Recorded, StringComparer.Ordinal);
        foreach (var evidence in candidate.Evidence ?? [])
        {
            if (used[Plain(evidence.Url)].FirstOrDefault() is { } earlier)
            {
                yield return new Warning(
                    EvidenceUsed,
                    new Text(
                        $"{evidence.Url} belegt hier schon das Ereignis {earlier.Id}.",
                        $"{evidence.Url} is evidence here already, of event {earlier.Id}."
                    )
                );
            }
        }

        if (term is not null && candidate.Occurred is { } occurred && IsOutside(occurred, term))
        {
            yield return new Warning(
                OutsideTerm,
                new Text(
                    $"{occurred} liegt außerhalb der Wahlperiode {term.Slug} ({term.Began} bis {term.Ended}).",
                    $"{occurred} lies outside the term {term.Slug} ({term.Began} to {term.Ended})."
                )
            );
        }

        if (candidate is Completed { Scope: Scope.Part })
        {
            yield return new Warning(
                PartCompletes,
                new Text(
                    "Ein Teilschritt sagt, er sei abgeschlossen; das Ganze ist damit nicht erfüllt.",
                    "A part step claims completion; that does not fulfil the whole."
                )
            );
        }
    }

    // The same page, with or without a fragment or a final slash.
    private static string Plain(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
            ? address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped).TrimEnd('/')
            : url;

    private static bool IsOutside(Edtf occurred, Term term) =>
        (term.Began?.EarliestDay is { } began && occurred.LatestDay < began)
        || (term.Ended?.LatestDay is { } ended && occurred.EarliestDay > ended);
}
