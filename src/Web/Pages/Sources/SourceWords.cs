using Ledger.Promises;
using Ledger.Recording;
using Ledger.Sources;
using Web.Pages.Wording;

namespace Web.Pages.Sources;

/// <summary>What a source is and what became of it, in words.</summary>
public static class SourceWords
{
    /// <summary>What kind of document it is.</summary>
    public static string Kind(Standing standing) =>
        standing switch
        {
            Standing.Agreement => "Vereinbarung",
            Standing.Programme => "Programm",
            _ => "Ankündigung",
        };

    /// <summary>"2020 (von uns erschlossen)", "am 7. Dezember 2018".</summary>
    public static string Date(SourceRegistered source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return (source.Occurred, source.OccurredBasis) switch
        {
            (null, _) => "Das Dokument nennt keinen Tag.",
            ({ } date, OccurredBasis.Derived) =>
                $"{Writing.Capital(date.When())} (von uns erschlossen)",
            ({ } date, _) => Writing.Capital(date.When()),
        };
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
            : $"{lines.From}{Writing.NoBreak}bis{Writing.NoBreak}{lines.To}";
    }

    /// <summary>"78 %": whole percent; more than nothing is never 0 %, less than all never 100 %.</summary>
    public static string Share(int part, int whole)
    {
        var percent = whole == 0 ? 0 : (int)Math.Round(100m * part / whole);
        var words =
            part == 0 || whole == 0 ? "0"
            : percent == 0 ? "unter 1"
            : percent == 100 && part < whole ? "über 99"
            : $"{percent}";
        return $"{words}{Writing.NoBreak}%";
    }

    /// <summary>Why lines are left out, as a heading.</summary>
    public static string Reason(LeftOutReason reason) =>
        reason switch
        {
            LeftOutReason.Framing => "Einleitung oder Wertung",
            LeftOutReason.Praise => "Lob oder Dank",
            LeftOutReason.Criterion => "Maßstab einer anderen Zusage",
            LeftOutReason.CommitteeName => "Name eines Ausschusses",
            _ => "Regel der Partner unter sich",
        };

    /// <summary>What that means.</summary>
    public static string Meaning(LeftOutReason reason) =>
        reason switch
        {
            LeftOutReason.Framing =>
                "Diese Zeilen leiten ein, beschreiben oder nennen Werte. Ob sie eingehalten wurden, könnte niemand nachprüfen.",
            LeftOutReason.Praise => "Diese Zeilen loben oder danken. Zugesagt wird darin nichts.",
            LeftOutReason.Criterion =>
                "Diese Zeilen sagen, woran eine andere Zusage gemessen wird. Sie stehen bei ihr.",
            LeftOutReason.CommitteeName =>
                "Diese Zeilen nennen Ausschüsse. Sie sind dort verzeichnet.",
            _ => "Diese Zeilen binden nur die Partner untereinander, etwa beim Abstimmen.",
        };
}
