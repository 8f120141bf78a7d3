using Ledger.Sources;
using Projections.Coverage;
using Web.Pages.Time;
using Web.Pages.Wording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Sources;

/// <summary>All that the page of one source shows.</summary>
/// <param name="Town">Name of its municipality.</param>
/// <param name="Term">The term it was made for, in words; null = none.</param>
/// <param name="IsHeld">Whether the operator has imported the text.</param>
public sealed record SourceModel(SourceCoverage Coverage, string Town, string? Term, bool IsHeld)
{
    /// <summary>One or two sentences for search results.</summary>
    public string Description =>
        Writing.Shortened(
            $"{Coverage.Registered.Title.Words()}: "
                + Say(
                    $"{Writing.Count(Coverage.Promises.Count, "Zusage", "Zusagen")}, was zu Zusagen wurde, was ausgelassen ist und warum, und wie man es mit der eigenen Kopie prüft.",
                    $"{Writing.Count(Coverage.Promises.Count, "promise", "promises")}, what is left out and why, and how to check it with your own copy."
                ),
            240
        );

    public static async Task<SourceModel?> LoadAsync(
        string slug,
        LedgerView view,
        SourceView sources,
        SourceTexts texts,
        CancellationToken cancellation
    )
    {
        if (
            await sources.FindAsync(slug, cancellation) is not { } found
            || await view.CouncilAsync(found.Registered.Municipality, cancellation)
                is not { Registered: { } town } council
        )
        {
            return null;
        }

        var term = council.Terms.FirstOrDefault(t => t.Slug == found.Registered.Term);
        return new SourceModel(
            found,
            town.Name,
            term is null ? null : Writing.Capital(StatusWording.TermName(term)),
            (await texts.ListAsync(cancellation)).Any(c => c.Source == slug && c.Lines > 0)
        );
    }
}
