using Projections.Deadlines;
using Projections.Feed;
using Web.Feeds;
using Web.Pages.Wording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Subscribe;

/// <summary>A way to subscribe.</summary>
/// <param name="Address">Null where it cannot tell what is asked for.</param>
public sealed record Channel(string Name, string Sentence, string? Address);

/// <summary>The ways to subscribe to what a filter wants. What comes from them is German.</summary>
internal static class Channels
{
    /// <summary>How many entries match so far, as a sentence.</summary>
    public static string Matching(long count) =>
        count switch
        {
            0 => Say("Bisher passt kein Eintrag dazu.", "No entry matches so far."),
            1 => Say("Bisher passt ein Eintrag dazu.", "One entry matches so far."),
            _ => Say(
                $"Bisher passen {Writing.Count((int)count)} Einträge dazu.",
                $"{Writing.Count((int)count)} entries match so far."
            ),
        };

    /// <summary>The way to these entries.</summary>
    public static string ReadHere(long count) =>
        Say(
            "Hier lesen",
            count switch
            {
                0 => "See the page",
                1 => "Read it here",
                _ => "Read them here",
            }
        );

    public static IEnumerable<Channel> ForPeople(FeedFilter filter)
    {
        yield return new(
            Say("Feed für Leseprogramme (Atom)", "Feed for readers (Atom)"),
            Say(
                "Für Feedreader, Redaktionssysteme und Browser-Erweiterungen. Wer lange nicht gelesen hat, holt alles Versäumte nach: Jede Fassung nennt das Archiv davor.",
                "For feed readers, editorial systems and browser extensions. If you have not looked for a while, you can catch up on everything you missed: every version names the archive before it."
            ),
            FeedAddress.Current(filter, AtomFeed.Format)
        );
        yield return new(
            "JSON Feed",
            Say(
                "Dasselbe für Leseprogramme, die JSON lieber mögen.",
                "The same for readers that prefer JSON."
            ),
            FeedAddress.Current(filter, JsonFeed.Format)
        );
        yield return new(
            Say("Tabelle (CSV)", "Table (CSV)"),
            Say(
                "Die ersten tausend Einträge für eine Tabellenkalkulation; wie es weitergeht, steht im Kopf der Antwort.",
                "The first thousand entries for a spreadsheet; a header of the response says how to get the rest."
            ),
            FeedAddress.Pull(filter, "csv")
        );
        var ofDeadlines = filter.Facets.All(DeadlineReader.Facets.Contains);
        yield return new(
            Say("Kalender der Fristen", "Calendar of deadlines"),
            ofDeadlines
                ? Say(
                    "Für jeden Kalender, der Adressen abonniert. Darin steht, wann eine Frist abläuft, die eine Quelle selbst setzt; verschiebt sich eine, verschiebt sich der Termin.",
                    "For any calendar that can subscribe to an address. It shows when deadlines set by the sources themselves expire; if a deadline moves, its date in the calendar moves."
                )
                : Say(
                    "Fristen gibt es nach Gemeinde, Ausschuss, Zusage, Thema und danach, wer zugesagt hat; für diese Auswahl nicht.",
                    "Deadlines can be filtered by municipality, committee, promise, topic and who promised, but not by this selection."
                ),
            ofDeadlines ? FeedAddress.Deadlines(filter) : null
        );
        yield return new(
            Say("Heute fällig", "Due today"),
            Say(
                "Ein kurzer Text, jeden Tag neu: welche Frist heute abläuft, was seit heute überfällig ist, welche Wahlperiode endet.",
                "A short text, new every day: which deadlines expire today, what is overdue from today, which council terms end."
            ),
            ofDeadlines ? filter.At("/feeds/due-today.txt") : "/feeds/due-today.txt"
        );
    }

    public static IEnumerable<Channel> ForPrograms(FeedFilter filter)
    {
        yield return new(
            Say("Abruf in Seiten (CloudEvents)", "Download in pages (CloudEvents)"),
            Say(
                "Die versiegelten Einträge, Byte für Byte wie im Prüfverzeichnis; weiter geht es mit „after“ und dem Index des letzten.",
                "The sealed entries, byte for byte as in the log; for the next page, use “after” with the index of the last one."
            ),
            FeedAddress.Pull(filter, "batch")
        );
        yield return new(
            "JSON Lines",
            Say("Dieselben Einträge, einer je Zeile.", "The same entries, one per line."),
            FeedAddress.Pull(filter, "jsonl")
        );
        yield return new(
            Say("Strom (Server-Sent Events)", "Stream (Server-Sent Events)"),
            Say(
                "Jeder Eintrag im Augenblick seiner Versiegelung; nach einem Abriss geht es ohne Lücke weiter.",
                "Every entry at the moment it is sealed; after an interruption it continues without a gap."
            ),
            FeedAddress.Stream(filter)
        );
    }
}
