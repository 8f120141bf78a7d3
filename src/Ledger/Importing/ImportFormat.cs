namespace Ledger.Importing;

/// <summary>How a file of events is written.</summary>
public enum ImportFormat
{
    /// <summary>One JSON object a line.</summary>
    JsonLines,

    /// <summary>A table with a heading; a field inside of a field has a dotted name: <c>evidence.0.url</c>.</summary>
    Csv,

    /// <summary>A list of mappings.</summary>
    Yaml,
}

/// <summary>Formats by the names that people give them.</summary>
public static class ImportFormats
{
    /// <summary>The format of a file by its ending; null when it has none of them.</summary>
    public static ImportFormat? OfFile(string path) => Of(Path.GetExtension(path).TrimStart('.'));

    /// <summary>The format of that name: csv, yaml, yml, jsonl, ndjson.</summary>
    public static ImportFormat? Of(string name) =>
        name.ToUpperInvariant() switch
        {
            "CSV" => ImportFormat.Csv,
            "YAML" or "YML" => ImportFormat.Yaml,
            "JSONL" or "NDJSON" => ImportFormat.JsonLines,
            _ => null,
        };
}
