using Ledger.Promises;
using Ledger.Recording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Wording;

/// <summary>What a deadline is and where it comes from. Only one that the source sets can pass.</summary>
public static class DeadlineWords
{
    /// <summary>"bis 2025", "bis 17. März 2020", in English "by 2025": no more precise than the source.</summary>
    public static string Until(Edtf date)
    {
        if (date.Precision == EdtfPrecision.Interval)
        {
            return date.Words();
        }

        if (IsEnglish)
        {
            return $"by {date.English()}";
        }

        return date.IsApproximate
            ? $"bis {date.German()}"
            : date.Precision switch
            {
                EdtfPrecision.Season => $"bis {date.German()["im ".Length..]}",
                _ => $"bis {date.German()}",
            };
    }

    /// <summary>The deadline with its basis, as sentences.</summary>
    public static string Sentence(this Deadline deadline) =>
        (deadline.Basis, deadline.Date) switch
        {
            (DeadlineBasis.Stated, { } date) =>
                $"{Writing.Capital(Until(date))}. {Say("Die Quelle nennt diese Frist selbst", "The source itself sets this deadline")}{Counted(date)}.",
            (DeadlineBasis.Relative, { } date) =>
                $"{Writing.Capital(Until(date))}. {Say("Die Quelle nennt die Frist im Verhältnis zu einem anderen Zeitpunkt; daraus ist sie erschlossen.", "The source sets the deadline in relation to another date; it is inferred from that.")}",
            (DeadlineBasis.Relative, null) => Say(
                "Bis wann, sagt die Quelle nur ungefähr oder im Verhältnis zu etwas anderem; ein Datum ergibt sich daraus nicht.",
                "The source says by when only loosely or in relation to something else; no date follows from that."
            ),
            (DeadlineBasis.Recurring, _) => Say(
                "Wiederkehrend, ohne einen einzelnen letzten Tag.",
                "Recurring, with no single final day."
            ),
            (DeadlineBasis.Title, { } date) => Say(
                $"{date.Words()} steht nur im Titel der Quelle. Eine eigene Frist nennt sie nicht.",
                $"{Writing.Capital(date.Words())} appears only in the title of the source, which sets no deadline of its own."
            ),
            (DeadlineBasis.Term, { } date) => Say(
                $"Die Quelle nennt keine eigene Frist. Gerechnet wird mit dem Ende der Wahlperiode ({date.Words()}); das ist keine Frist, die versäumt werden kann.",
                $"The source sets no deadline of its own. The end of the council term ({date.Words()}) is used instead; that is not a deadline that can be missed."
            ),
            (DeadlineBasis.Term, null) => Say(
                "Die Quelle nennt keine eigene Frist, nur die Wahlperiode.",
                "The source sets no deadline of its own, but refers to the council term."
            ),
            _ => Say("Die Quelle nennt keine Frist.", "The source sets no deadline."),
        };

    // When a deadline that names no day counts as passed is our reckoning, not the source's.
    private static string Counted(Edtf date) =>
        date switch
        {
            { IsApproximate: true } => "",
            { Precision: EdtfPrecision.Year } => Say(
                "; gerechnet wird bis zum Jahresende",
                "; we count up to the end of the year"
            ),
            { Precision: EdtfPrecision.Month } => Say(
                "; gerechnet wird bis zum Monatsende",
                "; we count up to the end of the month"
            ),
            _ => "",
        };

    /// <summary>The deadline in a list; null when the source sets none.</summary>
    public static string? Short(Edtf? due, DeadlineBasis basis) =>
        (due, basis) switch
        {
            ({ } date, DeadlineBasis.Stated or DeadlineBasis.Relative) =>
                $"{Say("Frist", "Deadline")}: {Until(date)}",
            _ => null,
        };

    /// <summary>What an overdue promise's page says.</summary>
    public static string Overdue(Deadline deadline, PromiseStatus status)
    {
        var due = deadline.Date is { } date ? Until(date) + Counted(date) : "";
        var passed = Say(
            $"Die Quelle setzt die Frist {due}. Sie ist vorbei, ohne dass ein Abschluss vermerkt ist.",
            $"The source sets a deadline: {due}. That deadline has passed, and no completion is on record."
        );
        return status == PromiseStatus.Unchecked
            ? $"{passed} {Say("Ob die Zusage trotzdem erfüllt ist, hat noch niemand geprüft.", "Nobody has yet checked whether the promise has been fulfilled all the same.")}"
            : passed;
    }
}
