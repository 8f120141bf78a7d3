using Ledger.Promises;
using Ledger.Recording;
using Ledger.Sources;
using Ledger.Targets;
using Projections;
using Web.Pages.Sources;
using Web.Pages.Wording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Events;

/// <summary>How the fields of events are called on an event's own page, and the words of the vocabulary that stand in them.</summary>
/// <remarks>
/// What corrections call a field is <see cref="EntryWords"/>'s; those words are part of the archives of the feeds and stay as they are.
/// </remarks>
internal static class FieldWords
{
    /// <summary>How a field is called.</summary>
    /// <param name="within">What it is a field of: an event's type as it is stored, or the field that holds it; empty = not known.</param>
    public static string Label(string within, string field) =>
        (within, field) switch
        {
            ("linked", "to") => Say("Mit", "Linked to"),
            ("superseded" or "source_replaced", "by") => Say("Durch", "By"),
            ("key_rotated", "from") => Say("Bisheriger Schlüssel", "Previous key"),
            ("key_rotated", "to") => Say("Neuer Schlüssel", "New key"),
            ("quantities", "to") => Say("Bis", "Up to"),
            ("funded", "kind") => Say("Art der Mittel", "Type of funding"),
            ("source_registered", "kind") => Say("Art des Dokuments", "Type of document"),
            ("source_registered", "proponents") => Say("Von wem", "By"),
            ("deadline" or "committees", "basis") => Say("Grundlage", "Basis"),
            ("committee_dissolved", "successors") => Say("Nachfolge", "Succeeded by"),
            ("evidence", "publisher") => Say("Von", "Published by"),
            ("evidence", "title") => Say("Titel", "Title"),
            ("erased" or "withheld" or "corrected" or "retracted", "event") => Say(
                "Betrifft den Eintrag",
                "Entry concerned"
            ),
            _ => Label(field),
        };

    private static string Label(string field) =>
        field switch
        {
            "about" => Say("Zum Eintrag", "About the entry"),
            "ags" => Say("Amtlicher Gemeindeschlüssel", "Official municipality key"),
            "base" => Say("Vergleich mit", "Compared with"),
            "boundary" => Say("Gilt für", "Applies to"),
            "budgetYears" => Say("Haushaltsjahre", "Budget years"),
            "bytes" => Say("Bytes", "Bytes"),
            "change" => Say("Änderung", "Change"),
            "code" => Say("Kürzel", "Code"),
            "committee" => Say("Ausschuss", "Committee"),
            "comparator" => Say("Zu lesen als", "To be read as"),
            "currency" => Say("Währung", "Currency"),
            "date" => Say("Datum", "Date"),
            "digests" => Say("Gelöschte Prüfwerte", "Erased digests"),
            "direction" => Say("Richtung", "Direction"),
            "emptyLines" => Say("Zeilen ohne Text", "Lines without text"),
            "explanation" => Say("Erläuterung", "Explanation"),
            "field" => Say("Feld", "Field"),
            "file" => Say("Datei", "File"),
            "fingerprint" => Say("Fingerabdruck (SHA-256)", "Fingerprint (SHA-256)"),
            "funder" => Say("Geldgeber", "Funder"),
            "gas" => Say("Gase", "Gases"),
            "ground" => Say("Grund", "Reason"),
            "index" => Say("Nummer des Eintrags", "Number of the entry"),
            "indicator" => Say("Gemessen wird", "What is measured"),
            "items" => Say("Aufzählungspunkte", "List items"),
            "leftOut" => Say("Ausgelassen", "Left out"),
            "lines" => Say("Zeilen", "Lines"),
            "locator" => Say("Stelle", "Place"),
            "locators" => Say("Zeilen gezählt als", "Lines counted as"),
            "meaning" => Say("Bedeutung", "Meaning"),
            "measure" => Say("Getan", "Done"),
            "measurement" => Say("Messwert", "Measurement"),
            "method" => Say("Verfahren", "Method"),
            "name" => Say("Name", "Name"),
            "normalisation" => Say("Lesart", "How lines are read"),
            "note" => Say("Hinweis", "Note"),
            "of" => Say("Maßstab von", "Criterion of"),
            "perHead" => Say("Je Kopf", "Per person"),
            "period" => Say("Zeitraum", "Period"),
            "promise" => Say("Zusage", "Promise"),
            "provisional" => Say("Vorläufig", "Provisional"),
            "published" => Say("Veröffentlicht", "Published"),
            "publisher" => Say("Veröffentlicht von", "Published by"),
            "relation" => Say("Zusammenhang", "Relation"),
            "retrieved" => Say("Gelesen", "Read"),
            "sha256" => Say("SHA-256", "SHA-256"),
            "source" => Say("Quelle", "Source"),
            "state" => Say("Land", "State"),
            "textLines" => Say("Zeilen mit Text", "Lines with text"),
            "url" => Say("Adresse", "Address"),
            "version" => Say("Fassung", "Version"),
            "what" => Say("Was sich ändert", "What changes"),
            "who" => Say("Geändert von", "Changed by"),
            "why" => Say("Grund", "Reason"),
            "year" => Say("Jahr", "Year"),
            "_sd" => Say("Prüfwerte von Name und Aussage", "Digests of name and statement"),
            "_sd_alg" => Say("Verfahren der Prüfwerte", "Hash function of the digests"),
            _ => EntryWords.Field(field),
        };

    /// <summary>A word of the vocabulary in the language that is spoken; null = it is none that stands in this field.</summary>
    /// <inheritdoc cref="Label(string, string)" path="/param"/>
    public static string? Known(string within, string field, string value) =>
        (within, field) switch
        {
            ("promised", "kind") => One<PromiseKind>(value, Kind),
            ("funded", "kind") => One<FundingKind>(value, EntryDetails.Kind),
            ("source_registered", "kind") or (_, "standing") => One<Standing>(
                value,
                PromiseWords.Words
            ),
            ("deadline", "basis") => One<DeadlineBasis>(value, Basis),
            ("committees", "basis") => One<ResponsibilityBasis>(value, PromiseWords.Words),
            ("abandoned", "reason") => One<AbandonmentReason>(value, EntryWords.Reason),
            ("leftOut", "reason") => One<LeftOutReason>(value, SourceWords.Reason),
            (_, "modality") => One<Modality>(value, PromiseWords.Words),
            (_, "relation") => One<Relation>(value, PromiseWords.Words),
            (_, "checkability") => One<Checkability>(value, Checkable),
            (_, "tier") => One<Tier>(value, Rank),
            (_, "extent") => One<Extent>(
                value,
                e => e == Extent.Whole ? Say("ganz", "whole") : Say("teilweise", "in part")
            ),
            (_, "what") => One<RevisedAspect>(value, EntryDetails.Aspect),
            (_, "direction") => One<Direction>(value, Aim),
            (_, "comparator") => One<Comparator>(value, Limit),
            (_, "locators" or "scheme") => One<LocatorScheme>(
                value,
                s =>
                    s == LocatorScheme.PrintedLine
                        ? Say("gedruckte Zeilen", "printed lines")
                        : Say("Zeilen der Datei", "lines of the file")
            ),
            (_, "topic") => Topics.All.GetValueOrDefault(value)?.Words(),
            // The type of what is corrected is not known.
            ("", "kind") => One<PromiseKind>(value, Kind)
                ?? One<FundingKind>(value, EntryDetails.Kind)
                ?? One<Standing>(value, PromiseWords.Words),
            ("", "reason") => One<AbandonmentReason>(value, EntryWords.Reason),
            ("corrected", "field") => Label("", value),
            (_, "recordedBy" or "reviewedBy") when value == "catalogue" => Say(
                "Grundbestand",
                "initial catalogue"
            ),
            (_, "date" or "period" or "published" or "retrieved")
                when Edtf.TryParse(value, out var date, out _) => date.Words(),
            _ => EntryWords.Known(field, value),
        };

    private static string? One<T>(string value, Func<T, string> words)
        where T : struct, Enum => EnumNames.TryParse<T>(value, out var known) ? words(known) : null;

    private static string Kind(PromiseKind kind) =>
        kind switch
        {
            PromiseKind.New => Say("etwas Neues", "something new"),
            PromiseKind.Establish => Say("einrichten", "set up"),
            PromiseKind.Expand => Say("ausbauen", "expand"),
            PromiseKind.Continue => Say("fortführen", "continue"),
            PromiseKind.Preserve => Say("erhalten", "preserve"),
            PromiseKind.Examine => Say("prüfen", "examine"),
            PromiseKind.Target => Say("Ziel", "target"),
            PromiseKind.Rule => Say("Regel", "rule"),
            _ => Say("Haltung", "position"),
        };

    private static string Basis(DeadlineBasis basis) =>
        basis switch
        {
            DeadlineBasis.Stated => Say("in der Quelle genannt", "named in the source"),
            DeadlineBasis.Relative => Say(
                "ungefähr oder im Verhältnis zu etwas anderem genannt",
                "named loosely or in relation to something else"
            ),
            DeadlineBasis.Recurring => Say("wiederkehrend", "recurring"),
            DeadlineBasis.Title => Say(
                "nur im Titel der Quelle",
                "only in the title of the source"
            ),
            DeadlineBasis.Term => Say("Ende der Wahlperiode", "end of the council term"),
            _ => Say("keine genannt", "none named"),
        };

    private static string Checkable(Checkability checkability) =>
        checkability switch
        {
            Checkability.Low => Say("gering", "low"),
            Checkability.Medium => Say("mittel", "medium"),
            _ => Say("hoch", "high"),
        };

    private static string Rank(Tier tier) =>
        tier switch
        {
            Tier.Core => Say("Kern", "core"),
            Tier.Secondary => Say("nachgeordnet", "secondary"),
            _ => Say("Dach über anderen", "umbrella over others"),
        };

    private static string Aim(Direction direction) =>
        direction switch
        {
            Direction.ReduceBy => Say("verringern um", "reduce by"),
            Direction.Reach => Say("erreichen", "reach"),
            Direction.AtLeast => Say("mindestens", "at least"),
            Direction.AtMost => Say("höchstens", "at most"),
            Direction.Raise => Say("mehr", "more"),
            _ => Say("weniger", "less"),
        };

    private static string Limit(Comparator comparator) =>
        comparator switch
        {
            Comparator.AtLeast => Say("mindestens", "at least"),
            Comparator.AtMost => Say("höchstens", "at most"),
            Comparator.MoreThan => Say("mehr als", "more than"),
            Comparator.LessThan => Say("weniger als", "less than"),
            Comparator.Between => Say("von, bis", "from, to"),
            Comparator.About => Say("etwa", "about"),
            Comparator.By => Say("bis", "by"),
            _ => Say("genau", "exactly"),
        };
}
