using System.CommandLine;

namespace Verify;

/// <summary>What can be typed, each with its sentence of help.</summary>
internal static class Options
{
    internal static readonly Argument<string> Where = new("ADRESSE")
    {
        Description =
            "Startseite des Zusagenbuchs (https://…) oder Ordner mit einer Kopie / front page of the Zusagenbuch, or a folder with a copy",
    };

    internal static readonly Option<string[]> Key = new("--key")
    {
        Required = true,
        Description =
            "Prüfschlüssel des Logbuchs: name+8 Zeichen+… ; nach einem Schlüsselwechsel mehrmals / verifier key of the log, several after a key change",
        HelpName = "SCHLÜSSEL",
    };

    internal static readonly Option<string?> State = new("--state")
    {
        Description =
            "Ordner, in dem geprüfte Stände gemerkt werden / folder that remembers what was verified",
        HelpName = "ORDNER",
    };

    internal static readonly Option<string[]> Witness = new("--witness")
    {
        Description = "Schlüssel eines Zeugen, auch mehrmals / key of a witness, may be repeated",
        HelpName = "SCHLÜSSEL",
    };

    internal static readonly Option<int?> Quorum = new("--quorum")
    {
        Description =
            "So viele Zeugen müssen unterschrieben haben (sonst: alle) / how many witnesses must have signed (default: all)",
        HelpName = "ZAHL",
    };

    internal static readonly Option<string?> Entries = new("--entries")
    {
        Description = "Alle Einträge in diese Datei, einer je Zeile / all entries into this file",
        HelpName = "DATEI.jsonl",
    };

    internal static readonly Option<string?> Copy = new("--copy")
    {
        Description =
            "Das Logbuch in diesen Ordner kopieren; abgebrochen geht es dort weiter / copy the log into this folder; goes on where it was interrupted",
        HelpName = "ORDNER",
    };

    internal static readonly Option<bool> LogOnly = new("--log-only")
    {
        Description =
            "Nur das Logbuch prüfen, nicht die Listen der Website / check the log alone, not the lists of the site",
    };

    internal static readonly Option<bool> Json = new("--json")
    {
        Description = "Das Urteil als JSON / the verdict as JSON",
    };

    internal static readonly Option<bool> Quiet = new("--quiet")
    {
        Description =
            "Nur etwas sagen, wenn etwas nicht stimmt (für cron) / say something only when something is wrong",
    };

    internal static readonly Option<int?> Watch = new("--watch")
    {
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = static r =>
            r.Tokens.Count == 0 ? 60
            : int.TryParse(
                r.Tokens[0].Value,
                System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture,
                out var minutes
            ) && minutes is >= 1 and <= 10_080
                ? minutes
            : Bad(r, "--watch: 1–10080 Minuten / minutes"),
        Description =
            "Immer wieder prüfen, alle so viele Minuten (60), bis ein Fehler gefunden ist / check again every so many minutes until a fault is found",
        HelpName = "MINUTEN",
    };

    internal static readonly Option<string> Language = new("--lang")
    {
        DefaultValueFactory = static _ => "de",
        Description = "de oder en / de or en",
        HelpName = "de|en",
    };

    internal static void AddTo(RootCommand root)
    {
        root.Add(Where);
        foreach (
            Option option in (Option[])
                [Key, State, Witness, Quorum, Entries, Copy, LogOnly, Json, Quiet, Watch, Language]
        )
        {
            root.Add(option);
        }
    }

    private static int? Bad(System.CommandLine.Parsing.ArgumentResult result, string sentence)
    {
        result.AddError(sentence);
        return null;
    }
}
