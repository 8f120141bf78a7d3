using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Web.Pages.Wording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Data;

/// <summary>The sentences of the page about the data, and their description for machines.</summary>
public static class DataWords
{
    public static string Title =>
        Say("Das ganze Verzeichnis als Daten", "The whole ledger as data");

    public static string Description =>
        Say(
            "Alle Einträge des Zusagenbuchs in einer Datei, eine Schnittstelle zum Abfragen, Tabellen für jede Liste und unter welcher Lizenz.",
            "All entries of Zusagenbuch in one file, an API to query, a table for every list, and the licence."
        );

    public static string Licence =>
        Say(
            "https://creativecommons.org/licenses/by/4.0/deed.de",
            "https://creativecommons.org/licenses/by/4.0/deed.en"
        );

    public static string LicenceText =>
        Say(
            "Die eigenen Texte und Angaben dieses Verzeichnisses stehen unter CC BY 4.0: Sie dürfen sie für alles benutzen und verändern, wenn Sie "
                + "das Zusagenbuch als Quelle nennen. Die verlinkten Belege gehören ihren Verfassern; sie sind nicht Teil der Daten.",
            "The ledger's own texts and facts are under CC BY 4.0: you may use and change them for any purpose if you name Zusagenbuch as the source. "
                + "The linked evidence belongs to its authors; it is not part of the data."
        );

    public static string Order =>
        Say(
            "Eine Zeile je Eintrag, in der Reihenfolge, in der vermerkt wurde. Jede Zeile nennt die Nummer, den Zeitpunkt des Vermerks, den "
                + "Vorgang, die Art des Eintrags und seine Angaben. Berichtigungen sind eigene Zeilen; die berichtigte Zeile bleibt stehen.",
            "One line for each entry, in the order of recording. Every line gives the number, the time of recording, what it is about, "
                + "the type of entry and its fields. Corrections are lines of their own; the corrected line stays as it is."
        );

    public static string Personal =>
        Say(
            "Namen von Personen, die Stellung genommen haben, sind darin nur als Prüfsumme enthalten, damit sie gelöscht werden können.",
            "The file contains the names of people who made a statement only as a hash, so that they can be erased."
        );

    /// <summary>"Alle 2.310 Einträge in einer Datei".</summary>
    public static string All(long events) =>
        Say(
            $"Alle {Writing.Count((int)events, "Eintrag", "Einträge")} in einer Datei",
            $"All {Writing.Count((int)events, "entry", "entries")} in one file"
        );

    /// <summary>schema.org's Dataset, as JSON-LD.</summary>
    public static string JsonLd(string site) =>
        JsonSerializer.Serialize(
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["@context"] = "https://schema.org",
                ["@type"] = "Dataset",
                ["name"] = Say(
                    "Zusagenbuch: Zusagen der Gemeindepolitik und was daraus wurde",
                    "Zusagenbuch: promises of local politics and what became of them"
                ),
                ["description"] = Description,
                ["url"] = $"{site}{Address.Data}",
                ["license"] = "https://creativecommons.org/licenses/by/4.0/",
                ["inLanguage"] = "de",
                ["isAccessibleForFree"] = true,
                ["distribution"] = new[]
                {
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["@type"] = "DataDownload",
                        ["encodingFormat"] = FullExport.MediaType,
                        ["contentUrl"] = $"{site}{FullExport.Address}",
                    },
                },
            },
            s_json
        );

    // Inside a page: '<' stays escaped, so that no text can end the element.
    private static readonly JsonSerializerOptions s_json = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };
}
