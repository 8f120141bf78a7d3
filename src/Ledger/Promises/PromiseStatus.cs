using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>How a promise stands. Derived from its events, never set.</summary>
public enum PromiseStatus
{
    /// <summary>Nobody has looked yet; says nothing of what happened.</summary>
    Unchecked,

    /// <summary>Someone looked and found nothing.</summary>
    NoEvidence,

    Reported,
    Decided,
    Funded,
    Started,
    Delayed,
    Stalled,
    PartlyFulfilled,
    Fulfilled,
    Abandoned,
    Superseded,
}

/// <summary>The words and the sentence that readers see for a status, defined once.</summary>
public static class StatusWords
{
    /// <summary>Whether the matter is closed: fulfilled, abandoned or superseded. Then no deadline can be overdue.</summary>
    public static bool IsClosed(this PromiseStatus status) =>
        status is PromiseStatus.Fulfilled or PromiseStatus.Abandoned or PromiseStatus.Superseded;

    public static Text Word(this PromiseStatus status) =>
        status switch
        {
            PromiseStatus.Unchecked => new("nicht geprüft", "not checked"),
            PromiseStatus.NoEvidence => new("nichts gefunden", "nothing found"),
            PromiseStatus.Reported => new("berichtet", "reported"),
            PromiseStatus.Decided => new("beschlossen", "decided"),
            PromiseStatus.Funded => new("finanziert", "funded"),
            PromiseStatus.Started => new("begonnen", "started"),
            PromiseStatus.Delayed => new("verzögert", "delayed"),
            PromiseStatus.Stalled => new("ruht", "stalled"),
            PromiseStatus.PartlyFulfilled => new("teilweise erfüllt", "partly fulfilled"),
            PromiseStatus.Fulfilled => new("erfüllt", "fulfilled"),
            PromiseStatus.Abandoned => new("aufgegeben", "abandoned"),
            PromiseStatus.Superseded => new("abgelöst", "superseded"),
            _ => throw new ArgumentOutOfRangeException(nameof(status)),
        };

    public static Text Meaning(this PromiseStatus status) =>
        status switch
        {
            PromiseStatus.Unchecked => new(
                "Noch niemand hat nachgesehen. Das sagt nichts darüber, was geschehen ist.",
                "Nobody has looked yet. That says nothing about what happened."
            ),
            PromiseStatus.NoEvidence => new(
                "Es wurde nachgesehen und nichts gefunden.",
                "Someone looked and found nothing."
            ),
            PromiseStatus.Reported => new(
                "Es gibt Nachrichten dazu, aber keinen Schritt, der den Stand ändert.",
                "There is news, but no step that changes the status."
            ),
            PromiseStatus.Decided => new(
                "Ein Gremium hat es beschlossen.",
                "A council body adopted it."
            ),
            PromiseStatus.Funded => new(
                "Geld dafür ist bewilligt.",
                "Money for it has been granted."
            ),
            PromiseStatus.Started => new("Die Arbeit hat begonnen.", "Work has begun."),
            PromiseStatus.Delayed => new(
                "Der Termin hat sich verschoben.",
                "Its date has moved back."
            ),
            PromiseStatus.Stalled => new(
                "Es geht zurzeit nicht weiter.",
                "Nothing moves at present."
            ),
            PromiseStatus.PartlyFulfilled => new("Ein Teil ist erfüllt.", "A part is fulfilled."),
            PromiseStatus.Fulfilled => new("Die Zusage ist erfüllt.", "The promise is fulfilled."),
            PromiseStatus.Abandoned => new(
                "Sie wird nicht weiter verfolgt.",
                "It is no longer pursued."
            ),
            PromiseStatus.Superseded => new(
                "Eine andere Zusage ist an ihre Stelle getreten.",
                "Another promise has taken its place."
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(status)),
        };
}
