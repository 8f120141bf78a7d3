using System.Collections.Frozen;
using Ledger.Recording;

namespace Ledger.Promises;

/// <summary>The catalogue's topics and their words, defined once.</summary>
public static class Topics
{
    /// <summary>Every topic by its slug.</summary>
    public static FrozenDictionary<string, Text> All { get; } =
        new Dictionary<string, Text>(StringComparer.Ordinal)
        {
            ["arbeit"] = new("Arbeit", "Work"),
            ["digitalisierung"] = new("Digitalisierung", "Digital services"),
            ["energie"] = new("Energie", "Energy"),
            ["finanzen"] = new("Finanzen", "Finance"),
            ["gesundheit"] = new("Gesundheit", "Health"),
            ["gleichstellung"] = new("Gleichstellung", "Gender equality"),
            ["gremien"] = new("Gremien", "Council bodies"),
            ["infrastruktur"] = new("Infrastruktur", "Infrastructure"),
            ["inklusion"] = new("Inklusion", "Inclusion"),
            ["innenstadt"] = new("Innenstadt", "City centre"),
            ["kinder-jugend"] = new("Kinder und Jugend", "Children and youth"),
            ["kita"] = new("Kita", "Day care"),
            ["klima"] = new("Klima", "Climate"),
            ["kultur"] = new("Kultur", "Culture"),
            ["landwirtschaft-ernaehrung"] = new("Landwirtschaft und Ernährung", "Farming and food"),
            ["migration-integration"] = new(
                "Migration und Integration",
                "Migration and integration"
            ),
            ["mobilitaet"] = new("Mobilität", "Mobility"),
            ["ordnung-sicherheit"] = new("Ordnung und Sicherheit", "Order and safety"),
            ["personal"] = new("Personal", "Staff"),
            ["quartier"] = new("Quartiere", "Neighbourhoods"),
            ["queer-diversitaet"] = new("Queer und Diversität", "Queer life and diversity"),
            ["schule-bildung"] = new("Schule und Bildung", "Schools and education"),
            ["soziales"] = new("Soziales", "Social affairs"),
            ["sport-baeder"] = new("Sport und Bäder", "Sport and pools"),
            ["stadtentwicklung"] = new("Stadtentwicklung", "Urban development"),
            ["sucht-drogen"] = new("Sucht und Drogen", "Addiction and drugs"),
            ["tourismus"] = new("Tourismus", "Tourism"),
            ["umwelt-natur"] = new("Umwelt und Natur", "Environment and nature"),
            ["wirtschaft"] = new("Wirtschaft", "Economy"),
            ["wohnen"] = new("Wohnen", "Housing"),
            ["zusammenarbeit"] = new("Zusammenarbeit der Partner", "Cooperation of the partners"),
        }.ToFrozenDictionary(StringComparer.Ordinal);
}
