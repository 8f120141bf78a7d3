using static Web.Pages.Wording.Language;

namespace Web.Pages.Reports;

/// <summary>The sentences of "Fehler melden".</summary>
public static class ReportWords
{
    public static string Title => Say("Fehler melden", "Report an error");

    public static string Description =>
        Say(
            "Etwas auf einer Seite des Zusagenbuchs ist falsch, fehlt oder ist nicht zugänglich? Ohne Anmeldung mitteilen.",
            "Is something on a page of Zusagenbuch wrong, missing or inaccessible? Tell us, without signing in."
        );

    public static string Lead =>
        Say(
            "Etwas ist falsch, fehlt oder ist für Sie nicht zugänglich? Schreiben Sie es uns. Sie brauchen kein Konto.",
            "Is something wrong, missing or not accessible to you? Tell us. You do not need an account."
        );

    public static string What => Say("Was stimmt nicht?", "What is wrong?");

    public static string WhatHint =>
        Say(
            "Am besten mit der Stelle und dem, was richtig wäre. Höchstens 2000 Zeichen.",
            "Please say where it is and what it should say instead. At most 2,000 characters."
        );

    public static string Proof =>
        Say("Wo ist das nachzulesen? (freiwillig)", "Where can we read about it? (optional)");

    public static string ProofHint =>
        Say("Eine Adresse im Netz oder eine Fundstelle.", "A web address or a reference.");

    public static string Mail =>
        Say(
            "Ihre Mailadresse, wenn Sie eine Antwort möchten (freiwillig)",
            "Your email address, if you would like an answer (optional)"
        );

    public static string MailHint =>
        Say(
            "Sie wird nicht veröffentlicht und gelöscht, sobald die Meldung erledigt ist.",
            "It will not be published, and will be deleted as soon as the report has been dealt with."
        );

    public static string Send => Say("Absenden", "Send");

    public static string Then =>
        Say(
            "Ihre Meldung wird nicht veröffentlicht. Stimmt sie, wird der Eintrag berichtigt: Die Berichtigung steht dann neben dem, was falsch war.",
            "Your report will not be published. If you are right, the entry will be corrected, and the correction will be shown beside what was wrong."
        );

    public static string Faults => Say("Das fehlt noch", "Please check the form");

    public static string ProblemMissing =>
        Say("Schreiben Sie, was nicht stimmt.", "Say what is wrong.");

    public static string BadMail =>
        Say(
            "Die Mailadresse ist unvollständig. Lassen Sie das Feld leer, wenn Sie keine Antwort möchten.",
            "The email address is incomplete. Leave the field empty if you do not want an answer."
        );

    public static string Thanks =>
        Say("Danke, Ihre Meldung ist angekommen", "Thank you, your report has arrived");

    public static string ThanksLead =>
        Say(
            "Jemand sieht nach. Stimmt Ihre Meldung, wird der Eintrag berichtigt; das ist dann auf der Seite und in den Änderungen zu sehen.",
            "Somebody will look into it. If you are right, the entry will be corrected; you will see that on the page and in the list of changes."
        );

    public static string Full =>
        Say(
            "Heute sind schon sehr viele Meldungen angekommen",
            "We have already received a great many reports today"
        );

    public static string FullLead =>
        Say(
            "Ihre Meldung wurde nicht gespeichert. Bitte versuchen Sie es morgen noch einmal.",
            "Your report was not saved. Please try again tomorrow."
        );

    public static string About(string page) =>
        Say($"Es geht um die Seite {page}", $"This is about the page {Local(page)}");

    public static string TooLong(int most) =>
        Say(
            $"Das ist zu lang: Höchstens {most} Zeichen finden Platz.",
            $"This is too long: there is room for at most {most} characters."
        );

    /// <summary>For a field that people do not see.</summary>
    public static string Trap =>
        Say("Dieses Feld bitte leer lassen", "Please leave this field empty");
}
