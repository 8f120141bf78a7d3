using Web.Pages.Wording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Balance;

/// <summary>The sentences of the balance of a year.</summary>
public static class BalanceWords
{
    public static string Moves =>
        Say("Was sich in diesem Jahr geändert hat", "What changed this year");

    public static string NoMoves =>
        Say(
            "Für dieses Jahr ist keine Änderung verzeichnet.",
            "No change is on record for this year."
        );

    public static string BySource => Say("Nach Quellen", "By source");

    public static string Years => Say("Andere Jahre", "Other years");

    public static string AllPromises => Say("Alle Zusagen", "All promises");

    public static string Meaning =>
        Say(
            "Gezählt wird nur, was mit Beleg verzeichnet ist. „Nicht geprüft“ heißt: Niemand hat nachgesehen. „Nichts gefunden“ heißt: Es "
                + "wurde gesucht, ohne Ergebnis. Überschritten ist eine Frist nur, wenn die Quelle sie selbst setzt; das Ende einer Wahlperiode ist keine.",
            "Only what is on record with evidence is counted. “Not checked” means that nobody has looked. “Nothing found” means that "
                + "somebody looked and found nothing. Only a deadline set by the source itself can pass; the end of a council term is not one."
        );

    public static string Kicker(string town) =>
        Say($"Bilanz eines Jahres, {town}", $"Annual summary, {town}");

    public static string Title(int year, string town) =>
        Say($"Bilanz {year}: Zusagen in {town}", $"Annual summary {year}: promises in {town}");

    public static string Description(int year, string town) =>
        Say(
            $"Was von den Zusagen in {town} am Ende des Jahres {year} erreicht, begonnen, verspätet, aufgegeben oder nicht geprüft war, und was sich gegen das Vorjahr geändert hat.",
            $"Which of the promises in {town} had been fulfilled, started, delayed, abandoned or not checked at the end of {year}, and what had changed since the year before."
        );

    public static string Lead(BalanceModel m)
    {
        var (reached, unseen) = (Number(m, Outcome.Reached), Number(m, Outcome.Unchecked));
        return Say(
            $"Ende {m.Year} war von {Writing.Count(m.All.Now, "Zusage", "Zusagen")} {reached} erreicht, bei {unseen} hatte niemand nachgesehen.",
            $"At the end of {m.Year}, {reached} of {Writing.Count(m.All.Now, "promise", "promises")} had been fulfilled; nobody had looked into {unseen} of them."
        );
    }

    public static string GoesOn(int year, DateOnly day) =>
        Say(
            $"Das Jahr {year} ist noch nicht zu Ende: Gezählt ist bis zum {day.Words()}.",
            $"{year} is not over yet: the figures run up to {day.Words()}."
        );

    public static string Column(BalanceModel m) =>
        m.GoesOn ? Say("bisher", "so far") : EndOf(m.Year);

    public static string EndOf(int year) => Say($"Ende {year}", $"End of {year}");

    public static string Word(Outcome outcome) =>
        outcome switch
        {
            Outcome.Reached => Say("erreicht", "fulfilled"),
            Outcome.PartlyReached => Say("teilweise erreicht", "partly fulfilled"),
            Outcome.Begun => Say(
                "beschlossen, finanziert oder begonnen",
                "decided, funded or started"
            ),
            Outcome.Late => Say(
                "verzögert, ruht oder Frist überschritten",
                "delayed, stalled or past its deadline"
            ),
            Outcome.Reported => Say("nur berichtet", "reported only"),
            Outcome.NothingFound => Say("nichts gefunden", "nothing found"),
            Outcome.Dropped => Say("aufgegeben", "abandoned"),
            Outcome.Superseded => Say("durch eine andere abgelöst", "superseded by another"),
            _ => Say("nicht geprüft", "not checked"),
        };

    /// <summary>"+3", "−1", "gleich".</summary>
    public static string Change(int change) =>
        change switch
        {
            0 => Say("gleich", "no change"),
            > 0 => $"+{Writing.Count(change)}",
            _ => $"−{Writing.Count(-change)}",
        };

    public static string Move(BalanceMove move) =>
        move.Before is { } before
            ? $"{Say("vorher", "previously")}: {Word(before)}"
            : Say("in diesem Jahr zugesagt", "promised in this year");

    private static string Number(BalanceModel m, Outcome outcome) =>
        Writing.Count(m.All.Lines.FirstOrDefault(l => l.Outcome == outcome)?.Now ?? 0);
}
