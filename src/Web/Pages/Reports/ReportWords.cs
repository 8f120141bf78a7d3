namespace Web.Pages.Reports;

/// <summary>The sentences of "Fehler melden".</summary>
public static class ReportWords
{
    public const string Title = "Fehler melden";
    public const string Description =
        "Etwas auf einer Seite des Zusagenbuchs ist falsch, fehlt oder ist nicht zugänglich? Ohne Anmeldung mitteilen.";
    public const string Lead =
        "Etwas ist falsch, fehlt oder ist für Sie nicht zugänglich? Schreiben Sie es uns. Sie brauchen kein Konto.";
    public const string What = "Was stimmt nicht?";
    public const string WhatHint =
        "Am besten mit der Stelle und dem, was richtig wäre. Höchstens 2000 Zeichen.";
    public const string Proof = "Wo ist das nachzulesen? (freiwillig)";
    public const string ProofHint = "Eine Adresse im Netz oder eine Fundstelle.";
    public const string Mail = "Ihre Mailadresse, wenn Sie eine Antwort möchten (freiwillig)";
    public const string MailHint =
        "Sie wird nicht veröffentlicht und gelöscht, sobald die Meldung erledigt ist.";
    public const string Send = "Absenden";
    public const string Then =
        "Ihre Meldung wird nicht veröffentlicht. Stimmt sie, wird der Eintrag berichtigt: Die Berichtigung steht dann neben dem, was falsch war.";
    public const string Faults = "Das fehlt noch";
    public const string ProblemMissing = "Schreiben Sie, was nicht stimmt.";
    public const string BadMail =
        "Die Mailadresse ist unvollständig. Lassen Sie das Feld leer, wenn Sie keine Antwort möchten.";
    public const string Thanks = "Danke, Ihre Meldung ist angekommen";
    public const string ThanksLead =
        "Jemand sieht nach. Stimmt Ihre Meldung, wird der Eintrag berichtigt; das ist dann auf der Seite und in den Änderungen zu sehen.";
    public const string Full = "Heute sind schon sehr viele Meldungen angekommen";
    public const string FullLead =
        "Ihre Meldung wurde nicht gespeichert. Bitte versuchen Sie es morgen noch einmal.";

    public static string About(string page) => $"Es geht um die Seite {page}";

    public static string TooLong(int most) =>
        $"Das ist zu lang: Höchstens {most} Zeichen finden Platz.";
}
