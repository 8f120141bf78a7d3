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
using static Web.Pages.Wording.Language;

namespace Web.Feeds;

/// <summary>
/// An entry in words, so that it is understood without the page it leads to. A pure function of the entry: archives are made from its German
/// words, so a change of these is a new version of their format (<see cref="FeedAddress.Version"/>).
/// </summary>
public static class EntryText
{
    /// <summary>"Krefeld: Finanziert: 1.200.000 Euro – Radweg am Fluss (Stand jetzt: finanziert)".</summary>
    public static string Title(FeedEntry e)
    {
        var town = e.Town is { } name ? $"{name}: " : "";
        var subject = e.Stream.Kind is "council" or "method" or "log"
            ? ""
            : $" – {e.Title.Words()}";
        var status =
            e.ChangesStatus && e.StatusAfter is { } now
                ? $" ({Say("Stand jetzt", "status now")}: {now.Word().Words()})"
                : "";
        return $"{town}{What(e)}{subject}{status}";
    }

    /// <summary>What happened, without to whom.</summary>
    public static string What(FeedEntry e)
    {
        if (e.Body is not { } body)
        {
            return Say("Gesperrter Eintrag", "Withheld entry");
        }

        var happening = EntryHappening.Of(e, body);
        string?[] marks =
        [
            EntryWords.Bearing(body),
            body.Confidence == Confidence.Low ? Say("unsicher", "uncertain") : null,
        ];
        var marked = string.Join(", ", marks.OfType<string>());
        return e.Stream.Kind != "promise" || body is Linked || marked.Length == 0 ? happening
            : happening.EndsWith(')') ? $"{happening[..^1]}, {marked})"
            : $"{happening} ({marked})";
    }

    /// <summary>What of <see cref="Title"/> is German whatever is spoken.</summary>
    public static IEnumerable<string> Names(FeedEntry e) => EntryHappening.Names(e);

    /// <summary>How the promise stood and stands, in German; null for what is no promise.</summary>
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

    /// <summary>Label and value of what else it says, in German.</summary>
    public static IEnumerable<(string Label, string Value)> Details(FeedEntry e)
    {
        switch (e.Body)
        {
            case Corrected c:
                yield return ("Berichtigt wird", EntryHappening.Earlier(e));
                if (
                    EntryHappening.Sayable(c.Field, c.From) is { } from
                    && EntryHappening.Sayable(c.Field, c.To) is { } to
                )
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
                yield return ("Zurückgezogen wird", EntryHappening.Earlier(e));
                yield return ("Grund", r.Reason.De);
                break;
            case Erased x:
                yield return ("Betrifft", EntryHappening.Earlier(e));
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
                yield return ("Zu", EntryHappening.Earlier(e));
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
            yield return ("Zuständig bisher", EntryHappening.Committees(e.CommitteesBefore));
            yield return ("Zuständig jetzt", EntryHappening.Committees(e.CommitteesAfter));
        }
        else if (e.CommitteesAfter.Count > 0 && e.Stream.Kind == "promise")
        {
            yield return ("Zuständig", EntryHappening.Committees(e.CommitteesAfter));
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
            "method" => Address.Method,
            "log" => Address.Verification,
            _ => Address.Event(e.Id),
        };

    private static string Stance(Stance stance) =>
        stance switch
        {
            Ledger.Promises.Stance.Contests => "widerspricht",
            Ledger.Promises.Stance.Supports => "stimmt zu",
            _ => "erläutert",
        };
}
