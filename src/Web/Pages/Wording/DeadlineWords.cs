using Ledger.Promises;
using Ledger.Recording;

namespace Web.Pages.Wording;

/// <summary>What a deadline is and where it comes from. Only one that the source sets can pass.</summary>
public static class DeadlineWords
{
    /// <summary>"bis 2025", "bis 17. März 2020", "bis Oktober 2025": no more precise than the source.</summary>
    public static string Until(Edtf date)
    {
        if (date.Precision == EdtfPrecision.Interval)
        {
            return date.German();
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
                $"{Writing.Capital(Until(date))}. Die Quelle nennt diese Frist selbst{Counted(date)}.",
            (DeadlineBasis.Relative, { } date) =>
                $"{Writing.Capital(Until(date))}. Die Quelle nennt die Frist im Verhältnis zu einem anderen Zeitpunkt; daraus ist sie erschlossen.",
            (DeadlineBasis.Relative, null) =>
                "Die Quelle bindet die Frist an etwas anderes; ein Datum ergibt sich daraus nicht.",
            (DeadlineBasis.Recurring, _) => "Wiederkehrend, ohne einen einzelnen letzten Tag.",
            (DeadlineBasis.Title, { } date) =>
                $"{date.German()} steht nur im Titel der Quelle. Eine eigene Frist nennt sie nicht.",
            (DeadlineBasis.Term, { } date) =>
                $"Die Quelle nennt keine eigene Frist. Gerechnet wird mit dem Ende der Wahlperiode ({date.German()}); das ist keine Frist, die versäumt werden kann.",
            (DeadlineBasis.Term, null) =>
                "Die Quelle nennt keine eigene Frist, nur die Wahlperiode.",
            _ => "Die Quelle nennt keine Frist.",
        };

    // When a deadline that names no day counts as passed is our reckoning, not the source's.
    private static string Counted(Edtf date) =>
        date switch
        {
            { IsApproximate: true } => "",
            { Precision: EdtfPrecision.Year } => "; gerechnet wird bis zum Jahresende",
            { Precision: EdtfPrecision.Month } => "; gerechnet wird bis zum Monatsende",
            _ => "",
        };

    /// <summary>The deadline in a list; null when the source sets none.</summary>
    public static string? Short(Edtf? due, DeadlineBasis basis) =>
        (due, basis) switch
        {
            ({ } date, DeadlineBasis.Stated or DeadlineBasis.Relative) => $"Frist: {Until(date)}",
            _ => null,
        };

    /// <summary>What an overdue promise's page says.</summary>
    public static string Overdue(Deadline deadline, PromiseStatus status)
    {
        var due = deadline.Date is { } date ? Until(date) + Counted(date) : "";
        var passed =
            $"Die Quelle setzt die Frist {due}. Sie ist vorbei, ohne dass ein Abschluss vermerkt ist.";
        return status == PromiseStatus.Unchecked
            ? $"{passed} Ob die Zusage trotzdem erfüllt ist, hat noch niemand geprüft."
            : passed;
    }
}
