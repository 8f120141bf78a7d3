namespace Browser.Tests;

/// <summary>The pages that the tests look at, with real data: long and short, with and without events, with and without numbers.</summary>
public static class Pages
{
    public const string Timeline = "/krefeld/zusagen/klimaneutral-2035";

    /// <summary>Each with a short name for its picture.</summary>
    public static IReadOnlyList<(string Name, string Path)> Named { get; } =
    [
        ("start", "/"),
        ("gemeinde", "/krefeld"),
        ("gemeinde-siegen", "/siegen"),
        ("zusagen", "/krefeld/zusagen?thema=klima"),
        ("zusage", Timeline),
        ("promise-english", $"/en{Timeline}"),
        ("zusage-verzoegert", "/krefeld/zusagen/veranstaltungsstaette"),
        ("zusage-ungeprueft", "/krefeld/zusagen/kita-standorte-realisieren"),
        ("zusage-ueberfaellig", "/krefeld/zusagen/emissionen-minus-60-2025"),
        ("zusage-laengster-titel", "/krefeld/zusagen/prioritaetenlisten"),
        ("zusage-meiste-eintraege", "/siegen/zusagen/hallenbad-weidenau"),
        ("zusage-erfuellt", "/krefeld/zusagen/drogenkonsumraum"),
        ("ausschuesse", "/krefeld/ausschuesse"),
        ("ausschuesse-siegen", "/siegen/ausschuesse"),
        ("ausschuss", "/krefeld/ausschuesse/umwelt-klima-nachhaltigkeit-landwirtschaft"),
        ("ausschuss-viele", "/krefeld/ausschuesse/soziales-arbeit-wohnen-gesundheit"),
        ("ziele", "/krefeld/ziele"),
        ("ziel", "/krefeld/ziele/emissionen-minus-60-2025"),
        ("reihe", "/ziele/reference-nrw-treibhausgase"),
        ("quellen", "/krefeld/quellen"),
        ("quelle", "/quellen/krefeld-kooperationsvereinbarung-2020"),
        ("suche", "/krefeld/zusagen?text=Promnade"),
        ("damals", "/krefeld/zusagen/klimaneutral-2035?zum=2023-01-01"),
        (
            "sitzungsblatt",
            "/krefeld/ausschuesse/umwelt-klima-nachhaltigkeit-landwirtschaft/sitzungsblatt"
        ),
        ("vergleich", "/vergleich?von=2024-01-01&bis=2024-12-31"),
        ("bilanz", "/krefeld/bilanz/2024"),
        ("aenderungen", "/aenderungen"),
        ("abonnieren", "/abonnieren"),
        ("methodik", "/methodik"),
        ("pruefen", "/pruefen"),
        ("daten", "/daten"),
        ("barrierefreiheit", "/barrierefreiheit"),
        ("datenschutz", "/datenschutz"),
        ("impressum", "/impressum"),
        ("melden", "/fehler-melden?seite=/krefeld"),
        ("kein-zeitpunkt", "/krefeld?stand=gestern"),
        ("nicht-gefunden", "/krefeld/zusagen/gibt-es-nicht"),
    ];

    /// <summary>One page of each kind: the heaviest of those above.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        "/",
        "/krefeld",
        "/krefeld/zusagen",
        "/krefeld/zusagen/drogenkonsumraum",
        "/krefeld/ausschuesse",
        "/krefeld/ausschuesse/umwelt-klima-nachhaltigkeit-landwirtschaft",
        "/krefeld/ausschuesse/umwelt-klima-nachhaltigkeit-landwirtschaft/sitzungsblatt",
        "/krefeld/ziele",
        "/krefeld/ziele/emissionen-minus-60-2025",
        "/ziele/reference-nrw-treibhausgase",
        "/krefeld/quellen",
        "/quellen/krefeld-kooperationsvereinbarung-2020",
        "/krefeld/bilanz/2024",
        "/vergleich?von=2024-01-01&bis=2024-12-31",
        "/aenderungen",
        "/abonnieren",
        "/methodik",
        "/pruefen",
        "/fehler-melden?seite=/krefeld",
    ];

    public static TheoryData<string> All => [.. Named.Select(p => p.Path)];
}
