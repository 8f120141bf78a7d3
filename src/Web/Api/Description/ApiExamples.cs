namespace Web.Api.Description;

/// <summary>
/// A body for each operation that takes one, shown in the description. Sent one after the other to an empty ledger they tell the story of
/// one invented promise; a test does.
/// </summary>
public static class ApiExamples
{
    /// <summary>Bodies by operation.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["openCouncil"] = """
                {
                  "id": "musterstadt",
                  "event": {
                    "type": "councilRegistered", "name": "Musterstadt", "ags": "05999000", "state": "Nordrhein-Westfalen", "occurred": null,
                    "evidence": [{ "url": "https://musterstadt.example/rat", "publisher": "Stadt Musterstadt", "retrieved": "2026-01-02" }]
                  }
                }
                """,
            ["openSource"] = """
                {
                  "id": "musterstadt-vereinbarung-2020",
                  "event": {
                    "type": "sourceRegistered", "title": { "de": "Koalitionsvereinbarung 2020", "en": "Coalition agreement 2020" },
                    "kind": "agreement", "municipality": "musterstadt", "proponents": ["Liste Muster"], "locators": "physicalLine",
                    "file": {
                      "name": "vereinbarung.txt", "bytes": 48213,
                      "sha256": "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
                    },
                    "normalisation": "physical-lines/1", "lines": { "from": 1, "to": 900 },
                    "occurred": "2020-11-01", "occurredBasis": "event"
                  }
                }
                """,
            ["openPromise"] = """
                {
                  "id": "musterstadt-radweg-am-fluss",
                  "event": {
                    "type": "promised", "municipality": "musterstadt", "title": { "de": "Radweg am Fluss bauen", "en": "Build a cycle path by the river" },
                    "summary": { "de": "Entlang des Flusses entsteht ein Radweg." }, "proponents": ["Liste Muster"], "standing": "agreement",
                    "kind": "new", "modality": "will", "topic": "mobilitaet", "checkability": "high", "tier": "core",
                    "deadline": { "date": "2025", "basis": "stated" },
                    "quantities": [{ "value": "4.5", "unit": "km", "meaning": "Länge", "comparator": "atLeast" }],
                    "occurred": "2020-11-01", "occurredBasis": "event",
                    "sourceRef": {
                      "source": "musterstadt-vereinbarung-2020", "locator": { "scheme": "physicalLine", "from": 120, "to": 123 },
                      "fingerprint": "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
                    }
                  }
                }
                """,
            ["openTarget"] = """
                {
                  "id": "musterstadt-radwege",
                  "event": {
                    "type": "targetSet", "title": { "de": "100 km Radwege" }, "indicator": { "de": "Länge der Radwege" }, "municipality": "musterstadt",
                    "promise": "musterstadt-radweg-am-fluss", "direction": "atLeast", "value": "100", "unit": "km", "year": 2030,
                    "occurred": "2020-11-01", "occurredBasis": "event",
                    "evidence": [{ "url": "https://musterstadt.example/radwege", "publisher": "Stadt Musterstadt", "retrieved": "2026-01-02" }]
                  }
                }
                """,
            ["recordPromiseEvent"] = """
                {
                  "type": "funded", "amount": "1250000.00", "kind": "grant", "funder": "Land Nordrhein-Westfalen", "budgetYears": [2023, 2024],
                  "occurred": "2023-03-15", "occurredBasis": "event", "summary": { "de": "Das Land bewilligt die Mittel.", "en": "The state grants the money." },
                  "evidence": [{ "url": "https://musterstadt.example/foerderung", "publisher": "Stadt Musterstadt", "retrieved": "2026-01-02" }]
                }
                """,
            ["recordTargetEvent"] = """
                {
                  "type": "measured", "period": "2024", "value": "81.5", "unit": "km", "publisher": "Stadt Musterstadt",
                  "occurred": "2025-02", "occurredBasis": "publication",
                  "evidence": [{ "url": "https://musterstadt.example/radwege-2024", "publisher": "Stadt Musterstadt", "retrieved": "2026-01-02" }]
                }
                """,
            ["recordCouncilEvent"] = """
                {
                  "type": "committeeEstablished", "committee": "verkehr", "name": "Ausschuss für Verkehr", "occurred": "2020-11-10", "occurredBasis": "event",
                  "evidence": [{ "url": "https://musterstadt.example/ausschuesse", "publisher": "Stadt Musterstadt", "retrieved": "2026-01-02" }]
                }
                """,
            ["recordSourceEvent"] = """
                {
                  "type": "reported", "occurred": "2021-01", "occurredBasis": "event", "summary": { "de": "Die Vereinbarung ist nachgedruckt worden." },
                  "evidence": [{ "url": "https://musterstadt.example/nachdruck", "publisher": "Stadt Musterstadt", "retrieved": "2026-01-02" }]
                }
                """,
            ["rejectSubmission"] = """
                { "reason": "Die Meldung sagt nur, dass beraten wird." }
                """,
            ["addPerson"] = """
                { "name": "Erika Beispiel", "role": "contributor" }
                """,
            ["changePerson"] = """
                { "role": "editor", "disabled": false }
                """,
            ["addKey"] = """
                { "scopes": ["propose"], "label": "Einspielung", "days": 90 }
                """,
        };
}
