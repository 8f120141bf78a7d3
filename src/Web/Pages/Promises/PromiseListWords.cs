using Projections.Search;
using Web.Pages.Wording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Promises;

/// <summary>The sentences of the list of promises.</summary>
public static class PromiseListWords
{
    public static string SearchLabel => Say("Suchwort", "Search term");

    public static string SearchHint =>
        Say(
            "Gesucht wird in Titel und Beschreibung, auch nach Teilen eines Wortes und mit Tippfehlern.",
            "The search covers titles and descriptions. It also finds parts of words, and words with typing errors. German words find more than English ones."
        );

    public static string More =>
        Say(
            "Thema, Quelle, Ausschuss, Frist, zugesagt von",
            "Topic, source, committee, deadline, promised by"
        );

    public static string NothingFound =>
        Say(
            "Dazu ist keine Zusage verzeichnet. Versuchen Sie ein anderes Wort oder weniger Bedingungen.",
            "No promise on record matches. Try another word or fewer filters."
        );

    public static string Csv =>
        Say("Diese Liste als Tabelle (CSV)", "This list as a table (CSV, in German)");

    public static string BestFirst =>
        Say("Die passendsten zuerst.", "The best matches come first.");

    public static string Earlier => Say("Vorige Seite", "Previous page");

    public static string Later => Say("Nächste Seite", "Next page");

    public static string Heading(string town) => Say($"Zusagen in {town}", $"Promises in {town}");

    public static string Description(int total, string town) =>
        Say(
            $"{PromiseWords.Count(total)} aus Vereinbarungen und Ankündigungen in {town}, mit dem Stand jeder einzelnen. Suchen nach Wort, Stand, Thema, Quelle, Ausschuss und Frist.",
            $"{PromiseWords.Count(total)} from agreements and announcements in {town}, with the status of each. Search by word, status, topic, source, committee and deadline."
        );

    public static string Deadline(string value) =>
        value switch
        {
            SearchReader.Overdue => Say("überschritten", "passed"),
            SearchProjection.NoDeadline => Say("keine eigene Frist", "no deadline of its own"),
            _ => $"{Say("bis", "by")} {value}",
        };

    /// <summary>What was taken for a word that stands nowhere.</summary>
    public static string Read(string word, IReadOnlyList<string> taken)
    {
        var instead = Writing.List([.. taken.Select(Quoted)]);
        return (taken.Count, IsEnglish) switch
        {
            (0, false) => $"{Quoted(word)} kommt in keiner Zusage vor, auch nichts Ähnliches.",
            (0, true) =>
                $"{Quoted(word)} does not appear in any promise, nor does anything like it.",
            (_, false) =>
                $"{Quoted(word)} kommt in keiner Zusage vor. Gezeigt wird, was zu {instead} passt.",
            (_, true) =>
                $"{Quoted(word)} does not appear in any promise. Shown instead: what matches {instead}.",
        };
    }

    public static string Page(int page, int pages) =>
        Say($"Seite {page} von {pages}", $"page {page} of {pages}");

    private static string Quoted(string word) => Say($"„{word}“", $"“{word}”");
}
