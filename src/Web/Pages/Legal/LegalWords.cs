namespace Web.Pages.Legal;

/// <summary>What is true of the program wherever it runs; the rest is the operator's.</summary>
/// <param name="Path">Address of the page.</param>
/// <param name="File">Name of the operator's text.</param>
/// <param name="Own">Heading and paragraphs that hold in every installation.</param>
/// <param name="Missing">What the page says where the operator has written nothing.</param>
public sealed record LegalText(
    string Path,
    string File,
    string Title,
    string Description,
    IReadOnlyList<(string Heading, IReadOnlyList<string> Paragraphs)> Own,
    string Missing
)
{
    public static LegalText Imprint { get; } =
        new(
            "/impressum",
            "impressum",
            "Impressum",
            "Wer dieses Zusagenbuch betreibt und wie man ihn erreicht.",
            [],
            "Der Betreiber dieser Installation hat noch kein Impressum hinterlegt. Solange es fehlt, ist nicht angegeben, wer für diese "
                + "Seiten verantwortlich ist. Öffentlich betrieben werden darf sie so nicht."
        );

    public static LegalText Privacy { get; } =
        new(
            "/datenschutz",
            "datenschutz",
            "Datenschutz",
            "Was dieses Zusagenbuch über seine Leserinnen und Leser weiß: keine Cookies, nichts von Dritten, und was mit Meldungen geschieht.",
            [
                (
                    "Beim Lesen",
                    [
                        "Diese Seiten setzen keine Cookies, laden nichts von anderen Servern und führen kein Programm in Ihrem Browser aus. Das Programm "
                            + "legt nicht ab, wer was liest. Damit niemand den Server überlastet, zählt es für wenige Minuten im Arbeitsspeicher, wie oft "
                            + "von einer Netzadresse nach früheren Ständen gefragt oder etwas gemeldet wird.",
                        "Ein Verweis auf einen Beleg führt zu einem fremden Angebot; erst wenn Sie ihm folgen, erfährt es von Ihnen.",
                    ]
                ),
                (
                    "Wenn Sie einen Fehler melden",
                    [
                        "Gespeichert wird, was Sie in das Formular schreiben, mit dem Zeitpunkt; Ihre Netzadresse nicht. Eine Mailadresse ist freiwillig. Sie "
                            + "wird gelöscht, sobald die Meldung erledigt ist. Nichts davon wird veröffentlicht.",
                    ]
                ),
                (
                    "Personen im Verzeichnis",
                    [
                        "Genannt werden Menschen nur in ihrem öffentlichen Amt. Wer Stellung genommen hat, kann seinen Namen und seinen Text löschen lassen; "
                            + "der Eintrag bleibt dann ohne sie stehen.",
                    ]
                ),
            ],
            "Wer verantwortlich ist, welche Protokolle der Server führt und an wen Sie sich wenden können, hat der Betreiber dieser Installation noch nicht hinterlegt."
        );

    public static LegalText Accessibility { get; } =
        new(
            "/barrierefreiheit",
            "barrierefreiheit",
            "Barrierefreiheit",
            "Wie zugänglich diese Seiten sind, wie das geprüft wird, was fehlt und wie man eine Barriere meldet.",
            [
                (
                    "Was gilt",
                    [
                        "Alles lässt sich ohne Programm im Browser, allein mit der Tastatur, bei doppelter Schriftgröße und auf schmalen Bildschirmen lesen. "
                            + "Ein Stand ist immer ein Wort, nie nur eine Farbe. Zu jedem Diagramm gibt es eine Tabelle und einen Satz, der sagt, was es zeigt.",
                        "Maßstab sind die Web Content Accessibility Guidelines 2.1, Stufe AA.",
                    ]
                ),
                (
                    "Wie es geprüft wird",
                    [
                        "Bei jeder Änderung prüft ein Programm (axe) alle Arten von Seiten in heller und dunkler Darstellung. Solche Programme finden nur einen "
                            + "Teil der Barrieren. Mit Menschen, die Hilfsmittel benutzen, sind diese Seiten noch nicht geprüft.",
                    ]
                ),
                (
                    "Was fehlt",
                    [
                        "Es gibt keine Fassung in Leichter Sprache und keine in Gebärdensprache. Verlinkte Belege, oft PDF-Dateien anderer, sind nicht immer zugänglich.",
                    ]
                ),
            ],
            "An wen Sie sich wenden können, wenn Ihnen die Meldung über das Formular nicht möglich ist, hat der Betreiber dieser Installation noch nicht hinterlegt."
        );
}
