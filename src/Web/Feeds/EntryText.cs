using System.Globalization;
using System.Text.Json;
using Ledger.Councils;
using Ledger.Method;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Targets;
using Ledger.Transparency;
using Projections.Feed;
using Web.Pages;
using Web.Pages.Wording;

namespace Web.Feeds;

/// <summary>
/// An entry in German words, so that it is understood without the page it leads to. A pure function of the entry: archives are made from it, so a
/// change here is a new version of their format (<see cref="FeedAddress.Version"/>).
/// </summary>
public static class EntryText
{
    private const int LongestQuote = 90;

    /// <summary>"Krefeld: Finanziert: 1.200.000 Euro – Radweg am Fluss (Stand jetzt: finanziert)".</summary>
    public static string Title(FeedEntry e)
    {
        var town = e.Town is { } name ? $"{name}: " : "";
        var subject = e.Stream.Kind is "council" or "method" or "log" ? "" : $" – {e.Title.De}";
        var status =
            e.ChangesStatus && e.StatusAfter is { } now ? $" (Stand jetzt: {now.Word().De})" : "";
        return $"{town}{What(e)}{subject}{status}";
    }

    /// <summary>What happened, without to whom.</summary>
    public static string What(FeedEntry e)
    {
        if (e.Body is not { } body)
        {
            return "Gesperrter Eintrag";
        }

        var happening = Happening(e, body);
        string?[] marks =
        [
            EntryWords.Bearing(body),
            body.Confidence == Confidence.Low ? "unsicher" : null,
        ];
        var marked = string.Join(", ", marks.OfType<string>());
        return e.Stream.Kind != "promise" || body is Linked || marked.Length == 0 ? happening
            : happening.EndsWith(')') ? $"{happening[..^1]}, {marked})"
            : $"{happening} ({marked})";
    }

    /// <summary>How the promise stood and stands; null for what is no promise.</summary>
    public static string? Status(FeedEntry e) =>
        (e.StatusBefore, e.StatusAfter) switch
        {
            (_, null) => null,
            (null, { } now) => $"Stand: {now.Word().De}.",
            ({ } before, { } now) when before != now =>
                $"Stand bisher: {before.Word().De}. Stand jetzt: {now.Word().De}.",
            (_, { } now) => $"Der Stand bleibt: {now.Word().De}.",
        };

    /// <summary>Both clocks: "Geschehen am 17. November 2022, hier vermerkt am 22. November 2026".</summary>
    public static string Clocks(FeedEntry e) =>
        e.Body is { } body
        && body is not (Corrected or Retracted or Erased or Withheld or MethodRevised or KeyRotated)
            ? $"{body.Happened()}, {DateWords.Noted(e.Recorded)}."
            : $"{Writing.Capital(DateWords.Noted(e.Recorded))}.";

    /// <summary>Label and value of what else it says.</summary>
    public static IEnumerable<(string Label, string Value)> Details(FeedEntry e)
    {
        switch (e.Body)
        {
            case Corrected c:
                yield return ("Berichtigt wird", Earlier(e));
                if (Sayable(c.Field, c.From) is { } from && Sayable(c.Field, c.To) is { } to)
                {
                    yield return ($"{EntryWords.Field(c.Field)} bisher", from);
                    yield return ($"{EntryWords.Field(c.Field)} jetzt", to);
                }
                else
                {
                    yield return ("Geändert ist", EntryWords.Field(c.Field));
                }

                yield return ("Grund", c.Reason.De);
                break;
            case Retracted r:
                yield return ("Zurückgezogen wird", Earlier(e));
                yield return ("Grund", r.Reason.De);
                break;
            case Erased x:
                yield return ("Betrifft", Earlier(e));
                yield return ("Grund", x.Ground.De);
                break;
            case Withheld w:
                yield return (
                    "Betrifft",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Eintrag {w.Index} des Verzeichnisses"
                    )
                );
                yield return ("Grund", w.Ground.De);
                break;
            case Stated s:
                yield return ("Zu", Earlier(e));
                yield return ("Haltung", Stance(s.Stance));
                break;
            case KeyRotated k:
                yield return ("Bisher", k.From);
                yield return ("Neu", k.To);
                break;
            case MethodRevised m:
                yield return ("Geändert ist", m.Change.De);
                break;
            case TargetSet t:
                yield return ("Ziel", TargetWords.Aim(t));
                break;
            case TargetRevised t:
                yield return ("Bisher", t.From.De);
                yield return ("Neu", t.To.De);
                yield return ("Geändert von", t.Who);
                break;
            case Measured m:
                yield return ("Veröffentlicht von", m.Publisher);
                break;
            case Restated r:
                yield return ("Bisher", Writing.Number(r.From));
                yield return ("Neu", Writing.Number(r.To));
                yield return ("Grund", r.Why.De);
                break;
            case { } body:
                foreach (var detail in EntryDetails.Of(body))
                {
                    yield return (detail.Label, detail.Value);
                }

                break;
        }

        if (
            e.Stream.Kind == "promise"
            && !e.CommitteesBefore.SequenceEqual(e.CommitteesAfter, StringComparer.Ordinal)
            && e.Body is not Promised
        )
        {
            yield return ("Zuständig bisher", Committees(e.CommitteesBefore));
            yield return ("Zuständig jetzt", Committees(e.CommitteesAfter));
        }
        else if (e.CommitteesAfter.Count > 0 && e.Stream.Kind == "promise")
        {
            yield return ("Zuständig", Committees(e.CommitteesAfter));
        }
    }

    /// <summary>The page of what an entry is about.</summary>
    public static string Page(FeedEntry e) =>
        e.Stream.Kind switch
        {
            "promise" when e.Municipality is { } town => Address.Promise(town, e.Slug),
            "target" => Address.Target(e.Municipality, e.Slug),
            "council" => Address.Municipality(e.Stream.Name),
            "source" => Address.Source(e.Slug),
            "method" => "/methodik",
            "log" => "/pruefen",
            _ => Address.Event(e.Id),
        };

    private static string Happening(FeedEntry e, Event body) =>
        body switch
        {
            Promised => "Neue Zusage",
            Assigned => $"Zuständig ist jetzt {Committees(e.CommitteesAfter)}",
            Corrected c => Correction(e, c),
            Retracted => $"Zurückgezogen: {Earlier(e)} gilt nicht mehr",
            Erased => $"Persönliche Angaben gelöscht aus {Earlier(e)}",
            Withheld => "Ein früherer Eintrag ist gesperrt",
            Stated s => $"Stellungnahme ({s.Function}) zu {Earlier(e)}",
            Linked l => $"Verknüpft ({l.Relation.Words()}: {Other(e)})",
            Superseded => $"Abgelöst durch {Other(e)}",
            Decided d => $"{EntryWords.Title(d)} ({d.Body})",
            Funded { Amount: { } amount } f =>
                $"Finanziert mit {Writing.Number(amount, f.Currency)}",
            Delayed { To: { } to } => $"Verzögert, neuer Termin {to.When()}",
            Abandoned a => $"Aufgegeben ({EntryWords.Reason(a.Reason)})",
            Progressed p => $"Vorangekommen: {Writing.Shortened(p.Measure.De, LongestQuote)}",
            Assessed a => $"Bewertet nach „{Writing.Shortened(a.Criterion.De, LongestQuote)}“",
            Checked => "Geprüft, nichts Neues gefunden",
            Reported { Summary: { } summary } =>
                $"Berichtet: {Writing.Shortened(summary.De, LongestQuote)}",
            CommitteeEstablished c => $"Ausschuss gebildet: {c.Name}",
            CommitteeRenamed c => $"Ausschuss heißt jetzt {c.Name}",
            CommitteeDissolved => $"Ausschuss aufgelöst: {Committees(e.CommitteesBefore)}"
                + (
                    e.CommitteesAfter.Count > 0
                        ? $"; Nachfolge: {Committees(e.CommitteesAfter)}"
                        : ""
                ),
            TermBegan t => $"Wahlperiode begonnen ({t.Term})",
            TermEnded t => $"Wahlperiode beendet ({t.Term})",
            TargetSet t => $"Ziel gesetzt: {TargetWords.Aim(t)}",
            Measured m => $"Gemessen für {m.Period.German()}: {Writing.Number(m.Value, m.Unit)}",
            Restated r =>
                $"Messwert neu berechnet: {Writing.Number(r.To)} statt {Writing.Number(r.From)}",
            MethodRevised m => string.Create(
                CultureInfo.InvariantCulture,
                $"Regeln für den Stand geändert, Fassung {m.Version}"
            ),
            _ => EntryWords.Title(body),
        };

    private static string Correction(FeedEntry e, Corrected c)
    {
        var head = $"Berichtigt: {EntryWords.Field(c.Field)} von {Earlier(e)}";
        return
            Sayable(c.Field, c.From) is { Length: <= LongestQuote } from
            && Sayable(c.Field, c.To) is { Length: <= LongestQuote } to
            ? $"{head}, bisher {from}, jetzt {to}"
            : head;
    }

    // Lists and objects have no words of their own; a text with a language has.
    private static string? Sayable(string field, JsonElement? value) =>
        (field, value?.ValueKind) switch
        {
            ("deadline", JsonValueKind.Object) => value!.Value.TryGetProperty("date", out var date)
            && date.ValueKind == JsonValueKind.String
                ? EntryWords.Value("occurred", date)
                : "keine",
            ("topic", JsonValueKind.String) => PromiseWords.Topic(value!.Value.GetString()!),
            (_, JsonValueKind.Array) => null,
            (_, JsonValueKind.Object) when !value!.Value.TryGetProperty("de", out _) => null,
            _ => EntryWords.Value(field, value),
        };

    // „Beschlossen“ (17. November 2022)
    private static string Earlier(FeedEntry e)
    {
        if (e.About is not { } about)
        {
            return "einen früheren Eintrag";
        }

        var word = about.Body is { } body
            ? EntryWords.Title(body)
            : Vocabulary.Find(about.Type)?.Word.De ?? about.Type;
        return about.Occurred is { } date && about.Body is not Promised
            ? $"„{word}“ ({date.German()})"
            : $"„{word}“";
    }

    // In one import the other may come later: then it had no name yet.
    private static string Other(FeedEntry e) =>
        e.Other?.Title is { } title ? $"„{title}“" : "eine andere Zusage";

    private static string Committees(IReadOnlyList<string> names) =>
        names.Count == 0 ? "kein Ausschuss" : string.Join("; ", names);

    private static string Stance(Stance stance) =>
        stance switch
        {
            Ledger.Promises.Stance.Contests => "widerspricht",
            Ledger.Promises.Stance.Supports => "stimmt zu",
            _ => "erläutert",
        };
}
