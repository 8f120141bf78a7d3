using System.Collections.Frozen;

namespace Web.Pages.Wording;

/// <summary>The catalogue's topics in words.</summary>
public static class Topics
{
    private static readonly FrozenDictionary<string, string> s_words = new Dictionary<
        string,
        string
    >(StringComparer.Ordinal)
    {
        ["gremien"] = "Gremien",
        ["innenstadt"] = "Innenstadt",
        ["inklusion"] = "Inklusion",
        ["kinder-jugend"] = "Kinder und Jugend",
        ["kita"] = "Kindertagesstätten",
        ["landwirtschaft-ernaehrung"] = "Landwirtschaft und Ernährung",
        ["migration-integration"] = "Migration und Integration",
        ["mobilitaet"] = "Mobilität",
        ["ordnung-sicherheit"] = "Ordnung und Sicherheit",
        ["personal"] = "Personal der Stadt",
        ["quartier"] = "Quartiere und Nachbarschaft",
        ["queer-diversitaet"] = "Queer und Diversität",
        ["schule-bildung"] = "Schule und Bildung",
        ["sport-baeder"] = "Sport und Bäder",
        ["sucht-drogen"] = "Sucht und Drogen",
        ["umwelt-natur"] = "Umwelt und Natur",
        ["zusammenarbeit"] = "Zusammenarbeit im Rat",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>"Ordnung und Sicherheit"; a topic without words of its own is its slug with a capital.</summary>
    public static string Words(string topic) =>
        s_words.GetValueOrDefault(topic) ?? German.Capital(topic.Replace('-', ' '));
}
