using Ledger.Promises;
using Ledger.Recording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Wording;

/// <summary>One line of an entry.</summary>
/// <param name="Lang">The language of the value where it is not the one that is spoken (<see cref="LanguageOf"/>).</param>
/// <param name="Names">What of the value is German whatever is spoken, where it is not the whole of it.</param>
public sealed record Detail(
    string Label,
    string Value,
    string? Lang = null,
    IReadOnlyList<string>? Names = null
);

/// <summary>What an entry says beyond its heading and its summary: the fields of its own type, a line each.</summary>
public static class EntryDetails
{
    public static IEnumerable<Detail> Of(Event e) =>
        e switch
        {
            Decided d => Of(d),
            Funded f => Of(f),
            FundingWithdrawn w =>
            [
                new(Amount, w.Amount is { } cut ? Writing.Number(cut, "EUR") : NotKnown),
                Line(Reason, w.Reason),
            ],
            Progressed p => Of(p),
            Delayed d => Of(d),
            Revised r => Of(r),
            Stalled { Reason: { } rest } => [Line(Reason, rest)],
            Resumed { Reason: { } resumption } => [Line(Reason, resumption)],
            Reopened r => [Line(Reason, r.Reason)],
            Completed { Period: { } period } => [new(Say("Zeitraum", "Period"), period.Words())],
            Abandoned { Explanation: { } text } a =>
            [
                new(
                    Reason,
                    $"{EntryWords.Reason(a.Reason)}. {text.Words()}",
                    Names: LanguageOf(text) is null ? null : [text.De]
                ),
            ],
            Abandoned a => [new(Reason, EntryWords.Reason(a.Reason))],
            Assessed a => Of(a),
            Erased erased => [Line(Reason, erased.Ground)],
            Checked c =>
            [
                new(
                    Say("Nachgesehen", "Where we looked"),
                    Writing.List([.. c.Places]),
                    OfGermanPart
                ),
            ],
            _ => [],
        };

    /// <summary>"31 dafür, 23 dagegen, Enthaltungen nicht bekannt".</summary>
    public static string Votes(Votes votes)
    {
        return $"{Cast(votes.For, Say("dafür", "for"), Say("Stimmen dafür", "votes for"))}, {Cast(votes.Against, Say("dagegen", "against"), Say("Stimmen dagegen", "votes against"))}, {Abstentions()}";

        string Abstentions() =>
            votes.Abstained switch
            {
                null => Say("Enthaltungen nicht bekannt", "abstentions not known"),
                0 => Say("keine Enthaltung", "no abstentions"),
                1 => Say("1 Enthaltung", "1 abstention"),
                { } n => Say($"{n} Enthaltungen", $"{n} abstentions"),
            };

        static string Cast(int? count, string word, string unknown) =>
            count is { } n ? $"{n} {word}" : $"{unknown} {NotKnown}";
    }

    private static string Amount => Say("Betrag", "Amount");

    private static string Reason => Say("Grund", "Reason");

    private static string NotKnown => Say("nicht bekannt", "not known");

    private static Detail Line(string label, Text text) =>
        new(label, text.Words(), LanguageOf(text));

    private static IEnumerable<Detail> Of(Decided d)
    {
        yield return new Detail(Say("Gremium", "Council body"), d.Body, OfGermanPart);
        if (d.Votes is { } votes)
        {
            yield return new Detail(Say("Stimmen", "Votes"), Votes(votes));
        }

        if (d.Paper is { } paper)
        {
            yield return new Detail(Say("Vorlage", "Council paper"), paper, OfGermanPart);
        }
    }

    private static IEnumerable<Detail> Of(Funded f)
    {
        yield return new Detail(
            Amount,
            f.Amount is { } amount ? Writing.Number(amount, f.Currency) : NotKnown
        );
        yield return new Detail(
            Say("Herkunft", "Type of funding"),
            Kind(f.Kind) + (f.Funder is { } funder ? $": {funder}" : ""),
            Names: f.Funder is { } name ? [name] : null
        );
        if (f.BudgetYears.Count > 0)
        {
            yield return new Detail(
                Say("Haushaltsjahre", "Budget years"),
                Writing.List([.. f.BudgetYears.Select(y => $"{y}")])
            );
        }
    }

    private static IEnumerable<Detail> Of(Progressed p)
    {
        yield return Line(Say("Getan", "Done"), p.Measure);
        if (p.Value is { } value)
        {
            yield return new Detail(
                Say("Umfang", "How much"),
                Writing.Number(value, p.Unit ?? "").TrimEnd(Writing.NoBreak),
                Names: Units.Names(p.Unit)
            );
        }
    }

    private static IEnumerable<Detail> Of(Delayed d)
    {
        yield return new Detail(
            Say("Bisher", "Previous date"),
            d.From?.Words() ?? Say("kein Termin veröffentlicht", "no date published")
        );
        yield return new Detail(
            Say("Neu", "New date"),
            (IsEnglish ? d.To?.Words() : d.To?.When())
                ?? Say("kein neuer Termin genannt", "no new date given")
        );
        if (d.Reason is { } why)
        {
            yield return Line(Reason, why);
        }
    }

    private static IEnumerable<Detail> Of(Revised r)
    {
        if (r.From is { } from)
        {
            yield return Line(
                Say($"{Aspect(r.What)} bisher", $"Previous {Writing.Small(Aspect(r.What))}"),
                from
            );
        }

        yield return Line(
            Say($"{Aspect(r.What)} neu", $"New {Writing.Small(Aspect(r.What))}"),
            r.To
        );
    }

    private static IEnumerable<Detail> Of(Assessed a)
    {
        yield return Line(Say("Maßstab", "Criterion"), a.Criterion);
        if (a.Judgement is { } judgement)
        {
            yield return Line(Say("Urteil", "Judgement"), judgement);
        }

        if (a.Value is { } found)
        {
            yield return new Detail(
                Say("Wert", "Value"),
                Writing.Number(found, a.Unit ?? ""),
                Names: Units.Names(a.Unit)
            );
        }

        yield return new Detail(Say("Beurteilt von", "Assessed by"), a.By, OfGermanPart);
    }

    /// <summary>Where money comes from.</summary>
    public static string Kind(FundingKind kind) =>
        kind switch
        {
            FundingKind.Own => Say("eigene Mittel", "own funds"),
            FundingKind.Grant => Say("Fördermittel", "grant"),
            FundingKind.Donation => Say("Spende", "donation"),
            _ => Say("privat", "private"),
        };

    /// <summary>What of a promise was changed.</summary>
    public static string Aspect(RevisedAspect aspect) =>
        aspect switch
        {
            RevisedAspect.Scope => Say("Umfang", "Scope"),
            RevisedAspect.Quantity => Say("Zahl", "Figure"),
            RevisedAspect.Deadline => Say("Frist", "Deadline"),
            _ => Say("Ort", "Place"),
        };
}
