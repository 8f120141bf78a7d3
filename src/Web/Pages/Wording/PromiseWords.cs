using Ledger.Promises;
using Ledger.Recording;
using static Web.Pages.Wording.Language;

namespace Web.Pages.Wording;

/// <summary>What exactly was promised, in plain words.</summary>
public static class PromiseWords
{
    /// <summary>"60 %: Minderung der Emissionen gegenüber 1990 (der Wert für 1990 ist nicht genannt)".</summary>
    public static string Words(this Quantity quantity) =>
        quantity.Amount() is { } amount
            ? $"{amount}: {quantity.Meaning}{quantity.Comparison()}"
            : $"{quantity.Meaning}: {NoNumber}";

    /// <summary>What stands in the place of a number that the source does not name.</summary>
    public static string NoNumber => Say("keine Zahl genannt", "no figure given");

    /// <summary>"mindestens 60 %", in English "at least 60%"; null when the source names no number.</summary>
    public static string? Amount(this Quantity quantity)
    {
        if (quantity.Value is not { } value)
        {
            return null;
        }

        var number = quantity is { Comparator: Comparator.Between, To: { } to }
            ? $"{Writing.Number(value)} {Say("bis", "to")} {Writing.Number(to, quantity.Unit)}"
            : Writing.Number(value, quantity.Unit);
        var limit = quantity.Comparator switch
        {
            Comparator.AtLeast => Say("mindestens ", "at least "),
            Comparator.AtMost => Say("höchstens ", "at most "),
            Comparator.MoreThan => Say("mehr als ", "more than "),
            Comparator.LessThan => Say("weniger als ", "less than "),
            Comparator.About => Say("etwa ", "about "),
            Comparator.By => Say("bis ", "by "),
            _ => "",
        };
        return $"{limit}{number}";
    }

    /// <summary>What a number is compared with, to stand behind its meaning; empty when with nothing.</summary>
    public static string Comparison(this Quantity quantity) =>
        quantity.Base switch
        {
            { Year: { } year, Value: null } => Say(
                $" gegenüber {year} (der Wert für {year} ist nicht genannt)",
                $" compared with {year} (the value for {year} is not given)"
            ),
            { Year: { } year, Value: { } value } =>
                $" {Say("gegenüber", "compared with")} {year} ({Writing.Number(value)})",
            { Value: { } value } => $" {Say("gegenüber", "compared with")} {Writing.Number(value)}",
            _ => "",
        };

    /// <summary>"1 Zusage", "216 Zusagen".</summary>
    public static string Count(long count) =>
        Writing.Count(count, Say("Zusage", "promise"), Say("Zusagen", "promises"));

    /// <summary>A topic in words; one that is not in the list, from a foreign writer, as its slug.</summary>
    public static string Topic(string slug) =>
        Topics.All.GetValueOrDefault(slug)?.Words() ?? Writing.Capital(slug.Replace('-', ' '));

    /// <summary>How strongly the source binds itself, with verbs of that force; not the source's own words.</summary>
    public static string Words(this Modality modality) =>
        modality switch
        {
            Modality.Shall => Say(
                "als Auftrag gesagt (soll, muss)",
                "worded as a duty (shall, must)"
            ),
            Modality.Will => Say(
                "als feste Zusage gesagt (wird, vereinbart)",
                "worded as a firm promise (will, agrees)"
            ),
            Modality.Want => Say(
                "als Absicht oder Wunsch gesagt (will, möchte, braucht)",
                "worded as an intention or a wish (wants, would like, needs)"
            ),
            Modality.Strive => Say(
                "als Bemühen gesagt (strebt an, setzt sich ein)",
                "worded as an effort (aims for, works towards)"
            ),
            Modality.Could => Say("als Möglichkeit gesagt (kann)", "worded as a possibility (can)"),
            _ => Say("ohne Verb, das bindet", "without a binding verb"),
        };

    /// <summary>What kind of document it stands in.</summary>
    public static string Words(this Standing standing) =>
        standing switch
        {
            Standing.Agreement => Say("Vereinbarung", "agreement"),
            Standing.Programme => Say(
                "Programm, keine Zusage der Stadt",
                "programme, not a promise of the city"
            ),
            _ => Say("Ankündigung", "announcement"),
        };

    /// <summary>Where a passage stands: "gedruckte Zeilen 127 bis 130".</summary>
    public static string Words(this Locator locator)
    {
        var printed = locator.Scheme == LocatorScheme.PrintedLine;
        if (IsEnglish)
        {
            var lines =
                locator.From == locator.To
                    ? $"line {locator.From}"
                    : $"lines {locator.From} to {locator.To}";
            return printed ? $"printed {lines}" : $"{lines} of the file";
        }

        return locator.From == locator.To
            ? $"{(printed ? "gedruckte Zeile" : "Zeile")} {locator.From}{(printed ? "" : " der Datei")}"
            : $"{(printed ? "gedruckte Zeilen" : "Zeilen")} {locator.From} bis {locator.To}{(printed ? "" : " der Datei")}";
    }

    /// <summary>How one promise hangs together with another, as the words before its title.</summary>
    public static string Words(this Relation relation) =>
        relation switch
        {
            Relation.Restates => Say("Wiederholt", "Restates"),
            Relation.Precedes => Say("Geht voraus", "Comes before"),
            Relation.DependsOn => Say("Hängt ab von", "Depends on"),
            Relation.PartOf => Say("Ist Teil von", "Is part of"),
            Relation.ConflictsWith => Say("Steht im Widerspruch zu", "Conflicts with"),
            Relation.Supports => Say("Unterstützt", "Supports"),
            Relation.FundedBy => Say("Wird bezahlt aus", "Is paid for by"),
            Relation.MeasuredBy => Say("Wird gemessen an", "Is measured by"),
            _ => Say("Gleiches Thema", "Same topic"),
        };

    /// <summary>Who assigned the committees.</summary>
    public static string Words(this ResponsibilityBasis basis) =>
        basis == ResponsibilityBasis.Named
            ? Say("in der Quelle genannt", "named in the source")
            : Say("zugeordnet von uns (erschlossen)", "assigned by us (inferred)");
}
