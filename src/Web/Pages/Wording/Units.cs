using System.Collections.Frozen;

namespace Web.Pages.Wording;

/// <summary>The units of the record in English. The record holds them in German; one that is not in this list stays German.</summary>
public static class Units
{
    private static readonly FrozenDictionary<string, string> s_english = new Dictionary<
        string,
        string
    >(StringComparer.Ordinal)
    {
        ["%"] = "%",
        ["% pro Jahr"] = "% per year",
        ["kWp"] = "kWp",
        ["kWh"] = "kWh",
        ["km"] = "km",
        ["m²"] = "m²",
        ["t"] = "tonnes",
        ["EUR"] = "euros",
        ["EUR pro Jahr"] = "euros per year",
        ["Mio. EUR"] = "million euros",
        ["t CO2"] = "tonnes of CO2",
        ["t CO2e"] = "tonnes of CO2e",
        ["t CO2 je Einwohner"] = "tonnes of CO2 per person",
        ["t CO2e je Einwohner"] = "tonnes of CO2e per person",
        ["Mio. t CO2"] = "million tonnes of CO2",
        ["Mio. t CO2e"] = "million tonnes of CO2e",
        ["Mio. t Treibhausgase"] = "million tonnes of greenhouse gases",
        ["Emissionen"] = "emissions",
        ["pro Jahr"] = "per year",
        ["pro Haushaltsjahr"] = "per budget year",
        ["pro Woche"] = "per week",
        ["Jahr"] = "year",
        ["Jahre"] = "years",
        ["Wochen"] = "weeks",
        ["Minuten"] = "minutes",
        ["Stunden am Tag"] = "hours per day",
        ["Stelle"] = "post",
        ["Stellen"] = "posts",
        ["Fachstellen"] = "specialist posts",
        ["Streetworker"] = "street workers",
        ["Personen"] = "people",
        ["Personen je Fraktion"] = "people from each council group",
        ["Wohnungen"] = "homes",
        ["Gebäude"] = "buildings",
        ["Kita je Stadtbezirk"] = "day care centre in each city district",
        ["Spielplatz je Ortsteil"] = "playground in each part of town",
        ["Dörfer oder Stadtteile"] = "villages or parts of town",
        ["Bedarfstypen"] = "types of need",
        ["Ausschüsse"] = "committees",
        ["Ratssitzung"] = "council meeting",
        ["Treffen"] = "meetings",
        ["Konzepte"] = "plans",
        ["Punkte"] = "points",
        ["Kriterien"] = "criteria",
        ["Prüfauftrag"] = "commissioned review",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A unit in the language that is spoken; in German where the list has no English for it.</summary>
    public static string Words(string unit) =>
        Language.IsEnglish && English(unit) is { } english ? english : unit;

    /// <summary>What of a sentence with these units is German whatever is spoken: those that the list has no English for, as they are printed.</summary>
    public static IReadOnlyList<string> Names(params IEnumerable<string?> units) =>
        Language.IsEnglish
            ?
            [
                .. units
                    .OfType<string>()
                    .Where(u => English(u) is null)
                    .Distinct(StringComparer.Ordinal)
                    .Select(Writing.Unit),
            ]
            : [];

    /// <summary>A unit in English; null = the list has none.</summary>
    public static string? English(string unit) => s_english.GetValueOrDefault(unit);
}
