using Ledger.Promises;
using Ledger.Recording;
using Ledger.Sources;
using Projections.Coverage;
using Web.Pages.Wording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Sources;

/// <summary>What a source is and what became of it, in words.</summary>
public static class SourceWords
{
    public static string ListTitle(string town) => Say($"Quellen in {town}", $"Sources in {town}");

    /// <summary>How many documents there are, and how many promises stand in them.</summary>
    public static string Documents(int documents, int promises) =>
        Say(
            $"{Writing.Count(documents, "Dokument", "Dokumente")}, in denen {Writing.Count(promises, "Zusage steht", "Zusagen stehen")}.",
            $"{Writing.Count(documents, "document", "documents")} containing {Writing.Count(promises, "promise", "promises")}."
        );

    /// <summary>What kind of document it is.</summary>
    public static string Kind(Standing standing) =>
        standing switch
        {
            Standing.Agreement => Say("Vereinbarung", "Agreement"),
            Standing.Programme => Say("Programm", "Programme"),
            _ => Say("Ankündigung", "Announcement"),
        };

    /// <summary>"2020 (von uns erschlossen)", "am 7. Dezember 2018".</summary>
    public static string Date(SourceRegistered source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return (source.Occurred, source.OccurredBasis) switch
        {
            (null, _) => Say("Das Dokument nennt keinen Tag.", "The document gives no date."),
            ({ } date, OccurredBasis.Derived) =>
                $"{Day(date)} {Say("(von uns erschlossen)", "(inferred by us)")}",
            ({ } date, _) => Day(date),
        };

        // In English the label says already that it is a date.
        static string Day(Edtf date) =>
            Writing.Capital(
                IsEnglish && date.Precision != EdtfPrecision.Interval ? date.Words() : date.When()
            );
    }

    /// <summary>"gedruckte Zeilen 21 bis 716", "Zeilen 1 bis 268 der Datei".</summary>
    public static string Lines(SourceRegistered source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new Locator(source.Locators, source.Lines.From, source.Lines.To).Words();
    }

    /// <summary>"39 bis 41", "50".</summary>
    public static string Lines(LineRange lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return lines.From == lines.To
            ? $"{lines.From}"
            : $"{lines.From}{Writing.NoBreak}{Say("bis", "to")}{Writing.NoBreak}{lines.To}";
    }

    /// <summary>How many promises stand in a document, and how much of it they take up.</summary>
    public static string Lead(SourceCoverage c)
    {
        ArgumentNullException.ThrowIfNull(c);
        var count = c.Promises.Count;
        var stand = Say(
            $"{Writing.Count(count, "Zusage steht", "Zusagen stehen")} in diesem Dokument.",
            $"This document contains {Writing.Count(count, "promise", "promises")}."
        );
        if (c.Lines is not { } lines || count == 0)
        {
            return stand;
        }

        var share = Share(lines.Promises, lines.All);
        return Say(
            $"{stand} Sie nehmen {share} seiner Zeilen ein.",
            $"{stand} {(count == 1 ? "It takes" : "They take")} up {share} of its lines."
        );
    }

    /// <summary>How many events are known.</summary>
    public static string Known(SourceCoverage c)
    {
        ArgumentNullException.ThrowIfNull(c);
        var each = Writing.Number(Math.Round((decimal)c.Facts / c.Promises.Count, 1));
        return Say(
            $"{Writing.Count(c.Facts, "Ereignis ist", "Ereignisse sind")} vermerkt, das sind {each} je Zusage. "
                + $"Bei {Writing.Count(c.WithFacts)} von {Writing.Count(c.Promises.Count, "Zusage", "Zusagen")} ist mindestens eines bekannt.",
            $"{Writing.Count(c.Facts, "event is", "events are")} on record, or {each} per promise. "
                + $"At least one is known for {Writing.Count(c.WithFacts)} of {Writing.Count(c.Promises.Count, "promise", "promises")}."
        );
    }

    /// <summary>On how many promises nobody has looked yet.</summary>
    public static string Unseen(SourceCoverage c)
    {
        ArgumentNullException.ThrowIfNull(c);
        return c.Unchecked == 0
            ? Say(
                "Bei jeder Zusage hat schon jemand nachgesehen.",
                "Somebody has looked into every promise."
            )
            : Say(
                $"Bei {Writing.Count(c.Unchecked)} hat noch niemand nachgesehen, was daraus wurde. Das ist kein Urteil.",
                $"Nobody has yet looked into what became of {(c.Unchecked == c.Promises.Count ? "any" : Writing.Count(c.Unchecked))} of them. That is not a verdict."
            );
    }

    /// <summary>Who assigned the committees.</summary>
    public static string Assigned(SourceCoverage c)
    {
        ArgumentNullException.ThrowIfNull(c);
        var all = Writing.Count(c.Assignments);
        return c.Assignments == 0
                ? Say(
                    "Keiner Zusage ist ein Ausschuss zugeordnet.",
                    "No promise is assigned to a committee."
                )
            : c.Inferred == c.Assignments
                ? Say(
                    $"Alle {all} Zuordnungen zu Ausschüssen haben wir erschlossen: Das Dokument selbst nennt keine.",
                    $"{c.Assignments switch { 1 => "The one assignment to a committee was", 2 => "Both assignments to committees were", _ => $"All {all} assignments to committees were" }} inferred by us: the document itself names none."
                )
            : Say(
                $"{Writing.Count(c.Inferred)} von {all} Zuordnungen zu Ausschüssen haben wir erschlossen ({Share(c.Inferred, c.Assignments)}); die anderen nennt das Dokument.",
                $"{Writing.Count(c.Inferred)} of {all} assignments to committees were inferred by us ({Share(c.Inferred, c.Assignments)}); the others are named in the document."
            );
    }

    /// <summary>"78 %", in English "78%": whole percent; more than nothing is never 0 %, less than all never 100 %.</summary>
    public static string Share(int part, int whole)
    {
        var percent = whole == 0 ? 0 : (int)Math.Round(100m * part / whole);
        var words =
            part == 0 || whole == 0 ? "0"
            : percent == 0 ? Say("unter 1", "less than 1")
            : percent == 100 && part < whole ? Say("über 99", "more than 99")
            : $"{percent}";
        return IsEnglish ? $"{words}%" : $"{words}{Writing.NoBreak}%";
    }

    /// <summary>Why lines are left out, as a heading.</summary>
    public static string Reason(LeftOutReason reason) =>
        reason switch
        {
            LeftOutReason.Framing => Say("Einleitung oder Wertung", "Introduction or judgement"),
            LeftOutReason.Praise => Say("Lob oder Dank", "Praise or thanks"),
            LeftOutReason.Criterion => Say(
                "Maßstab einer anderen Zusage",
                "Criterion of another promise"
            ),
            LeftOutReason.CommitteeName => Say("Name eines Ausschusses", "Name of a committee"),
            _ => Say("Regel der Partner unter sich", "Rule between the partners"),
        };

    /// <summary>What that means.</summary>
    public static string Meaning(LeftOutReason reason) =>
        reason switch
        {
            LeftOutReason.Framing => Say(
                "Diese Zeilen leiten ein, beschreiben oder nennen Werte. Ob sie eingehalten wurden, könnte niemand nachprüfen.",
                "These lines introduce, describe or state values. Nobody could check whether they were kept."
            ),
            LeftOutReason.Praise => Say(
                "Diese Zeilen loben oder danken. Zugesagt wird darin nichts.",
                "These lines praise or thank. They promise nothing."
            ),
            LeftOutReason.Criterion => Say(
                "Diese Zeilen sagen, woran eine andere Zusage gemessen wird. Sie stehen bei ihr.",
                "These lines say how another promise is to be measured. They are shown with it."
            ),
            LeftOutReason.CommitteeName => Say(
                "Diese Zeilen nennen Ausschüsse. Sie sind dort verzeichnet.",
                "These lines name committees. They are on record there."
            ),
            _ => Say(
                "Diese Zeilen binden nur die Partner untereinander, etwa beim Abstimmen.",
                "These lines bind only the partners themselves, for instance when voting."
            ),
        };
}
