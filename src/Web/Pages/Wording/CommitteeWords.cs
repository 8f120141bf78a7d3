using Ledger.Councils;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Wording;

/// <summary>What must be said of a committee before anything else.</summary>
public static class CommitteeWords
{
    /// <summary>That it is no more and who took over, or that this is not recorded; null while it stands.</summary>
    public static string? Opening(Committee committee, Council council, DateOnly today)
    {
        var successors = Writing.List([
            .. committee.Successors.Select(slug =>
                council.Committees.FirstOrDefault(c => c.Slug == slug)?.Name ?? slug
            ),
        ]);
        if (committee.Dissolved)
        {
            return successors.Length > 0
                ? Say(
                    $"Diesen Ausschuss gibt es nicht mehr. Seine Aufgaben hat übernommen: {successors}.",
                    $"This committee no longer exists. Its work was taken over by: {successors}."
                )
                : Say(
                    "Diesen Ausschuss gibt es nicht mehr. Wer seine Aufgaben übernommen hat, ist hier noch nicht vermerkt.",
                    "This committee no longer exists. Who took over its work is not on record here yet."
                );
        }

        if (
            council.Terms.FirstOrDefault(t => t.Slug == committee.Term) is not { } term
            || !term.IsOver(today)
        )
        {
            return null;
        }

        return Say(
            $"Dieser Ausschuss gehört zur {StatusWording.TermName(term)}, die {StatusWording.When(term)} endete. "
                + "Welcher Ausschuss ihm im neuen Rat folgt, ist hier noch nicht vermerkt.",
            $"This committee belongs to the {StatusWording.TermName(term)}, which ended {StatusWording.When(term)}. "
                + "Which committee succeeds it in the new council is not on record here yet."
        );
    }

    /// <summary>What of <see cref="Opening"/> is German whatever is spoken: the names of the successors.</summary>
    public static IReadOnlyList<string> Names(Committee committee, Council council) =>
        [
            .. council
                .Committees.Where(c => committee.Successors.Contains(c.Slug))
                .Select(c => c.Name),
        ];

    /// <summary>What a list of committees opens with when their term is over.</summary>
    public static string TermOver(Term term) =>
        Say(
            $"Diese Ausschüsse gehören zur {StatusWording.TermName(term)}, die {StatusWording.When(term)} endete. "
                + "Die Ausschüsse des neuen Rates sind hier noch nicht verzeichnet.",
            $"These committees belong to the {StatusWording.TermName(term)}, which ended {StatusWording.When(term)}. "
                + "The committees of the new council are not on record here yet."
        );

    /// <summary>When there was news last: only the year, because the day is the last possible one of a date that may be vague.</summary>
    public static string LastNews(DateOnly last, DateOnly today) =>
        $"{Say("letzte Nachricht", "latest news")}: {(last > today ? today : last).Year}";
}
