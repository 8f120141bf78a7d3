using Ledger.Promises;
using Projections.Committees;
using Web.Pages.Wording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Committees;

/// <summary>One group of what a committee answers for.</summary>
/// <param name="Id">Its place on the page; part of addresses, so it is the same in both languages.</param>
/// <param name="Meaning">What stands in it, in a sentence.</param>
public sealed record CommitteeGroup(
    string Id,
    string Heading,
    IReadOnlyList<ResponsibilityRow> Rows,
    string Meaning
);

/// <summary>The groups of a committee's page, in the order in which a meeting asks for them.</summary>
public static class CommitteeGroups
{
    /// <summary>Those in which something stands.</summary>
    public static IEnumerable<CommitteeGroup> Of(CommitteeModel model) =>
        new CommitteeGroup[]
        {
            new(
                "ueberfaellig",
                Say("überfällig", "overdue"),
                model.Overdue,
                Say(
                    "Eine Frist, die die Quelle selbst setzt, ist vorbei, ohne dass ein Abschluss vermerkt ist.",
                    "A deadline that the source itself sets has passed, and no completion is on record."
                )
            ),
            new(
                "verzoegert",
                Say("verzögert oder ruht", "delayed or stalled"),
                model.Delayed,
                Say(
                    "Der Termin hat sich verschoben, oder es geht zurzeit nicht weiter.",
                    "It has been postponed, or nothing is happening at present."
                )
            ),
            new(
                "naechstes",
                Say("als Nächstes fällig", "due next"),
                model.DueNext,
                Say(
                    "Die nächsten Fristen, die die Quellen selbst setzen. Diese Zusagen stehen auch in ihrer Gruppe.",
                    "The next deadlines set by the sources themselves. These promises are also listed in their own group."
                )
            ),
            new(
                "unterwegs",
                Say("in Bewegung", "active"),
                model.Moving,
                Say(
                    "In den letzten zwölf Monaten gab es Nachrichten.",
                    "There has been news in the last twelve months."
                )
            ),
            new(
                "still",
                Say("ohne Nachricht seit zwölf Monaten", "no news for twelve months"),
                model.Silent,
                Say(
                    "Es wurde nachgesehen, aber der neueste Eintrag ist älter als zwölf Monate.",
                    "Somebody has looked, but the latest entry is more than twelve months old."
                )
            ),
            new(
                "ungeprueft",
                PromiseStatus.Unchecked.Word().Words(),
                model.Unchecked,
                PromiseStatus.Unchecked.Meaning().Words()
            ),
            new(
                "beendet",
                Say("abgeschlossen", "closed"),
                model.Ended,
                Say(
                    "Erfüllt, aufgegeben oder durch eine andere Zusage abgelöst.",
                    "Fulfilled, abandoned or superseded by another promise."
                )
            ),
        }.Where(g => g.Rows.Count > 0);

    /// <summary>What the page is about, for search engines.</summary>
    public static string Description(CommitteeModel model, string town) =>
        Say(
            $"Wofür der Ausschuss in {town} zuständig ist: {PromiseWords.Count(model.All.Count)}, davon {Writing.Count(model.Overdue.Count)} überfällig und {Writing.Count(model.Delayed.Count)} verzögert oder ruhend.",
            $"What the committee in {town} is responsible for: {PromiseWords.Count(model.All.Count)}; {Writing.Count(model.Overdue.Count)} overdue, {Writing.Count(model.Delayed.Count)} delayed or stalled."
        );
}
