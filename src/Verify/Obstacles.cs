namespace Verify;

/// <summary>All reasons for which nothing can be said (exit 2). The first argument of each is its stable word.</summary>
public static class Obstacles
{
    public static Obstacle NoOpenSsl { get; } =
        new(
            "no-openssl",
            new(
                "Auf diesem Rechner fehlt OpenSSL 3 (libcrypto); ohne es lassen sich Unterschriften nicht prüfen. Unter Debian und Ubuntu: sudo apt-get install libssl3; unter macOS: brew install openssl@3.",
                "OpenSSL 3 (libcrypto) is missing on this machine; signatures cannot be checked without it. On Debian and Ubuntu: sudo apt-get install libssl3; on macOS: brew install openssl@3."
            )
        );

    public static Obstacle Cancelled { get; } =
        new("cancelled", new("Die Prüfung wurde abgebrochen.", "The check was interrupted."));

    public static Obstacle Unreachable(string address, string why) =>
        new(
            "unreachable",
            new($"{address} ist nicht zu erreichen: {why}", $"{address} cannot be reached: {why}")
        );

    public static Obstacle NotALog(string address) =>
        new(
            "not-a-log",
            new(
                $"{address} ist nicht das, was ein Logbuch dort zeigt. Stimmt die Adresse? Erwartet wird die Startseite eines Zusagenbuchs, zum Beispiel https://zusagen.example.",
                $"{address} is not what a log shows there. Is the address right? Expected is the front page of a Zusagenbuch, such as https://zusagen.example."
            )
        );

    public static Obstacle Redirected(string address, string target) =>
        new(
            "redirected",
            new(
                $"{address} leitet weiter nach {target}. Wenn das die richtige Adresse ist, bitte sie angeben.",
                $"{address} leads on to {target}. If that is the right address, give that one."
            )
        );

    public static Obstacle TooLarge(string address, int most) =>
        new(
            "too-large",
            new(
                $"{address} antwortet mit mehr als {most} Byte; mehr darf dort nicht stehen.",
                $"{address} answers with more than {most} bytes; no more may be there."
            )
        );

    public static Obstacle BadArguments(string why) => new("bad-arguments", new(why, why));

    public static Obstacle BadKey(string key, string kind) =>
        new(
            "bad-key",
            new(
                $"„{key}“ ist kein Prüfschlüssel für {(kind == "witness" ? "einen Zeugen" : "ein Logbuch")}. Er sieht so aus: name+8 Zeichen+Buchstaben und Ziffern, und in der Befehlszeile gehört er in einfache Anführungszeichen.",
                $"'{key}' is no verifier key of a {kind}. It looks like this: name+8 characters+letters and digits, and belongs in single quotes on a command line."
            )
        );

    public static Obstacle StateUnusable(string folder, string why) =>
        new(
            "state-unusable",
            new(
                $"Der Ordner {folder} lässt sich nicht benutzen: {why}",
                $"The folder {folder} cannot be used: {why}"
            )
        );

    public static Obstacle OtherLog(string folder, string origin, string key) =>
        new(
            "state-unusable",
            new(
                $"Unter {folder} ist ein Stand von {origin} gemerkt, den keiner der angegebenen Schlüssel ({key}) unterschrieben hat. Nach einem Schlüsselwechsel bitte beide angeben: --key NEU --key ALT.",
                $"{folder} holds a checkpoint of {origin} that none of the given keys ({key}) signed. After a key change give both: --key NEW --key OLD."
            )
        );

    public static Obstacle Moving { get; } =
        new(
            "moving",
            new(
                "Während der Prüfung wurde mehrmals ein Eintrag zurückgehalten. Bitte in einigen Minuten noch einmal prüfen.",
                "Entries were withheld several times during the check. Try again in a few minutes."
            )
        );

    public static Obstacle OwnClock(DateTimeOffset own, DateTimeOffset witness) =>
        new(
            "clock",
            new(
                $"Die Uhr dieses Rechners ({own:yyyy-MM-dd HH:mm} UTC) geht nach: Ein Zeuge hat schon um {witness:yyyy-MM-dd HH:mm} UTC unterschrieben.",
                $"The clock of this machine ({own:yyyy-MM-dd HH:mm} UTC) is slow: a witness signed at {witness:yyyy-MM-dd HH:mm} UTC already."
            )
        );

    public static Obstacle ApiUnreadable(string address) =>
        new(
            "api-unreadable",
            new(
                $"Das Logbuch ist geprüft, aber {address} antwortet nicht mit einer Liste von Ereignissen; ob die Seiten dasselbe zeigen wie das Logbuch, bleibt offen (--log-only prüft nur das Logbuch).",
                $"The log is checked, but {address} does not answer with a list of events; whether the pages show what the log holds remains open (--log-only checks the log alone)."
            )
        );
}
