using Ledger.Promises;
using Ledger.Recording;

namespace Web.Pages.Wording;

/// <summary>What exactly was promised, in plain words.</summary>
public static class PromiseWords
{
    /// <summary>"60 % Minderung der Emissionen gegenüber 1990 (Wert für 1990 nicht genannt)".</summary>
    public static string Words(this Quantity quantity)
    {
        if (quantity.Value is not { } value)
        {
            return $"{quantity.Meaning}: keine Zahl genannt";
        }

        var number = quantity is { Comparator: Comparator.Between, To: { } to }
            ? $"{Writing.Number(value)} bis {Writing.Number(to, quantity.Unit)}"
            : Writing.Number(value, quantity.Unit);
        var limit = quantity.Comparator switch
        {
            Comparator.AtLeast => "mindestens ",
            Comparator.AtMost => "höchstens ",
            Comparator.MoreThan => "mehr als ",
            Comparator.LessThan => "weniger als ",
            Comparator.About => "etwa ",
            Comparator.By => "bis ",
            _ => "",
        };
        return $"{limit}{number}: {quantity.Meaning}{Base(quantity.Base)}";
    }

    /// <summary>A topic in words; one that is not in the list, from a foreign writer, as its slug.</summary>
    public static string Topic(string slug) =>
        Topics.All.GetValueOrDefault(slug)?.De ?? Writing.Capital(slug.Replace('-', ' '));

    /// <summary>How strongly the source binds itself, with verbs of that force; not the source's own words.</summary>
    public static string Words(this Modality modality) =>
        modality switch
        {
            Modality.Shall => "als Auftrag gesagt (soll, muss)",
            Modality.Will => "als feste Zusage gesagt (wird, vereinbart)",
            Modality.Want => "als Absicht oder Wunsch gesagt (will, möchte, braucht)",
            Modality.Strive => "als Bemühen gesagt (strebt an, setzt sich ein)",
            Modality.Could => "als Möglichkeit gesagt (kann)",
            _ => "ohne Verb, das bindet",
        };

    /// <summary>What kind of document it stands in.</summary>
    public static string Words(this Standing standing) =>
        standing switch
        {
            Standing.Agreement => "Vereinbarung",
            Standing.Programme => "Programm, keine Zusage der Stadt",
            _ => "Ankündigung",
        };

    /// <summary>Where a passage stands: "gedruckte Zeilen 127 bis 130".</summary>
    public static string Words(this Locator locator)
    {
        var printed = locator.Scheme == LocatorScheme.PrintedLine;
        return locator.From == locator.To
            ? $"{(printed ? "gedruckte Zeile" : "Zeile")} {locator.From}{(printed ? "" : " der Datei")}"
            : $"{(printed ? "gedruckte Zeilen" : "Zeilen")} {locator.From} bis {locator.To}{(printed ? "" : " der Datei")}";
    }

    /// <summary>How one promise hangs together with another, as the words before its title.</summary>
    public static string Words(this Relation relation) =>
        relation switch
        {
            Relation.Restates => "Wiederholt",
            Relation.Precedes => "Geht voraus",
            Relation.DependsOn => "Hängt ab von",
            Relation.PartOf => "Ist Teil von",
            Relation.ConflictsWith => "Steht im Widerspruch zu",
            Relation.Supports => "Unterstützt",
            Relation.FundedBy => "Wird bezahlt aus",
            Relation.MeasuredBy => "Wird gemessen an",
            _ => "Gleiches Thema",
        };

    /// <summary>Who assigned the committees.</summary>
    public static string Words(this ResponsibilityBasis basis) =>
        basis == ResponsibilityBasis.Named
            ? "in der Quelle genannt"
            : "zugeordnet von uns (erschlossen)";

    private static string Base(BaseValue? from) =>
        from switch
        {
            { Year: { } year, Value: null } =>
                $" gegenüber {year} (der Wert für {year} ist nicht genannt)",
            { Year: { } year, Value: { } value } => $" gegenüber {year} ({Writing.Number(value)})",
            { Value: { } value } => $" gegenüber {Writing.Number(value)}",
            _ => "",
        };
}
