using System.Text.Json;
using Ledger.Promises;
using Ledger.Recording;

namespace Web.Pages.Wording;

/// <summary>What an entry of a timeline is called and what stands in it.</summary>
public static class EntryWords
{
    /// <summary>Its heading: the vocabulary's word, but a rejected motion is never headed "Beschlossen".</summary>
    public static string Title(Event e) =>
        e switch
        {
            Decided { Outcome: Outcome.Rejected } => "Abgelehnt",
            Decided { Outcome: Outcome.Deferred } => "Vertagt",
            Decided { Outcome: Outcome.Noted } => "Zur Kenntnis genommen",
            Completed { Extent: Extent.Partial } => "Teilweise abgeschlossen",
            Stated { Stance: Stance.Contests } => "Widerspruch",
            Stated { Stance: Stance.Explains } => "Erläuterung",
            Stated { Stance: Stance.Supports } => "Zustimmung",
            _ => Vocabulary.Of(e).Word.De,
        };

    /// <summary>Who contests the entry on which a status rests.</summary>
    public static string Disputed(Stated reply) =>
        $"Dem Eintrag, auf dem dieser Stand beruht, wird widersprochen ({reply.Function}).";

    /// <summary>Whether an entry is less than the whole; null when it bears on the whole promise.</summary>
    public static string? Bearing(Event e) =>
        e.Scope switch
        {
            Scope.Part => "nur ein Teilschritt",
            Scope.Context => "Hintergrund",
            _ => null,
        };

    /// <summary>How sure it is; null when it is well proven.</summary>
    public static string? Certainty(Confidence confidence) =>
        confidence switch
        {
            Confidence.Medium => "nicht ganz gesichert",
            Confidence.Low => "unsicher, zählt nicht für den Stand",
            _ => null,
        };

    /// <summary>The fields of its own type, a line each.</summary>
    public static IEnumerable<(string Label, string Value)> Details(Event e)
    {
        switch (e)
        {
            case Decided d:
                yield return ("Gremium", d.Body);
                if (d.Votes is { } votes)
                {
                    yield return ("Stimmen", Votes(votes));
                }

                if (d.Paper is { } paper)
                {
                    yield return ("Vorlage", paper);
                }

                break;
            case Funded f:
                yield return (
                    "Betrag",
                    f.Amount is { } amount ? German.Number(amount, f.Currency) : "nicht bekannt"
                );
                yield return (
                    "Herkunft",
                    Kind(f.Kind) + (f.Funder is { } funder ? $": {funder}" : "")
                );
                if (f.BudgetYears.Count > 0)
                {
                    yield return (
                        "Haushaltsjahre",
                        German.List([.. f.BudgetYears.Select(y => $"{y}")])
                    );
                }

                break;
            case FundingWithdrawn w:
                yield return (
                    "Betrag",
                    w.Amount is { } cut ? German.Number(cut, "EUR") : "nicht bekannt"
                );
                yield return ("Grund", w.Reason.De);
                break;
            case Progressed p:
                yield return ("Getan", p.Measure.De);
                if (p.Value is { } value)
                {
                    yield return (
                        "Umfang",
                        German.Number(value, p.Unit ?? "").TrimEnd(German.NoBreak)
                    );
                }

                break;
            case Delayed d:
                yield return ("Bisher", d.From?.German() ?? "kein Termin veröffentlicht");
                yield return ("Neu", d.To?.When() ?? "kein neuer Termin genannt");
                if (d.Reason is { } why)
                {
                    yield return ("Grund", why.De);
                }

                break;
            case Revised r:
                if (r.From is { } from)
                {
                    yield return ($"{Aspect(r.What)} bisher", from.De);
                }

                yield return ($"{Aspect(r.What)} neu", r.To.De);
                break;
            case Stalled { Reason: { } rest }:
                yield return ("Grund", rest.De);
                break;
            case Resumed { Reason: { } resumption }:
                yield return ("Grund", resumption.De);
                break;
            case Reopened r:
                yield return ("Grund", r.Reason.De);
                break;
            case Completed { Period: { } period }:
                yield return ("Zeitraum", period.German());
                break;
            case Abandoned a:
                yield return (
                    "Grund",
                    a.Explanation is { } text ? $"{Reason(a.Reason)}. {text.De}" : Reason(a.Reason)
                );
                break;
            case Assessed a:
                yield return ("Maßstab", a.Criterion.De);
                if (a.Judgement is { } judgement)
                {
                    yield return ("Urteil", judgement.De);
                }

                if (a.Value is { } found)
                {
                    yield return ("Wert", German.Number(found, a.Unit ?? ""));
                }

                yield return ("Beurteilt von", a.By);
                break;
            case Erased erased:
                yield return ("Grund", erased.Ground.De);
                break;
            case Checked c:
                yield return ("Nachgesehen", German.List([.. c.Places]));
                break;
        }
    }

    /// <summary>"31 dafür, 23 dagegen, Enthaltungen nicht bekannt".</summary>
    public static string Votes(Votes votes)
    {
        return $"{Say(votes.For, "dafür", "Stimmen dafür")}, {Say(votes.Against, "dagegen", "Stimmen dagegen")}, {Abstentions()}";

        string Abstentions() =>
            votes.Abstained switch
            {
                null => "Enthaltungen nicht bekannt",
                0 => "keine Enthaltung",
                1 => "1 Enthaltung",
                { } n => $"{n} Enthaltungen",
            };

        static string Say(int? count, string word, string unknown) =>
            count is { } n ? $"{n} {word}" : $"{unknown} nicht bekannt";
    }

    /// <summary>Why a promise was given up.</summary>
    public static string Reason(AbandonmentReason reason) =>
        reason switch
        {
            AbandonmentReason.NoMajority => "keine Mehrheit",
            AbandonmentReason.NoMoney => "kein Geld",
            AbandonmentReason.ChangedMind => "anders entschieden",
            AbandonmentReason.Legal => "rechtliche Gründe",
            AbandonmentReason.ThirdParty => "liegt bei Dritten",
            _ => "anderer Grund",
        };

    /// <summary>A field's name in a correction.</summary>
    public static string Field(string field) =>
        field switch
        {
            "occurred" => "Tag",
            "occurredBasis" => "Grundlage des Tages",
            "scope" => "Reichweite",
            "confidence" => "Sicherheit",
            "evidence" => "Belege",
            "sourceRef" => "Fundstelle",
            "summary" => "Zusammenfassung",
            "title" => "Titel",
            "body" => "Gremium",
            "kind" => "Art",
            "modality" => "Wie fest",
            "standing" => "Wo zugesagt",
            "term" => "Wahlperiode",
            "tier" => "Rang im Verzeichnis",
            "chapter" => "Abschnitt",
            "municipality" => "Gemeinde",
            "checkability" => "Prüfbarkeit",
            "recordedBy" => "Erfasst von",
            "reviewedBy" => "Gegengelesen von",
            "places" => "Wo nachgesehen",
            "extent" => "Umfang",
            "outcome" => "Ergebnis",
            "votes" => "Stimmen",
            "paper" => "Vorlage",
            "amount" => "Betrag",
            "deadline" => "Frist",
            "committees" => "Ausschüsse",
            "quantities" => "Zahlen",
            "conditions" => "Vorbehalte",
            "proponents" => "Zugesagt von",
            "topic" => "Thema",
            "reason" => "Grund",
            "from" => "Bisher",
            "to" => "Neu",
            "value" => "Wert",
            "unit" => "Einheit",
            "function" => "Funktion",
            "stance" => "Haltung",
            "where" => "Wo",
            "criterion" => "Maßstab",
            "judgement" => "Urteil",
            "by" => "Beurteilt von",
            _ => field,
        };

    /// <summary>A field's value in a correction, as far as it can be said in words.</summary>
    public static string Value(string field, JsonElement? value)
    {
        if (
            value is not { } json
            || json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
        )
        {
            return "unbekannt";
        }

        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("de", out var german))
        {
            return german.GetString() ?? "unbekannt";
        }

        if (
            json.ValueKind == JsonValueKind.Array
            && json.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String)
        )
        {
            return German.List([.. json.EnumerateArray().Select(e => e.GetString()!)]);
        }

        if (json.ValueKind != JsonValueKind.String)
        {
            return json.GetRawText();
        }

        var text = json.GetString()!;
        return (field, text) switch
        {
            ("confidence", "high") => "gesichert",
            ("confidence", "medium") => "nicht ganz gesichert",
            ("confidence", "low") => "unsicher",
            ("scope", "promise") => "ganze Zusage",
            ("scope", "part") => "Teilschritt",
            ("scope", "context") => "Hintergrund",
            ("occurredBasis", "event") => "Tag des Ereignisses",
            ("occurredBasis", "publication") => "Tag der Meldung",
            ("occurredBasis", "derived") => "erschlossen",
            ("stance", "contests") => "widerspricht",
            ("stance", "explains") => "erläutert",
            ("stance", "supports") => "stimmt zu",
            ("outcome", "adopted") => "angenommen",
            ("outcome", "rejected") => "abgelehnt",
            ("outcome", "deferred") => "vertagt",
            ("outcome", "noted") => "zur Kenntnis genommen",
            ("occurred" or "from" or "to" or "period", _)
                when Edtf.TryParse(text, out var date, out _) => date.German(),
            _ => text,
        };
    }

    private static string Kind(FundingKind kind) =>
        kind switch
        {
            FundingKind.Own => "eigene Mittel",
            FundingKind.Grant => "Fördermittel",
            FundingKind.Donation => "Spende",
            _ => "privat",
        };

    private static string Aspect(RevisedAspect aspect) =>
        aspect switch
        {
            RevisedAspect.Scope => "Umfang",
            RevisedAspect.Quantity => "Zahl",
            RevisedAspect.Deadline => "Frist",
            _ => "Ort",
        };
}
