using System.Text.Json;
using Ledger.Promises;
using Ledger.Recording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Wording;

/// <summary>What an entry of a timeline is called, and how what was wrong in it is said.</summary>
public static class EntryWords
{
    /// <summary>Its heading: the vocabulary's word, but a rejected motion is never headed "Beschlossen".</summary>
    public static string Title(Event e) =>
        e switch
        {
            Decided { Outcome: Outcome.Rejected } => Say("Abgelehnt", "Rejected"),
            Decided { Outcome: Outcome.Deferred } => Say("Vertagt", "Deferred"),
            Decided { Outcome: Outcome.Noted } => Say("Zur Kenntnis genommen", "Noted"),
            Completed { Extent: Extent.Partial } => Say(
                "Teilweise abgeschlossen",
                "Completed in part"
            ),
            Stated { Stance: Stance.Contests } => Say("Widerspruch", "Objection"),
            Stated { Stance: Stance.Explains } => Say("Erläuterung", "Explanation"),
            Stated { Stance: Stance.Supports } => Say("Zustimmung", "Support"),
            _ => Vocabulary.Of(e).Word.Words(),
        };

    /// <summary>Who contests the entry on which a status rests.</summary>
    public static string Disputed(Stated reply) =>
        Say(
            $"Dem Eintrag, auf dem dieser Stand beruht, wird widersprochen ({reply.Function}).",
            $"The entry on which this status rests is contested ({reply.Function})."
        );

    /// <summary>Whether an entry is less than the whole; null when it bears on the whole promise.</summary>
    public static string? Bearing(Event e) =>
        e.Scope switch
        {
            Scope.Part => Say("nur ein Teilschritt", "only a partial step"),
            Scope.Context => Say("Hintergrund", "background"),
            _ => null,
        };

    /// <summary>How sure it is; null when it is well proven.</summary>
    public static string? Certainty(Confidence confidence) =>
        confidence switch
        {
            Confidence.Medium => Say("nicht ganz gesichert", "not fully certain"),
            Confidence.Low => Say(
                "unsicher, zählt nicht für den Stand",
                "uncertain, does not count towards the status"
            ),
            _ => null,
        };

    /// <summary>Why a promise was given up.</summary>
    public static string Reason(AbandonmentReason reason) =>
        reason switch
        {
            AbandonmentReason.NoMajority => Say("keine Mehrheit", "no majority"),
            AbandonmentReason.NoMoney => Say("kein Geld", "no money"),
            AbandonmentReason.ChangedMind => Say("anders entschieden", "change of mind"),
            AbandonmentReason.Legal => Say("rechtliche Gründe", "legal reasons"),
            AbandonmentReason.ThirdParty => Say("liegt bei Dritten", "in the hands of others"),
            _ => Say("anderer Grund", "another reason"),
        };

    /// <summary>A field's name in a correction.</summary>
    public static string Field(string field) =>
        field switch
        {
            "occurred" => Say("Tag", "Date"),
            "occurredBasis" => Say("Grundlage des Tages", "Basis of the date"),
            "scope" => Say("Reichweite", "Scope"),
            "confidence" => Say("Sicherheit", "Confidence"),
            "evidence" => Say("Belege", "Evidence"),
            "sourceRef" => Say("Fundstelle", "Passage"),
            "summary" => Say("Zusammenfassung", "Summary"),
            "title" => Say("Titel", "Title"),
            "body" => Say("Gremium", "Council body"),
            "kind" => Say("Art", "Kind"),
            "modality" => Say("Wie fest", "How firm"),
            "standing" => Say("Wo zugesagt", "Where promised"),
            "term" => Say("Wahlperiode", "Council term"),
            "tier" => Say("Rang im Verzeichnis", "Rank in the ledger"),
            "chapter" => Say("Abschnitt", "Chapter"),
            "municipality" => Say("Gemeinde", "Municipality"),
            "checkability" => Say("Prüfbarkeit", "Checkability"),
            "recordedBy" => Say("Erfasst von", "Recorded by"),
            "reviewedBy" => Say("Gegengelesen von", "Reviewed by"),
            "places" => Say("Wo nachgesehen", "Where we looked"),
            "extent" => Say("Umfang", "Extent"),
            "outcome" => Say("Ergebnis", "Outcome"),
            "votes" => Say("Stimmen", "Votes"),
            "paper" => Say("Vorlage", "Council paper"),
            "amount" => Say("Betrag", "Amount"),
            "deadline" => Say("Frist", "Deadline"),
            "committees" => Say("Ausschüsse", "Committees"),
            "quantities" => Say("Zahlen", "Figures"),
            "conditions" => Say("Vorbehalte", "Conditions"),
            "proponents" => Say("Zugesagt von", "Promised by"),
            "topic" => Say("Thema", "Topic"),
            "reason" => Say("Grund", "Reason"),
            "from" => Say("Bisher", "Previously"),
            "to" => Say("Neu", "Now"),
            "size" => Say("Umfang", "Size"),
            "statement" => Say("Unterschriebene Erklärung", "Signed statement"),
            "value" => Say("Wert", "Value"),
            "unit" => Say("Einheit", "Unit"),
            "function" => Say("Funktion", "Function"),
            "stance" => Say("Haltung", "Stance"),
            "where" => Say("Wo", "Where"),
            "criterion" => Say("Maßstab", "Criterion"),
            "judgement" => Say("Urteil", "Judgement"),
            "by" => Say("Beurteilt von", "Assessed by"),
            _ => field,
        };

    /// <summary>A field's value in a correction, as far as it can be said in words.</summary>
    public static string Value(string field, JsonElement? value)
    {
        if (value is not { } json || IsMissing(json))
        {
            return Say("unbekannt", "unknown");
        }

        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("de", out var german))
        {
            return (IsEnglish ? EnglishOf(json) : null)
                ?? german.GetString()
                ?? Say("unbekannt", "unknown");
        }

        if (
            json.ValueKind == JsonValueKind.Array
            && json.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String)
        )
        {
            return Writing.List([.. json.EnumerateArray().Select(e => e.GetString()!)]);
        }

        return json.ValueKind != JsonValueKind.String
            ? json.GetRawText()
            : Known(field, json.GetString()!) ?? json.GetString()!;
    }

    /// <summary>The <c>lang</c> of what <see cref="Value"/> gave: a text of the record that has no English is German.</summary>
    public static string? LanguageOfValue(string field, JsonElement? value) =>
        value is { } json
        && !IsMissing(json)
        && (
            json.ValueKind == JsonValueKind.Object && EnglishOf(json) is null
            || json.ValueKind == JsonValueKind.String && Known(field, json.GetString()!) is null
        )
            ? OfGermanPart
            : null;

    private static bool IsMissing(JsonElement json) =>
        json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    private static string? EnglishOf(JsonElement text) =>
        text.TryGetProperty("en", out var english) ? english.GetString() : null;

    /// <summary>What is no free text but a word of the vocabulary or a date; else null.</summary>
    public static string? Known(string field, string text) =>
        (field, text) switch
        {
            ("confidence", "high") => Say("gesichert", "certain"),
            ("confidence", "medium") => Say("nicht ganz gesichert", "not fully certain"),
            ("confidence", "low") => Say("unsicher", "uncertain"),
            ("scope", "promise") => Say("ganze Zusage", "the whole promise"),
            ("scope", "part") => Say("Teilschritt", "partial step"),
            ("scope", "context") => Say("Hintergrund", "background"),
            ("occurredBasis", "event") => Say("Tag des Ereignisses", "date of the event"),
            ("occurredBasis", "publication") => Say("Tag der Meldung", "date of the report"),
            ("occurredBasis", "derived") => Say("erschlossen", "inferred"),
            ("stance", "contests") => Say("widerspricht", "contests"),
            ("stance", "explains") => Say("erläutert", "explains"),
            ("stance", "supports") => Say("stimmt zu", "supports"),
            ("outcome", "adopted") => Say("angenommen", "adopted"),
            ("outcome", "rejected") => Say("abgelehnt", "rejected"),
            ("outcome", "deferred") => Say("vertagt", "deferred"),
            ("outcome", "noted") => Say("zur Kenntnis genommen", "noted"),
            ("occurred" or "from" or "to" or "period", _)
                when Edtf.TryParse(text, out var date, out _) => date.Words(),
            _ => null,
        };
}
