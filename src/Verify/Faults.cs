using System.Globalization;
using Verify.Notes;

namespace Verify;

/// <summary>All detectors: what each found, and its stable word, which stands first.</summary>
public static class Faults
{
    // --- the checkpoint -----------------------------------------------------------------------------------------------

    public static Fault SignatureMissing(string key) =>
        new(
            "signature-missing",
            new(
                $"Der Stand des Logbuchs trägt keine Unterschrift von {key}.",
                $"The checkpoint bears no signature of {key}."
            )
        );

    public static Fault SignatureOtherKey(string key) =>
        new(
            "signature-other-key",
            new(
                $"Der Stand des Logbuchs ist unter dem richtigen Namen, aber mit einem anderen Schlüssel unterschrieben als {key}. Entweder wurde der Schlüssel gewechselt (dann muss ein Ereignis das ankündigen), oder jemand gibt sich als dieses Logbuch aus.",
                $"The checkpoint is signed under the right name, but with another key than {key}. Either the key was changed (then an event must announce it), or somebody poses as this log."
            )
        );

    public static Fault RotationForged(string old, string next) =>
        new(
            "rotation-forged",
            new(
                $"Es wird ein Schlüsselwechsel von {old} zu {next} behauptet, den nicht beide Schlüssel unterschrieben haben. Jemand gibt sich als dieses Logbuch aus.",
                $"A change of keys from {old} to {next} is claimed that the two keys did not both sign. Somebody poses as this log."
            )
        );

    public static Fault RotationForked(string old) =>
        new(
            "rotation-forked",
            new(
                $"Der Schlüssel {old} hat zwei verschiedene Nachfolger bestimmt: Es führen zwei dieses Logbuch, oder der Schlüssel ist gestohlen.",
                $"The key {old} named two different successors: two keep this log, or the key is stolen."
            )
        );

    public static Fault RotationUnannounced(string old, string next) =>
        new(
            "rotation-unannounced",
            new(
                $"Der Schlüsselwechsel von {old} zu {next} ist unterschrieben, aber kein Eintrag des Logbuchs kündigt ihn an.",
                $"The change of keys from {old} to {next} is signed, but no entry of the log announces it."
            )
        );

    public static Fault KeyRetired(long size) =>
        new(
            "key-retired",
            new(
                $"Der Stand mit {N(size)} Einträgen ist mit einem Schlüssel unterschrieben, der vorher abgelöst wurde. Wer ihn noch hat, gibt sich als dieses Logbuch aus.",
                $"The checkpoint of {N(size)} entries is signed with a key that was replaced before. Whoever still has it poses as this log."
            )
        );

    public static Fault SignatureForged(string key) =>
        new(
            "signature-forged",
            new(
                $"Der Stand des Logbuchs gibt vor, von {key} unterschrieben zu sein, aber die Unterschrift passt nicht zum Text.",
                $"The checkpoint claims to be signed by {key}, but the signature does not fit the text."
            )
        );

    public static Fault CheckpointMalformed { get; } =
        new(
            "checkpoint-malformed",
            new(
                "Der Stand des Logbuchs ist unterschrieben, aber kein lesbarer Stand (Herkunft, Größe, Wurzel).",
                "The checkpoint is a note, but not a readable checkpoint (origin, size, root)."
            )
        );

    public static Fault OriginDiffers(string origin, string key) =>
        new(
            "origin-differs",
            new(
                $"Der Stand nennt als Herkunft „{origin}“, der Schlüssel gehört zu „{key}“.",
                $"The checkpoint names the origin '{origin}', the key belongs to '{key}'."
            )
        );

    public static Fault NotCosigned(int found, int quorum) =>
        new(
            "not-cosigned",
            new(
                $"{found} der verlangten {quorum} Zeugen haben diesen Stand mitunterschrieben. Was Sie sehen, kann etwas anderes sein, als andere sehen.",
                $"{found} of the required {quorum} witnesses cosigned this checkpoint. What you see may differ from what others see."
            )
        );

    public static Fault LogForked(Checkpoint saved) =>
        new(
            "log-forked",
            new(
                $"Zwei unterschriebene Stände mit {N(saved.Size)} Einträgen haben verschiedenen Inhalt: der gemerkte (Wurzel {saved.RootText}) und der jetzige. Das Logbuch wurde gespalten oder neu geschrieben.",
                $"Two signed checkpoints of {N(saved.Size)} entries differ: the saved one (root {saved.RootText}) and the present one. The log was forked or rewritten."
            )
        );

    public static Fault HistoryRewritten(Checkpoint saved) =>
        new(
            "history-rewritten",
            new(
                $"Der gemerkte Stand mit {N(saved.Size)} Einträgen (Wurzel {saved.RootText}) ist nicht der Anfang des jetzigen Logbuchs. Unter diesen Einträgen wurde nachträglich etwas geändert.",
                $"The saved checkpoint of {N(saved.Size)} entries (root {saved.RootText}) is not the beginning of the present log. Something among those entries was changed afterwards."
            ),
            null
        );

    public static Fault LogShrunk(Checkpoint saved, long now) =>
        new(
            "log-shrunk",
            new(
                $"Gemerkt ist ein unterschriebener Stand mit {N(saved.Size)} Einträgen, jetzt zeigt das Logbuch nur {N(now)}. Einträge wurden entfernt, oder der Server zeigt einen alten Stand.",
                $"A signed checkpoint of {N(saved.Size)} entries is saved, now the log shows only {N(now)}. Entries were removed, or the server shows an old state."
            )
        );

    // --- tiles and entries --------------------------------------------------------------------------------------------

    public static Fault Missing(string path) =>
        new(
            "missing",
            new(
                $"Der Stand verspricht {path}, aber der Server hat es nicht.",
                $"The checkpoint promises {path}, but the server does not have it."
            )
        );

    public static Fault TileMalformed(string path, int expected, int found) =>
        new(
            "tile-malformed",
            new(
                $"{path} hat {found} Byte statt {expected}.",
                $"{path} has {found} bytes instead of {expected}."
            )
        );

    public static Fault BundleMalformed(string path) =>
        new(
            "bundle-malformed",
            new(
                $"{path} ist kein Bündel der versprochenen Einträge: zu kurz, zu lang oder falsch geteilt.",
                $"{path} is no bundle of the promised entries: too short, too long or wrongly divided."
            )
        );

    public static Fault EntryMissing(long index) =>
        new(
            "entry-missing",
            new(
                $"Eintrag {N(index)} fehlt, obwohl der unterschriebene Stand ihn zählt.",
                $"Entry {N(index)} is missing although the signed checkpoint counts it."
            ),
            index
        );

    public static Fault EntryAltered(long index) =>
        new(
            "entry-altered",
            new(
                $"Eintrag {N(index)} ist nicht der, der unterschrieben wurde: Seine Prüfsumme stimmt nicht.",
                $"Entry {N(index)} is not the one that was signed: its hash differs."
            ),
            index
        );

    public static Fault EntriesReordered(long index, long sequence) =>
        new(
            "entries-reordered",
            new(
                $"An Stelle {N(index)} steht der Eintrag, der sich selbst die Nummer {N(sequence)} gibt.",
                $"At place {N(index)} stands the entry that numbers itself {N(sequence)}."
            ),
            index
        );

    public static Fault TileAltered(string path) =>
        new(
            "tile-altered",
            new(
                $"{path} passt nicht zu den Einträgen; die Einträge passen zur Unterschrift.",
                $"{path} does not fit the entries; the entries fit the signature."
            )
        );

    public static Fault RootDiffers { get; } =
        new(
            "root-differs",
            new(
                "Aus den gezeigten Einträgen ergibt sich nicht die unterschriebene Wurzel. Der Server zeigt etwas anderes, als er unterschrieben hat.",
                "The entries shown do not give the signed root. The server shows something else than it signed."
            )
        );

    public static Fault NotCanonical(long index, int position) =>
        new(
            "not-canonical",
            new(
                $"Eintrag {N(index)} ist ab Byte {position} nicht in kanonischer Form (RFC 8785); er ließe sich auf mehr als eine Weise lesen.",
                $"Entry {N(index)} is not in canonical form (RFC 8785) from byte {position} on; it could be read in more than one way."
            ),
            index
        );

    public static Fault EntryMalformed(long index) =>
        new(
            "entry-malformed",
            new(
                $"Eintrag {N(index)} ist kein Ereignis: Ihm fehlt etwas, das jedes haben muss (Kennung, Art, Gegenstand, Zeit, Nummer).",
                $"Entry {N(index)} is no event: it lacks something that each must have (id, type, subject, time, number)."
            ),
            index
        );

    public static Fault TimeDecreases(long index, DateTimeOffset time, DateTimeOffset before) =>
        new(
            "time-decreases",
            new(
                $"Eintrag {N(index)} will {T(time)} aufgezeichnet sein, der vor ihm aber {T(before)}. Er wurde rückdatiert oder nachträglich eingeschoben.",
                $"Entry {N(index)} claims to be recorded {T(time)}, the one before it {T(before)}. It was back-dated or inserted later."
            ),
            index
        );

    public static Fault TimeBackdated(long index, DateTimeOffset time, DateTimeOffset witnessed) =>
        new(
            "time-backdated",
            new(
                $"Eintrag {N(index)} will {T(time)} aufgezeichnet sein. Ein Zeuge hat aber {T(witnessed)} bestätigt, dass es ihn noch nicht gab.",
                $"Entry {N(index)} claims to be recorded {T(time)}. But a witness confirmed {T(witnessed)} that it did not exist yet."
            ),
            index
        );

    public static Fault TimeAhead(
        long index,
        DateTimeOffset time,
        DateTimeOffset known,
        bool witness
    ) =>
        new(
            "time-ahead",
            new(
                $"Eintrag {N(index)} will erst {T(time)} aufgezeichnet werden; {(witness ? "ein Zeuge hat ihn aber schon gesehen:" : "auf diesem Rechner ist es")} {T(known)}.",
                $"Entry {N(index)} claims to be recorded only {T(time)}; {(witness ? "but a witness saw it already:" : "on this machine it is")} {T(known)}."
            ),
            index
        );

    public static Fault VersionGap(string subject, long found, long last) =>
        new(
            "version-gap",
            new(
                $"Von {subject} stehen {N(found)} Ereignisse im Logbuch, das letzte nennt sich aber das {N(last)}.: Dazwischen fehlt etwas oder ist vertauscht.",
                $"The log holds {N(found)} events of {subject}, but the last calls itself number {N(last)}: something between is missing or out of order."
            ),
            null,
            subject
        );

    public static Fault WithheldUndeclared(long index) =>
        new(
            "withheld-undeclared",
            new(
                $"Der Text von Eintrag {N(index)} fehlt, und kein Ereignis erklärt, dass er zurückgehalten wird.",
                $"The text of entry {N(index)} is gone, and no event declares that it is withheld."
            ),
            index
        );

    public static Fault WithheldUnlisted(long index) =>
        new(
            "withheld-unlisted",
            new(
                $"Die Liste der zurückgehaltenen Einträge und die Ereignisse, die sie erklären, stimmen bei Eintrag {N(index)} nicht überein.",
                $"The list of withheld entries and the events that declare them disagree about entry {N(index)}."
            ),
            index
        );

    // --- the API ------------------------------------------------------------------------------------------------------

    public static Fault ApiWithholds(string list, long? index, string? subject) =>
        new(
            "api-withholds",
            new(
                $"{list} verschweigt {(index is { } i ? $"Eintrag {N(i)}" : "einen Eintrag")}{Of(subject)}, der im Logbuch steht.",
                $"{list} withholds {(index is { } j ? $"entry {N(j)}" : "an entry")}{OfEn(subject)}, which is in the log."
            ),
            index,
            subject
        );

    public static Fault ApiAlters(string list, long index, string? subject) =>
        new(
            "api-alters",
            new(
                $"{list} zeigt Eintrag {N(index)}{Of(subject)} anders, als er im Logbuch steht.",
                $"{list} shows entry {N(index)}{OfEn(subject)} differently from the log."
            ),
            index,
            subject
        );

    public static Fault ApiAdds(string list, long? index, string? subject) =>
        new(
            "api-adds",
            new(
                $"{list} zeigt ein Ereignis{(index is { } i ? $" mit der Nummer {N(i)}" : "")}, das dort nach dem Logbuch nicht hingehört.",
                $"{list} shows an event{(index is { } j ? $" numbered {N(j)}" : "")} that by the log does not belong there."
            ),
            index,
            subject
        );

    private static string Of(string? subject) => subject is null ? "" : $" von {subject}";

    private static string OfEn(string? subject) => subject is null ? "" : $" of {subject}";

    private static string N(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string T(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
