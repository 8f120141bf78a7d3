using Projections.Search;
using Web.Pages.Wording;

namespace Web.Pages.Promises;

/// <summary>The sentences of the list of promises.</summary>
public static class PromiseListWords
{
    public const string SearchLabel = "Suchwort";
    public const string SearchHint =
        "Gesucht wird in Titel und Beschreibung, auch nach Teilen eines Wortes und mit Tippfehlern.";
    public const string More = "Thema, Quelle, Ausschuss, Frist, zugesagt von";
    public const string NothingFound =
        "Dazu ist keine Zusage verzeichnet. Versuchen Sie ein anderes Wort oder weniger Bedingungen.";
    public const string Csv = "Diese Liste als Tabelle (CSV)";
    public const string BestFirst = "Die passendsten zuerst.";

    public static string Description(int total, string town) =>
        $"{Writing.Count(total, "Zusage", "Zusagen")} aus Vereinbarungen und Ankündigungen in {town}, mit dem Stand jeder einzelnen. Suchen nach Wort, Stand, Thema, Quelle, Ausschuss und Frist.";

    public static string Deadline(string value) =>
        value switch
        {
            SearchReader.Overdue => "überschritten",
            SearchProjection.NoDeadline => "keine eigene Frist",
            _ => $"bis {value}",
        };

    /// <summary>What was taken for a word that stands nowhere.</summary>
    public static string Read(string word, IReadOnlyList<string> taken) =>
        taken.Count == 0
            ? $"„{word}“ kommt in keiner Zusage vor, auch nichts Ähnliches."
            : $"„{word}“ kommt in keiner Zusage vor. Gezeigt wird, was zu {Writing.List([.. taken.Select(w => $"„{w}“")])} passt.";

    public static string Page(int page, int pages) => $"Seite {page} von {pages}";

    public const string Earlier = "Vorige Seite";
    public const string Later = "Nächste Seite";
}
