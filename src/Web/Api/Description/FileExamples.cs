namespace Web.Api.Description;

/// <summary>One small file in each format that an import takes; they say the same, so the second one sent brings nothing new. Also in docs/import.md.</summary>
public static class FileExamples
{
    private const string JsonLines = """
        {"id":"rat","stream":"council:beispielhausen","type":"councilRegistered","name":"Beispielhausen","ags":"05999001","state":"Nordrhein-Westfalen","evidence":[{"url":"https://beispielhausen.example/rat","publisher":"Stadt Beispielhausen","retrieved":"2026-01-02"}]}
        {"id":"umwelt","stream":"council:beispielhausen","type":"committeeEstablished","committee":"umwelt","name":"Umweltausschuss","occurred":"2020-11-10","occurredBasis":"event","evidence":[{"url":"https://beispielhausen.example/rat","publisher":"Stadt Beispielhausen","retrieved":"2026-01-02"}]}

        """;

    private const string Yaml = """
        - id: rat
          stream: council:beispielhausen
          type: councilRegistered
          name: Beispielhausen
          ags: "05999001"
          state: Nordrhein-Westfalen
          evidence:
            - url: https://beispielhausen.example/rat
              publisher: Stadt Beispielhausen
              retrieved: 2026-01-02
        - id: umwelt
          stream: council:beispielhausen
          type: committeeEstablished
          committee: umwelt
          name: Umweltausschuss
          occurred: 2020-11-10
          occurredBasis: event
          evidence:
            - url: https://beispielhausen.example/rat
              publisher: Stadt Beispielhausen
              retrieved: 2026-01-02

        """;

    private const string Csv = """
        id,stream,type,name,ags,state,committee,occurred,occurredBasis,evidence.0.url,evidence.0.publisher,evidence.0.retrieved
        rat,council:beispielhausen,councilRegistered,Beispielhausen,05999001,Nordrhein-Westfalen,,,,https://beispielhausen.example/rat,Stadt Beispielhausen,2026-01-02
        umwelt,council:beispielhausen,committeeEstablished,Umweltausschuss,,,umwelt,2020-11-10,event,https://beispielhausen.example/rat,Stadt Beispielhausen,2026-01-02

        """;

    /// <summary>Files by content type.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["application/jsonl"] = JsonLines,
            ["application/x-ndjson"] = JsonLines,
            ["application/yaml"] = Yaml,
            ["text/csv"] = Csv,
        };
}
