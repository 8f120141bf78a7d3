using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Web.Pages.Data;

/// <summary>The sentences of the page about the data, and their description for machines.</summary>
public static class DataWords
{
    public const string Title = "Das ganze Verzeichnis als Daten";
    public const string Description =
        "Alle Einträge des Zusagenbuchs in einer Datei, eine Schnittstelle zum Abfragen, Tabellen für jede Liste und unter welcher Lizenz.";
    public const string Licence = "https://creativecommons.org/licenses/by/4.0/deed.de";
    public const string LicenceText =
        "Die eigenen Texte und Angaben dieses Verzeichnisses stehen unter CC BY 4.0: Sie dürfen sie für alles benutzen und verändern, wenn Sie "
        + "das Zusagenbuch als Quelle nennen. Die verlinkten Belege gehören ihren Verfassern; sie sind nicht Teil der Daten.";
    public const string Order =
        "Eine Zeile je Eintrag, in der Reihenfolge, in der vermerkt wurde. Jede Zeile nennt die Nummer, den Zeitpunkt des Vermerks, den "
        + "Vorgang, die Art des Eintrags und seine Angaben. Berichtigungen sind eigene Zeilen; die berichtigte Zeile bleibt stehen.";
    public const string Personal =
        "Namen von Personen, die Stellung genommen haben, sind darin nur als Prüfsumme enthalten, damit sie gelöscht werden können.";

    /// <summary>schema.org's Dataset, as JSON-LD.</summary>
    public static string JsonLd(string site) =>
        JsonSerializer.Serialize(
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["@context"] = "https://schema.org",
                ["@type"] = "Dataset",
                ["name"] = "Zusagenbuch: Zusagen der Gemeindepolitik und was daraus wurde",
                ["description"] = Description,
                ["url"] = $"{site}/daten",
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
