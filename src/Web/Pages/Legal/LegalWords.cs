using static Web.Pages.Wording.Language;

namespace Web.Pages.Legal;

/// <summary>What is true of the program wherever it runs, in the language that is spoken; the rest is the operator's.</summary>
/// <param name="Name">Of the operator's text, and the last part of the page's address.</param>
/// <param name="Own">Heading and paragraphs that hold in every installation.</param>
/// <param name="Missing">What the page says where the operator has written nothing.</param>
public sealed record LegalText(
    string Name,
    string Title,
    string Description,
    IReadOnlyList<(string Heading, IReadOnlyList<string> Paragraphs)> Own,
    string Missing
)
{
    private const string ForBarriers = "barrierefreiheit";

    public static IReadOnlyList<LegalText> All => [Imprint, Privacy, Accessibility];

    /// <summary>Whether it is the page from which a barrier can be reported.</summary>
    public bool IsAboutBarriers => Name == ForBarriers;

    private static LegalText Imprint =>
        new(
            "impressum",
            Say("Impressum", "Imprint"),
            Say(
                "Wer dieses Zusagenbuch betreibt und wie man ihn erreicht.",
                "Who runs this Zusagenbuch and how to reach them."
            ),
            [],
            Say(
                "Der Betreiber dieser Installation hat noch kein Impressum hinterlegt. Solange es fehlt, ist nicht angegeben, wer für diese "
                    + "Seiten verantwortlich ist. Öffentlich betrieben werden darf sie so nicht.",
                "The operator of this installation has not provided an imprint yet. As long as it is missing, it is not stated who is responsible "
                    + "for these pages. The installation must not be run in public like this."
            )
        );

    private static LegalText Privacy =>
        new(
            "datenschutz",
            Say("Datenschutz", "Privacy"),
            Say(
                "Was dieses Zusagenbuch über seine Leserinnen und Leser weiß: keine Cookies, nichts von Dritten, und was mit Meldungen geschieht.",
                "What this Zusagenbuch knows about its readers: no cookies, nothing from third parties, and what happens with reports."
            ),
            [
                (
                    Say("Beim Lesen", "While you read"),
                    [
                        Say(
                            "Diese Seiten setzen keine Cookies, laden nichts von anderen Servern und führen kein Programm in Ihrem Browser aus. Das Programm "
                                + "legt nicht ab, wer was liest. Damit niemand den Server überlastet, zählt es für wenige Minuten im Arbeitsspeicher, wie oft "
                                + "von einer Netzadresse nach früheren Ständen gefragt oder etwas gemeldet wird.",
                            "These pages set no cookies, load nothing from other servers and run no program in your browser. The program does not store "
                                + "who reads what. So that nobody overloads the server, it counts in memory, for a few minutes, how often a network "
                                + "address asks for earlier states or reports something."
                        ),
                        Say(
                            "Ein Verweis auf einen Beleg führt zu einem fremden Angebot; erst wenn Sie ihm folgen, erfährt es von Ihnen.",
                            "A link to a piece of evidence leads to a site of others; it learns of you only when you follow the link."
                        ),
                    ]
                ),
                (
                    Say("Wenn Sie einen Fehler melden", "When you report an error"),
                    [
                        Say(
                            "Gespeichert wird, was Sie in das Formular schreiben, mit dem Zeitpunkt; Ihre Netzadresse nicht. Eine Mailadresse ist freiwillig. Sie "
                                + "wird gelöscht, sobald die Meldung erledigt ist. Nichts davon wird veröffentlicht.",
                            "What you write in the form is stored, with the time; your network address is not. A mail address is optional. It is deleted "
                                + "as soon as the report is dealt with. None of it is published."
                        ),
                    ]
                ),
                (
                    Say("Personen im Verzeichnis", "People on record"),
                    [
                        Say(
                            "Genannt werden Menschen nur in ihrem öffentlichen Amt. Wer Stellung genommen hat, kann seinen Namen und seinen Text löschen lassen; "
                                + "der Eintrag bleibt dann ohne sie stehen.",
                            "People are named only in their public office. Whoever has made a statement can have their name and their text erased; the entry "
                                + "then stays without them."
                        ),
                    ]
                ),
            ],
            Say(
                "Wer verantwortlich ist, welche Protokolle der Server führt und an wen Sie sich wenden können, hat der Betreiber dieser Installation noch nicht hinterlegt.",
                "The operator of this installation has not said yet who is responsible, which logs the server keeps and whom you can turn to."
            )
        );

    private static LegalText Accessibility =>
        new(
            ForBarriers,
            Say("Barrierefreiheit", "Accessibility"),
            Say(
                "Wie zugänglich diese Seiten sind, wie das geprüft wird, was fehlt und wie man eine Barriere meldet.",
                "How accessible these pages are, how that is tested, what is missing and how to report a barrier."
            ),
            [
                (
                    Say("Was gilt", "What holds"),
                    [
                        Say(
                            "Alles lässt sich ohne Programm im Browser, allein mit der Tastatur, bei doppelter Schriftgröße und auf schmalen Bildschirmen lesen. "
                                + "Ein Stand ist immer ein Wort, nie nur eine Farbe. Zu jedem Diagramm gibt es eine Tabelle und einen Satz, der sagt, was es zeigt.",
                            "Everything can be read without a program in the browser, with the keyboard alone, at twice the font size and on narrow screens. A "
                                + "status is always a word, never only a colour. Every chart comes with a table and with a sentence that says what it shows."
                        ),
                        Say(
                            "Maßstab sind die Web Content Accessibility Guidelines 2.1, Stufe AA.",
                            "The standard is the Web Content Accessibility Guidelines 2.1, level AA."
                        ),
                    ]
                ),
                (
                    Say("Wie es geprüft wird", "How it is tested"),
                    [
                        Say(
                            "Bei jeder Änderung prüft ein Programm (axe) alle Arten von Seiten in heller und dunkler Darstellung. Solche Programme finden nur einen "
                                + "Teil der Barrieren. Mit Menschen, die Hilfsmittel benutzen, sind diese Seiten noch nicht geprüft.",
                            "With every change a program (axe) tests all kinds of pages in light and dark. Such programs find only a part of the barriers. These "
                                + "pages have not been tested yet with people who use assistive technology."
                        ),
                    ]
                ),
                (
                    Say("Was fehlt", "What is missing"),
                    [
                        Say(
                            "Es gibt keine Fassung in Leichter Sprache und keine in Gebärdensprache. Verlinkte Belege, oft PDF-Dateien anderer, sind nicht immer zugänglich.",
                            "There is no version in easy-to-read language and none in sign language. Linked evidence, often PDF files of others, is not always accessible."
                        ),
                    ]
                ),
            ],
            Say(
                "An wen Sie sich wenden können, wenn Ihnen die Meldung über das Formular nicht möglich ist, hat der Betreiber dieser Installation noch nicht hinterlegt.",
                "The operator of this installation has not said yet whom you can turn to if you cannot report through the form."
            )
        );
}
