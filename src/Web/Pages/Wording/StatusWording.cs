using Ledger.Councils;
using Ledger.Promises;
using Ledger.Recording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Wording;

/// <summary>A status with its reason, in one sentence.</summary>
public static class StatusWording
{
    /// <summary>"beschlossen, weil der Rat der Stadt Krefeld am 17. November 2022 zugestimmt hat."</summary>
    /// <param name="status">The status.</param>
    /// <param name="reason">The event that led to it, as it counts; null = nothing did.</param>
    public static string Sentence(PromiseStatus status, Event? reason) =>
        status.Word().Words() + AfterWord(status, reason);

    /// <summary>The sentence without its first word, which pages show with its shape.</summary>
    public static string AfterWord(PromiseStatus status, Event? reason) =>
        reason is null ? $". {status.Meaning().Words()}"
        : IsEnglish ? $", because {EnglishReason(status, reason)}."
        : $", {Because(status, reason)}.";

    /// <summary>What of such a sentence is German whatever is spoken: the body that decided.</summary>
    public static IReadOnlyList<string> Names(Event? reason) =>
        reason is Decided { Body: var body } ? [body] : [];

    /// <summary>What the status means, where its reason does not say it already.</summary>
    public static string? Meaning(PromiseStatus status, Event? reason) =>
        status switch
        {
            _ when reason is null => null,
            PromiseStatus.NoEvidence or PromiseStatus.Reported => status.Meaning().Words(),
            _ => null,
        };

    /// <summary>That a council term is over, with the status as it then stood where it has changed since. Never a verdict.</summary>
    public static string TermEnded(Term term, PromiseStatus then, PromiseStatus now) =>
        Say(
            $"Zugesagt war das für die {TermName(term)}; sie endete {When(term)}. Das ist kein Urteil über die Zusage.",
            $"This was promised for the {TermName(term)}, which ended {When(term)}. That is not a verdict on the promise."
        )
        + (
            then == now
                ? ""
                : $" {Say("Der Stand war damals", "The status at that time was")}: {then.Word().Words()}."
        );

    /// <summary>"Wahlperiode 2020 bis 2025", "Wahlperiode ab 2020"; in English "2020 to 2025 council term".</summary>
    public static string TermName(Term term)
    {
        var year = term.Slug[(term.Slug.LastIndexOf('-') + 1)..];
        return
            term.Ended is { EarliestDay: { } first, LatestDay: { } last } && first.Year == last.Year
            ? Say($"Wahlperiode {year} bis {last.Year}", $"{year} to {last.Year} council term")
            : Say($"Wahlperiode ab {year}", $"council term that began in {year}");
    }

    /// <summary>When a term was over: "am 31. Oktober 2025", "zwischen dem … und dem …".</summary>
    public static string When(Term term) =>
        term.Ended is { } ended ? DateWords.Between(ended) ?? ended.When() : DateWords.UnknownDay;

    private static string Because(PromiseStatus status, Event reason)
    {
        if (status == PromiseStatus.Reported)
        {
            return reason.Scope == Scope.Part
                ? $"weil {reason.When()} ein Teilschritt belegt ist ({EntryWords.Title(reason)})"
                : $"weil {reason.When()} etwas dazu bekannt wurde";
        }

        return reason switch
        {
            Checked => $"weil eine Suche {reason.When()} nichts ergab",
            Decided d => $"weil {WithArticle(d.Body)} {d.When()} zugestimmt hat",
            Funded => $"weil {reason.When()} Geld dafür bewilligt wurde",
            Started => $"weil die Arbeit {reason.When()} begonnen hat",
            Progressed => $"weil {reason.When()} ein benannter Teil getan war",
            Delayed { To: { } to } =>
                $"weil der Termin {reason.When()} verschoben wurde: neu {to.When()}",
            Delayed => $"weil der Termin {reason.When()} verschoben wurde",
            Stalled => $"weil es {reason.When()} nicht weiterging",
            Resumed => $"weil es {reason.When()} wieder weiterging",
            Completed { Extent: Extent.Partial } =>
                $"weil ein Teil {reason.When()} abgeschlossen wurde",
            Completed { Period: { } period } => $"weil sie für {period.German()} eingehalten wurde",
            Completed => $"weil sie {reason.When()} abgeschlossen wurde",
            Abandoned a =>
                $"weil sie {reason.When()} aufgegeben wurde ({EntryWords.Reason(a.Reason)})",
            Superseded => $"weil {reason.When()} eine andere Zusage an ihre Stelle trat",
            Reopened => $"weil der frühere Endstand {reason.When()} wieder aufgehoben wurde",
            FundingWithdrawn => $"weil bewilligtes Geld {reason.When()} wieder gestrichen wurde",
            _ => $"weil {reason.When()} etwas dazu bekannt wurde",
        };
    }

    private static string EnglishReason(PromiseStatus status, Event reason)
    {
        var when =
            reason.OccurredBasis == OccurredBasis.Publication
                ? $", {reason.When()}"
                : $" {reason.When()}";
        if (status == PromiseStatus.Reported)
        {
            return reason.Scope == Scope.Part
                ? $"there is evidence of a partial step{when} ({Writing.Small(EntryWords.Title(reason))})"
                : $"there was news of it{when}";
        }

        return reason switch
        {
            Checked => $"a search{when} found nothing",
            Decided d => $"the {d.Body} adopted it{when}",
            Funded => $"money for it was granted{when}",
            Started => $"work began{when}",
            Progressed => $"a stated part of it was done{when}",
            Delayed { To: { } to } => $"it was postponed{when}; new date: {to.Words()}",
            Delayed => $"it was postponed{when}",
            Stalled => $"nothing was happening{when}",
            Resumed => $"work resumed{when}",
            Completed { Extent: Extent.Partial } => $"a part of it was completed{when}",
            Completed { Period: { } period } => $"it was kept for {period.English()}",
            Completed => $"it was completed{when}",
            Abandoned a => $"it was abandoned{when} ({EntryWords.Reason(a.Reason)})",
            Superseded => $"another promise took its place{when}",
            Reopened => $"the earlier final status was lifted{when}",
            FundingWithdrawn => $"money that had been granted was withdrawn{when}",
            _ => $"there was news of it{when}",
        };
    }

    /// <summary>A body with its German article, as far as its name shows it.</summary>
    public static string WithArticle(string body)
    {
        var first = body.Split(' ')[0];
        if (
            first is "Rat"
            || first.EndsWith("ausschuss", StringComparison.OrdinalIgnoreCase)
            || first.EndsWith("rat", StringComparison.Ordinal)
        )
        {
            return $"der {body}";
        }

        return
            first is "Verwaltung"
            || first.StartsWith("Bezirksvertretung", StringComparison.Ordinal)
            || first.EndsWith("versammlung", StringComparison.Ordinal)
            ? $"die {body}"
            : $"das Gremium „{body}“";
    }
}
