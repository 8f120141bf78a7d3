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
            Say("Impressum", "Legal notice"),
            Say(
                "Wer dieses Zusagenbuch betreibt und wie man ihn erreicht.",
                "Who runs this Zusagenbuch and how to contact them."
            ),
            [],
            Say(
                "Der Betreiber dieser Installation hat noch kein Impressum hinterlegt. Solange es fehlt, ist nicht angegeben, wer für diese "
                    + "Seiten verantwortlich ist. Öffentlich betrieben werden darf sie so nicht.",
                "The operator of this installation has not provided a legal notice yet. Until there is one, nothing here says who is responsible "
                    + "for these pages. The installation must not be open to the public without one."
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
                            "These pages set no cookies, load nothing from other servers and run no scripts in your browser. The server does not store "
                                + "who reads what. So that nobody can overload it, it counts in memory, for a few minutes, how often an IP "
                                + "address asks for earlier versions of pages or sends a report."
                        ),
                        Say(
                            "Ein Verweis auf einen Beleg führt zu einem fremden Angebot; erst wenn Sie ihm folgen, erfährt es von Ihnen.",
                            "A link to evidence leads to somebody else's site; that site learns about you only if you follow the link."
                        ),
                    ]
                ),
                (
                    Say("Wenn Sie einen Fehler melden", "When you report an error"),
                    [
                        Say(
                            "Gespeichert wird, was Sie in das Formular schreiben, mit dem Zeitpunkt; Ihre Netzadresse nicht. Eine Mailadresse ist freiwillig. Sie "
                                + "wird gelöscht, sobald die Meldung erledigt ist. Nichts davon wird veröffentlicht.",
                            "What you write in the form is stored, with the time; your IP address is not. Giving an email address is optional. It is deleted "
                                + "as soon as the report has been dealt with. None of this is published."
                        ),
                    ]
                ),
                (
                    Say("Personen im Verzeichnis", "People on record"),
                    [
                        Say(
                            "Genannt werden Menschen nur in ihrem öffentlichen Amt. Wer Stellung genommen hat, kann seinen Namen und seinen Text löschen lassen; "
                                + "der Eintrag bleibt dann ohne sie stehen.",
                            "People are named only in their public role. Anyone who has made a statement can have their name and their text erased; the entry "
                                + "then remains without them."
                        ),
                    ]
                ),
            ],
            Say(
                "Wer verantwortlich ist, welche Protokolle der Server führt und an wen Sie sich wenden können, hat der Betreiber dieser Installation noch nicht hinterlegt.",
                "The operator of this installation has not yet said who is responsible, which logs the server keeps and whom you can contact."
            )
        );

    private static LegalText Accessibility =>
        new(
            ForBarriers,
            Say("Barrierefreiheit", "Accessibility"),
            Say(
                "Wie zugänglich diese Seiten sind, wie das geprüft wird, was fehlt und wie man eine Barriere meldet.",
                "How accessible these pages are, how that is tested, what is missing and how to report an accessibility problem."
            ),
            [
                (
                    Say("Was gilt", "What you can rely on"),
                    [
                        Say(
                            "Alles lässt sich ohne Programm im Browser, allein mit der Tastatur, bei doppelter Schriftgröße und auf schmalen Bildschirmen lesen. "
                                + "Ein Stand ist immer ein Wort, nie nur eine Farbe. Zu jedem Diagramm gibt es eine Tabelle und einen Satz, der sagt, was es zeigt.",
                            "Everything can be read without scripts, with the keyboard alone, at twice the text size and on narrow screens. A "
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
                            "With every change, a program (axe) tests every type of page in light and dark mode. Such programs find only some of the problems. These "
                                + "pages have not yet been tested by people who use assistive technology."
                        ),
                    ]
                ),
                (
                    Say("Was fehlt", "What is missing"),
                    [
                        Say(
                            "Es gibt keine Fassung in Leichter Sprache und keine in Gebärdensprache. Verlinkte Belege, oft PDF-Dateien anderer, sind nicht immer zugänglich.",
                            "There is no easy-read version and none in sign language. Linked evidence, often PDF files published by others, is not always accessible."
                        ),
                    ]
                ),
            ],
            Say(
                "An wen Sie sich wenden können, wenn Ihnen die Meldung über das Formular nicht möglich ist, hat der Betreiber dieser Installation noch nicht hinterlegt.",
                "The operator of this installation has not yet said whom you can contact if you cannot use the form."
            )
        );
}
