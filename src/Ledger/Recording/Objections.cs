namespace Ledger.Recording;

/// <summary>
/// Every reason for which a decision refuses, declared once. Decisions, the API's problem types and the method page are made from
/// this list.
/// </summary>
public static class Objections
{
    private static readonly List<Objection> s_all = [];

    /// <summary>All of them, in the order below.</summary>
    public static IReadOnlyList<Objection> All => s_all;

    // On any stream.
    public static Objection UnknownKind { get; } =
        Say(
            "unknown-kind",
            "Ströme der Art „{0}“ gibt es nicht.",
            "There are no streams of kind '{0}'."
        );

    public static Objection NotOnRecord { get; } =
        Say("not-on-record", "{0} ist nicht erfasst.", "{0} is not on record.");

    public static Objection AlreadyOnRecord { get; } =
        Say("already-on-record", "{0} ist schon erfasst.", "{0} is on record already.");

    public static Objection WrongStream { get; } =
        Say("wrong-stream", "{0} kennt das Ereignis „{1}“ nicht.", "{0} has no event '{1}'.");

    public static Objection UnknownStream { get; } =
        Say(
            "unknown-stream",
            "Genannt ist {0}, das ist nicht erfasst.",
            "It names {0}, which is not on record."
        );

    public static Objection NamesItself { get; } =
        Say(
            "names-itself",
            "Auf sich selbst kann es nicht verweisen.",
            "It cannot refer to itself."
        );

    public static Objection Malformed { get; } = Say("malformed", "{0}", "{0}");

    // Fields of every event.
    public static Objection EvidenceMissing { get; } =
        Say(
            "evidence-missing",
            "Ein Beleg fehlt: mindestens eine öffentliche Adresse oder die Fundstelle in einer erfassten Quelle.",
            "It needs evidence: at least one public address, or a passage of a registered source."
        );

    public static Objection EvidenceAddress { get; } =
        Say(
            "evidence-address",
            "„{0}“ ist keine öffentliche http- oder https-Adresse.",
            "'{0}' is no public http or https address."
        );

    public static Objection EvidencePublisher { get; } =
        Say(
            "evidence-publisher",
            "Beim Beleg fehlt, wer ihn veröffentlicht hat.",
            "Evidence needs its publisher."
        );

    public static Objection DayUnknown { get; } =
        Say(
            "basis-without-day",
            "Ein unbekannter Tag beruht auf nichts.",
            "An unknown day has no basis."
        );

    public static Objection BasisMissing { get; } =
        Say(
            "day-without-basis",
            "Zum Tag gehört, worauf er beruht: event, publication oder derived.",
            "A day needs its basis: event, publication or derived."
        );

    public static Objection Fingerprint { get; } =
        Say(
            "fingerprint",
            "Ein Fingerabdruck (SHA-256) hat 64 hexadezimale Ziffern in Kleinbuchstaben.",
            "A fingerprint (SHA-256) has 64 lower-case hexadecimal digits."
        );

    public static Objection LineRange { get; } =
        Say("line-range", "Der Zeilenbereich ist leer.", "The line range is empty.");

    public static Objection TextMissing { get; } =
        Say("text-missing", "Hier fehlt der Text.", "The text is missing here.");

    public static Objection NotAName { get; } =
        Say(
            "not-a-name",
            "„{0}“ ist kein Name: erlaubt sind Kleinbuchstaben a bis z, Ziffern und einzelne Bindestriche.",
            "'{0}' is no name: allowed are lower-case letters a to z, digits and single hyphens."
        );

    public static Objection OutOfRange { get; } =
        Say(
            "out-of-range",
            "{0} liegt nicht zwischen {1} und {2}.",
            "{0} does not lie between {1} and {2}."
        );

    // Fields of one type.
    public static Objection PassageMissing { get; } =
        Say(
            "passage-missing",
            "Zu einer Zusage gehört die Fundstelle in ihrer Quelle.",
            "A promise needs the passage of its source."
        );

    public static Objection ProponentMissing { get; } =
        Say(
            "proponent-missing",
            "Es fehlt, wer zugesagt hat.",
            "A promise needs at least one proponent."
        );

    public static Objection TopicUnknown { get; } =
        Say(
            "topic-unknown",
            "Das Thema „{0}“ gibt es nicht; es gibt {1}.",
            "The topic '{0}' is unknown; known are {1}."
        );

    public static Objection PlacesMissing { get; } =
        Say(
            "places-missing",
            "Es fehlt, an welchen Stellen nachgesehen wurde.",
            "A check needs the places that were looked at."
        );

    public static Objection BodyMissing { get; } =
        Say(
            "body-missing",
            "Es fehlt, welches Gremium beschlossen hat.",
            "A decision needs the body that took it."
        );

    public static Objection VotesNegative { get; } =
        Say(
            "votes-negative",
            "Stimmen können nicht unter null liegen.",
            "Votes cannot be negative."
        );

    public static Objection AmountNotPositive { get; } =
        Say(
            "amount-not-positive",
            "Der Betrag muss über null liegen.",
            "The amount must be above zero."
        );

    public static Objection CurrencyUnknown { get; } =
        Say(
            "currency",
            "„{0}“ ist kein Währungskürzel aus drei Großbuchstaben wie EUR.",
            "'{0}' is no currency code of three capital letters such as EUR."
        );

    public static Objection UnitMissing { get; } =
        Say("unit-missing", "Zu einem Wert gehört seine Einheit.", "A value needs its unit.");

    public static Objection MunicipalityKey { get; } =
        Say(
            "municipality-key",
            "Ein amtlicher Gemeindeschlüssel hat acht Ziffern.",
            "An official municipality key has eight digits."
        );

    public static Objection FindingMissing { get; } =
        Say(
            "finding-missing",
            "Zu einem Maßstab gehört ein Urteil oder ein Wert.",
            "A criterion needs a judgement or a value."
        );

    // Corrections and retractions.
    public static Objection EventNotOnStream { get; } =
        Say(
            "event-not-on-stream",
            "Das Ereignis {0} steht nicht in diesem Strom.",
            "Event {0} is not on this stream."
        );

    public static Objection FirstEventStays { get; } =
        Say(
            "first-event-stays",
            "Das erste Ereignis eines Stroms kann nicht zurückgezogen werden: Der Strom wäre ohne Gegenstand.",
            "The first event of a stream cannot be retracted: the stream would be without a subject."
        );

    public static Objection RetractedAlready { get; } =
        Say(
            "retracted-already",
            "Das Ereignis {0} ist schon zurückgezogen.",
            "Event {0} is retracted already."
        );

    public static Objection NotCorrectable { get; } =
        Say(
            "not-correctable",
            "Eine Berichtigung wird nicht berichtigt: Ziehen Sie sie zurück und erfassen Sie eine neue.",
            "A correction is not corrected: retract it and record another."
        );

    public static Objection RecorderStays { get; } =
        Say(
            "recorder-stays",
            "Wer ein Ereignis erfasst oder geprüft hat, wird nicht berichtigt.",
            "Who recorded or reviewed an event is not corrected."
        );

    public static Objection FieldSaysOtherwise { get; } =
        Say(
            "field-says-otherwise",
            "Im Feld „{0}“ steht nicht, was die Berichtigung als bisherigen Inhalt nennt.",
            "The field '{0}' does not say what the correction states in 'from'."
        );

    public static Objection CorrectedMalformed { get; } =
        Say(
            "corrected-malformed",
            "Das berichtigte Ereignis wäre fehlerhaft: {0}",
            "The corrected event would be malformed: {0}"
        );

    public static Objection PersonalStays { get; } =
        Say(
            "personal-stays",
            "Persönliche Angaben werden nicht berichtigt: Ziehen Sie die Stellungnahme zurück und erfassen Sie sie neu.",
            "Personal values are not corrected: retract the statement and record it anew."
        );

    public static Objection DeclarationStays { get; } =
        Say(
            "declaration-stays",
            "Dass etwas gelöscht oder gesperrt wurde, lässt sich weder berichtigen noch zurückziehen.",
            "That something was erased or withheld is neither corrected nor retracted."
        );

    // What only the ledger itself records.
    public static Objection Reserved { get; } =
        Say(
            "reserved",
            "Ein Ereignis „{0}“ erfasst nur das Buch selbst.",
            "An event '{0}' is recorded by the ledger alone."
        );

    public static Objection DigestsGiven { get; } =
        Say(
            "digests-given",
            "Die Prüfwerte persönlicher Angaben bildet das Buch selbst: Senden Sie Namen und Text.",
            "The ledger itself makes the digests of personal values: send name and text."
        );

    public static Objection NothingToErase { get; } =
        Say("nothing-to-erase", "Davon ist nichts zu löschen.", "There is nothing of it to erase.");

    public static Objection WithheldAlready { get; } =
        Say(
            "withheld-already",
            "Das Ereignis {0} ist schon gesperrt.",
            "Event {0} is withheld already."
        );

    public static Objection VersionNotNext { get; } =
        Say(
            "version-not-next",
            "Die nächste Fassung hat die Nummer {0}.",
            "The next version has the number {0}."
        );

    // The status of a promise, at the event's own place among what happened.
    public static Objection PromisedAlready { get; } =
        Say("promised-already", "Sie ist schon zugesagt.", "It is promised already.");

    public static Objection BeforePromise { get; } =
        Say(
            "before-promise",
            "Es liegt vor der Zusage selbst.",
            "It lies before the promise itself."
        );

    public static Objection PartEndsWhole { get; } =
        Say(
            "part-ends-whole",
            "Ein Teil, der entfällt, beendet nicht die ganze Zusage.",
            "A part that is dropped does not end the whole promise."
        );

    public static Objection PartCompletesWhole { get; } =
        Say(
            "part-completes-whole",
            "Ein Teilschritt kann nicht die ganze Zusage erfüllen.",
            "A part step cannot complete the whole promise."
        );

    public static Objection Final { get; } =
        Say(
            "final",
            "Die Zusage ist zu diesem Zeitpunkt {0}; das ändert nur, wer sie wieder öffnet.",
            "The promise is {0} by then; only reopening it would change that."
        );

    public static Objection NotFinal { get; } =
        Say(
            "not-final",
            "Wieder öffnen lässt sich nur eine Zusage mit einem Endstand.",
            "Only a promise with a final status can be reopened."
        );

    public static Objection NothingFunded { get; } =
        Say("nothing-funded", "Davor war nichts finanziert.", "Nothing was funded before it.");

    public static Objection NotResting { get; } =
        Say("not-resting", "Sie ruhte nicht.", "It was not resting.");

    public static Objection KeyWithoutMunicipality { get; } =
        Say(
            "key-without-municipality",
            "Der Schlüssel einer Zusage beginnt mit ihrer Gemeinde: {0}-….",
            "The key of a promise begins with its municipality: {0}-…."
        );

    // Sources, councils and targets.
    public static Objection ReplacedAlready { get; } =
        Say("replaced-already", "Die Quelle ist schon ersetzt.", "The source is replaced already.");

    public static Objection CriterionOf { get; } =
        Say(
            "criterion-of",
            "Ein Maßstab gehört zu einer Zusage, die er nennt; kein anderer Grund nennt eine.",
            "A criterion belongs to a promise, which it names; no other reason names one."
        );

    public static Objection TermNotBegun { get; } =
        Say(
            "term-not-begun",
            "Die Wahlperiode „{0}“ hat nach diesem Buch nicht begonnen.",
            "The term '{0}' has not begun on record."
        );

    public static Objection TermKnown { get; } =
        Say(
            "term-known",
            "Dass die Wahlperiode „{0}“ begann, ist schon erfasst.",
            "That the term '{0}' began is on record already."
        );

    public static Objection TermEndedAlready { get; } =
        Say(
            "term-ended",
            "Dass die Wahlperiode „{0}“ endete, ist schon erfasst.",
            "That the term '{0}' ended is on record already."
        );

    public static Objection CommitteeKnown { get; } =
        Say(
            "committee-known",
            "Der Ausschuss „{0}“ ist schon erfasst.",
            "The committee '{0}' is on record already."
        );

    public static Objection CommitteeUnknown { get; } =
        Say(
            "committee-unknown",
            "Einen Ausschuss „{0}“ gibt es nicht.",
            "There is no committee '{0}'."
        );

    public static Objection MeasurementUnknown { get; } =
        Say(
            "measurement-unknown",
            "Der Messwert {0} steht nicht bei diesem Ziel.",
            "Measurement {0} is not on this target."
        );

    public static Objection MeasurementSaysOtherwise { get; } =
        Say(
            "measurement-says-otherwise",
            "Der Messwert lautet {0}, nicht {1}.",
            "The measurement stands at {0}, not at {1}."
        );

    // What is sent, before anything is decided.
    public static Objection Unreadable { get; } =
        Say("unreadable", "Das ist nicht lesbar: {0}", "This cannot be read: {0}");

    public static Objection BrokenText { get; } =
        Say(
            "broken-text",
            "Ein Text enthält das Zeichen U+0000 oder nur die Hälfte eines Zeichens.",
            "A text holds the character U+0000 or half of a character."
        );

    public static Objection FieldMissing { get; } =
        Say("field-missing", "Es fehlt: {0}.", "A field is missing: {0}.");

    public static Objection FieldUnknown { get; } =
        Say("field-unknown", "Das Feld „{0}“ gibt es hier nicht.", "There is no field '{0}' here.");

    public static Objection FieldMalformed { get; } =
        Say(
            "field-malformed",
            "Das Feld „{0}“ hat nicht die erwartete Form: {1}",
            "The field '{0}' has not the expected form: {1}"
        );

    public static Objection TypeUnknown { get; } =
        Say("type-unknown", "Ein Ereignis „{0}“ gibt es nicht.", "There is no event '{0}'.");

    public static Objection StreamMalformed { get; } =
        Say(
            "stream-malformed",
            "„{0}“ nennt keinen Strom; erwartet wird etwa promise:krefeld-klimaneutral-2035.",
            "'{0}' names no stream; expected is something like promise:krefeld-klimaneutral-2035."
        );

    public static Objection RecorderGiven { get; } =
        Say(
            "recorder-given",
            "Wer ein Ereignis erfasst oder geprüft hat, trägt das Buch selbst ein.",
            "Who recorded or reviewed an event is entered by the ledger itself."
        );

    // Imports.
    public static Objection IdMalformed { get; } =
        Say(
            "id-malformed",
            "Zu jedem Eintrag gehört eine eigene Kennung (id) von 1 bis 200 Zeichen ohne Leerraum.",
            "Each item needs an id of its own, of 1 to 200 characters without white space."
        );

    public static Objection IdTwice { get; } =
        Say(
            "id-twice",
            "Die Kennung „{0}“ steht schon in Zeile {1}.",
            "The id '{0}' stands in line {1} already."
        );

    public static Objection IdSaysOtherwise { get; } =
        Say(
            "id-says-otherwise",
            "„{0}“ ist mit anderem Inhalt erfasst. Was erfasst ist, wird durch ein weiteres Ereignis berichtigt.",
            "'{0}' is on record with other content. What is recorded is corrected by a further event."
        );

    public static Objection IdWaitsOtherwise { get; } =
        Say(
            "id-waits-otherwise",
            "„{0}“ ist mit anderem Inhalt vorgeschlagen und noch nicht entschieden.",
            "'{0}' is proposed with other content and not decided yet."
        );

    public static Objection NotYet { get; } =
        Say(
            "not-yet",
            "Was noch nicht geschehen ist, wird nicht als geschehen erfasst.",
            "What has not happened yet is not recorded as having happened."
        );

    public static Objection ReferenceUnknown { get; } =
        Say(
            "reference-unknown",
            "„{0}“ steht weiter oben nicht und ist nicht erfasst.",
            "'{0}' does not stand above and is not on record."
        );

    public static Objection TooManyRows { get; } =
        Say(
            "too-many-rows",
            "Eine Datei darf höchstens {0} Einträge haben; teilen Sie sie.",
            "A file may have at most {0} items; part it."
        );

    public static Objection TooManyOfOneStream { get; } =
        Say(
            "too-many-of-one-stream",
            "Eine Datei darf höchstens {0} Einträge desselben Stroms haben; teilen Sie sie.",
            "A file may have at most {0} items of the same stream; part it."
        );

    public static Objection LineTooLong { get; } =
        Say(
            "line-too-long",
            "Eine Zeile darf höchstens {0} Zeichen haben.",
            "A line may have at most {0} characters."
        );

    public static Objection FileTooLarge { get; } =
        Say(
            "file-too-large",
            "Eine Datei darf höchstens {0} Zeichen haben.",
            "A file may have at most {0} characters."
        );

    private static Objection Say(string code, string german, string english)
    {
        var objection = new Objection(code, new Text(german, english));
        s_all.Add(objection);
        return objection;
    }
}
