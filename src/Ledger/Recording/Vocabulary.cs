using System.Collections.Frozen;
using Ledger.Councils;
using Ledger.Method;
using Ledger.Promises;
using Ledger.Sources;
using Ledger.Targets;
using Ledger.Transparency;

namespace Ledger.Recording;

/// <summary>One type of event: its name on the wire, its record in code, the words and the sentence that readers see.</summary>
/// <param name="Name">Snake case, as in <c>mt_events.type</c>.</param>
/// <param name="Record">The record that carries its fields.</param>
/// <param name="Word">What a reader reads on a timeline.</param>
/// <param name="Meaning">One sentence for the method page.</param>
/// <param name="Streams">The kinds of streams that it can be on.</param>
public sealed record EventType(
    string Name,
    Type Record,
    IReadOnlyList<StreamKind> Streams,
    Text Word,
    Text Meaning
)
{
    /// <summary>Whether only the ledger itself records it, never a command from outside.</summary>
    public bool IsReserved { get; init; }

    /// <summary>The name in the API: camel case.</summary>
    public string ApiName { get; } =
        System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(Record.Name);
}

/// <summary>
/// Every event type of the record, declared once. The database's list of admitted types, the pages' words and the method page are
/// made from it; a type that is missing here can neither be written nor read.
/// </summary>
public static class Vocabulary
{
    /// <summary>All types, in the order in which the method page lists them.</summary>
    public static IReadOnlyList<EventType> All { get; } =
    [
        Type<Promised>(
            [StreamKind.Promise],
            "Zugesagt",
            "Promised",
            "Die Zusage steht in einer Quelle.",
            "The promise stands in a source."
        ),
        Type<Assigned>(
            [StreamKind.Promise],
            "Zugeordnet",
            "Assigned",
            "Andere Ausschüsse sind zuständig.",
            "Other committees are responsible."
        ),
        Type<Decided>(
            [StreamKind.Promise],
            "Beschlossen",
            "Decided",
            "Ein Gremium hat abgestimmt.",
            "A council body voted."
        ),
        Type<Funded>(
            [StreamKind.Promise],
            "Finanziert",
            "Funded",
            "Geld ist bewilligt.",
            "Money has been granted."
        ),
        Type<FundingWithdrawn>(
            [StreamKind.Promise],
            "Mittel gestrichen",
            "Funding withdrawn",
            "Bewilligtes Geld fällt weg.",
            "Granted money is withdrawn."
        ),
        Type<Started>(
            [StreamKind.Promise],
            "Begonnen",
            "Started",
            "Die Arbeit hat begonnen.",
            "Work has begun."
        ),
        Type<Progressed>(
            [StreamKind.Promise],
            "Vorangekommen",
            "Progressed",
            "Ein benannter Teil ist getan.",
            "A stated part has been done."
        ),
        Type<Delayed>(
            [StreamKind.Promise],
            "Verzögert",
            "Delayed",
            "Der Termin verschiebt sich.",
            "The date moves back."
        ),
        Type<Revised>(
            [StreamKind.Promise],
            "Geändert",
            "Revised",
            "Die Verantwortlichen haben die Zusage selbst geändert.",
            "Those responsible changed the promise itself."
        ),
        Type<Stalled>(
            [StreamKind.Promise],
            "Ruht",
            "Stalled",
            "Es geht nicht weiter.",
            "Nothing moves."
        ),
        Type<Resumed>(
            [StreamKind.Promise],
            "Wieder aufgenommen",
            "Resumed",
            "Es geht weiter.",
            "Work goes on."
        ),
        Type<Completed>(
            [StreamKind.Promise],
            "Abgeschlossen",
            "Completed",
            "Die Zusage ist ganz oder teilweise erfüllt.",
            "The promise is fulfilled, wholly or in part."
        ),
        Type<Abandoned>(
            [StreamKind.Promise],
            "Aufgegeben",
            "Abandoned",
            "Die Zusage wird nicht weiter verfolgt.",
            "The promise is no longer pursued."
        ),
        Type<Superseded>(
            [StreamKind.Promise],
            "Abgelöst",
            "Superseded",
            "Eine andere Zusage tritt an ihre Stelle.",
            "Another promise takes its place."
        ),
        Type<Reopened>(
            [StreamKind.Promise],
            "Wieder offen",
            "Reopened",
            "Ein Endstand gilt nicht mehr.",
            "A final status no longer holds."
        ),
        Type<Checked>(
            [StreamKind.Promise],
            "Geprüft",
            "Checked",
            "An den genannten Stellen fand sich nichts Neues.",
            "Nothing new was found in the places named."
        ),
        Type<Reported>(
            StreamKind.Facts,
            "Berichtet",
            "Reported",
            "Etwas geschah, das den Stand nicht ändert.",
            "Something happened that changes no status."
        ),
        Type<Assessed>(
            [StreamKind.Promise],
            "Bewertet",
            "Assessed",
            "Ein Maßstab, den die Quelle selbst setzt, wurde angelegt.",
            "A criterion that the source itself sets was applied."
        ),
        Type<Stated>(
            [StreamKind.Promise],
            "Stellungnahme",
            "Statement",
            "Jemand nimmt zu einem Eintrag Stellung.",
            "Somebody replies to an entry."
        ),
        Type<Linked>(
            [StreamKind.Promise],
            "Verknüpft",
            "Linked",
            "Die Zusage hängt mit einer anderen zusammen.",
            "The promise is related to another."
        ),
        Type<Corrected>(
            StreamKind.Facts,
            "Berichtigt",
            "Corrected",
            "Ein früherer Eintrag war in einem Feld falsch.",
            "An earlier entry was wrong in one field."
        ),
        Type<Retracted>(
            StreamKind.Facts,
            "Zurückgezogen",
            "Retracted",
            "Ein früherer Eintrag gilt nicht mehr.",
            "An earlier entry no longer counts."
        ),
        Type<TargetSet>(
            [StreamKind.Target],
            "Ziel gesetzt",
            "Target set",
            "Ein messbares Ziel ist benannt.",
            "A measurable target is named."
        ),
        Type<TargetRevised>(
            [StreamKind.Target],
            "Ziel geändert",
            "Target revised",
            "Das Ziel wurde geändert.",
            "The target was changed."
        ),
        Type<Measured>(
            [StreamKind.Target],
            "Gemessen",
            "Measured",
            "Ein Wert für einen Zeitraum liegt vor.",
            "A value for a period is published."
        ),
        Type<Restated>(
            [StreamKind.Target],
            "Neu berechnet",
            "Restated",
            "Ein früher gemessener Wert wurde ersetzt.",
            "A value measured earlier was replaced."
        ),
        Type<CouncilRegistered>(
            [StreamKind.Council],
            "Rat erfasst",
            "Council registered",
            "Eine Gemeinde wird geführt.",
            "A municipality is on record."
        ),
        Type<TermBegan>(
            [StreamKind.Council],
            "Wahlperiode begonnen",
            "Term began",
            "Eine Wahlperiode beginnt.",
            "A council term begins."
        ),
        Type<TermEnded>(
            [StreamKind.Council],
            "Wahlperiode beendet",
            "Term ended",
            "Eine Wahlperiode ist zu Ende.",
            "A council term is over."
        ),
        Type<CommitteeEstablished>(
            [StreamKind.Council],
            "Ausschuss gebildet",
            "Committee established",
            "Ein Ausschuss des Rates besteht.",
            "A committee of the council exists."
        ),
        Type<CommitteeRenamed>(
            [StreamKind.Council],
            "Ausschuss umbenannt",
            "Committee renamed",
            "Ein Ausschuss heißt anders.",
            "A committee has another name."
        ),
        Type<CommitteeDissolved>(
            [StreamKind.Council],
            "Ausschuss aufgelöst",
            "Committee dissolved",
            "Ein Ausschuss besteht nicht mehr.",
            "A committee no longer exists."
        ),
        Type<MajorityChanged>(
            [StreamKind.Council],
            "Mehrheit verändert",
            "Majority changed",
            "Die Mehrheit im Rat ist eine andere.",
            "The council's majority is another."
        ),
        Type<SourceRegistered>(
            [StreamKind.Source],
            "Quelle erfasst",
            "Source registered",
            "Ein Dokument ist mit Fingerabdruck erfasst.",
            "A document is on record with its fingerprint."
        ),
        Type<SourceReplaced>(
            [StreamKind.Source],
            "Quelle ersetzt",
            "Source replaced",
            "Eine andere Fassung des Dokuments ist an seine Stelle getreten.",
            "Another version of the document has taken its place."
        ),
        Reserved<MethodRevised>(
            [StreamKind.Method],
            "Methode geändert",
            "Method revised",
            "Von hier an gelten diese Regeln für den Stand.",
            "From here on these rules hold for statuses."
        ),
        Reserved<KeyRotated>(
            [StreamKind.Log],
            "Schlüssel gewechselt",
            "Key changed",
            "Von hier an unterschreibt ein anderer Schlüssel dieses Logbuch.",
            "From here on another key signs this log."
        ),
        Reserved<Erased>(
            StreamKind.Facts,
            "Gelöscht",
            "Erased",
            "Persönliche Angaben eines früheren Eintrags wurden gelöscht.",
            "Personal values of an earlier entry were erased."
        ),
        Reserved<Withheld>(
            StreamKind.Facts,
            "Gesperrt",
            "Withheld",
            "Ein früherer Eintrag ist gesperrt; sein Prüfwert bleibt.",
            "An earlier entry is withheld; its hash stays."
        ),
    ];

    private static readonly FrozenDictionary<string, EventType> s_byName = All.ToFrozenDictionary(
        t => t.Name,
        StringComparer.Ordinal
    );

    private static readonly FrozenDictionary<string, EventType> s_byApiName =
        All.ToFrozenDictionary(t => t.ApiName, StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, EventType> s_byRecord = All.ToFrozenDictionary(
        t => t.Record
    );

    /// <summary>The type of that name on the wire; null when there is none.</summary>
    public static EventType? Find(string name) => s_byName.GetValueOrDefault(name);

    /// <summary>The type of that name in the API, camel case; null when there is none.</summary>
    public static EventType? FindApi(string name) => s_byApiName.GetValueOrDefault(name);

    /// <summary>The type that a record carries.</summary>
    public static EventType OfRecord(Type record) => s_byRecord[record];

    /// <summary>The type of an event.</summary>
    public static EventType Of(Event @event) => s_byRecord[@event.GetType()];

    private static EventType Reserved<T>(
        IReadOnlyList<StreamKind> streams,
        string german,
        string english,
        string germanMeaning,
        string englishMeaning
    )
        where T : Event =>
        Type<T>(streams, german, english, germanMeaning, englishMeaning) with
        {
            IsReserved = true,
        };

    private static EventType Type<T>(
        IReadOnlyList<StreamKind> streams,
        string german,
        string english,
        string germanMeaning,
        string englishMeaning
    )
        where T : Event =>
        new(
            System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(typeof(T).Name),
            typeof(T),
            streams,
            new Text(german, english),
            new Text(germanMeaning, englishMeaning)
        );
}
