using Web.Pages.Wording;

namespace Web.Pages.Balance;

/// <summary>The sentences of the balance of a year.</summary>
public static class BalanceWords
{
    public const string Moves = "Was sich in diesem Jahr geändert hat";
    public const string NoMoves = "Für dieses Jahr ist keine Änderung verzeichnet.";
    public const string BySource = "Nach Quellen";
    public const string Years = "Andere Jahre";
    public const string Meaning =
        "Gezählt wird nur, was mit Beleg verzeichnet ist. „Nicht geprüft“ heißt: Niemand hat nachgesehen. „Nichts gefunden“ heißt: Es "
        + "wurde gesucht, ohne Ergebnis. Überschritten ist eine Frist nur, wenn die Quelle sie selbst setzt; das Ende einer Wahlperiode ist keine.";

    public static string Title(int year, string town) => $"Bilanz {year}: Zusagen in {town}";

    public static string Description(int year, string town) =>
        $"Was von den Zusagen in {town} am Ende des Jahres {year} erreicht, begonnen, verspätet, aufgegeben oder nicht geprüft war, und was sich gegen das Vorjahr geändert hat.";

    public static string Lead(BalanceModel m) =>
        $"Ende {m.Year} war von {Writing.Count(m.All.Now, "Zusage", "Zusagen")} "
        + $"{Number(m, Outcome.Reached)} erreicht, bei {Number(m, Outcome.Unchecked)} hatte niemand nachgesehen.";

    public static string GoesOn(int year, DateOnly day) =>
        $"Das Jahr {year} ist noch nicht zu Ende: Gezählt ist bis zum {day.Words()}.";

    public static string Column(BalanceModel m) => m.GoesOn ? "bisher" : $"Ende {m.Year}";

    public static string Word(Outcome outcome) =>
        outcome switch
        {
            Outcome.Reached => "erreicht",
            Outcome.PartlyReached => "teilweise erreicht",
            Outcome.Begun => "beschlossen, finanziert oder begonnen",
            Outcome.Late => "verzögert, ruht oder Frist überschritten",
            Outcome.Reported => "nur berichtet",
            Outcome.NothingFound => "nichts gefunden",
            Outcome.Dropped => "aufgegeben",
            Outcome.Superseded => "durch eine andere abgelöst",
            _ => "nicht geprüft",
        };

    /// <summary>"+3", "−1", "gleich".</summary>
    public static string Change(int change) =>
        change switch
        {
            0 => "gleich",
            > 0 => $"+{Writing.Count(change)}",
            _ => $"−{Writing.Count(-change)}",
        };

    public static string Move(BalanceMove move) =>
        move.Before is { } before ? $"vorher: {Word(before)}" : "in diesem Jahr zugesagt";

    private static string Number(BalanceModel m, Outcome outcome) =>
        Writing.Count(m.All.Lines.FirstOrDefault(l => l.Outcome == outcome)?.Now ?? 0);
}
